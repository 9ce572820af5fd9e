"""Rules of a schedule as one line each: "lunar 15/8", "named trung_thu -3", "weekly 0,3"."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import assert_never

from bot.domain.campaigns.schedule import (
    Daily,
    Lunar,
    Missing,
    Moment,
    Monthly,
    Named,
    Once,
    Personal,
    Rule,
    Season,
    Weekly,
    Yearly,
)

_DAY_MONTH = re.compile(r"(\d{1,2})/(\d{1,2})")
_OFFSET = re.compile(r"[+-]?\d{1,3}")


def rule_from(text: str) -> Rule | None:
    """None where it is no rule; whether its day exists is checked with the whole campaign."""
    kind, *rest = text.split()
    reader = _READERS.get(kind.lower())
    try:
        return None if reader is None else reader(rest)
    except ValueError:
        return None


def rule_text(rule: Rule) -> str:
    """`rule_from` gives it back."""
    match rule:
        case Once(day):
            return f"once {day.isoformat()}"
        case Daily(every):
            return f"daily {every}"
        case Weekly(weekdays):
            return f"weekly {','.join(map(str, weekdays))}"
        case Monthly(day):
            return f"monthly {day}"
        case Yearly(month, day):
            return f"yearly {day}/{month}"
        case Lunar(month, day, missing):
            return f"lunar {day}/{month}" + (" skip" if missing is Missing.SKIP else "")
        case Named(name, offset):
            return f"named {name}" + (f" {offset:+d}" if offset else "")
        case Personal(moment, offset):
            return f"personal {moment.value} {offset}"
        case _:
            assert_never(rule)


def season_from(start: str, end: str, *, lunar: bool) -> Season:
    """Raises ValueError where an end is no day/month."""
    return Season(day_month(start), day_month(end), lunar)


def day_month(text: str) -> tuple[int, int]:
    """(month, day), as people here write a day: "15/8"."""
    found = _DAY_MONTH.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return int(found[2]), int(found[1])


def _one(rest: list[str]) -> str:
    (only,) = rest
    return only


def _daily(rest: list[str]) -> Rule:
    return Daily(int(_one(rest))) if rest else Daily()


def _lunar(rest: list[str]) -> Rule:
    day, *more = rest
    month, number = day_month(day)
    if more not in ([], ["skip"], ["last_day"]):
        raise ValueError(more)
    return Lunar(month, number, Missing.SKIP if more == ["skip"] else Missing.LAST_DAY)


def _named(rest: list[str]) -> Rule:
    name, *more = rest
    return Named(name, _offset(_one(more)) if more else 0)


def _personal(rest: list[str]) -> Rule:
    moment, offset = rest
    return Personal(Moment(moment), _offset(offset))


def _offset(text: str) -> int:
    if not _OFFSET.fullmatch(text):
        raise ValueError(text)
    return int(text)


_READERS: Mapping[str, Callable[[list[str]], Rule]] = {
    "once": lambda rest: Once(date.fromisoformat(_one(rest))),
    "daily": _daily,
    "weekly": lambda rest: Weekly(tuple(sorted(int(day) for day in _one(rest).split(",")))),
    "monthly": lambda rest: Monthly(int(_one(rest))),
    "yearly": lambda rest: Yearly(*day_month(_one(rest))),
    "lunar": _lunar,
    "named": _named,
    "personal": _personal,
}
