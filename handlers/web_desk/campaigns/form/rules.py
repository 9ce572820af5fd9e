"""The schedule's part of the form: rules with the fields that each kind needs."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta

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
    Schedule,
    Season,
    Weekly,
    Yearly,
)
from handlers.web_desk.campaigns.form.reader import Reader

KINDS = ("once", "daily", "weekly", "monthly", "yearly", "lunar", "named", "personal")
ROOM = 4
"""Rules that the form shows at least one empty place for."""
HOUR = timedelta(hours=1)


def read(reader: Reader, before: Schedule) -> Schedule:
    found = tuple(rule for place in range(1, 10) if (rule := _rule(reader, f"rule_{place}")) is not None)
    hours = reader.whole("tolerance")
    return replace(
        before,
        rules=found,
        at=reader.hour("at", before.at),
        start=reader.day("start"),
        end=reader.day("end"),
        season=_season(reader),
        skip=frozenset(_days(reader)),
        tolerance=before.tolerance if hours is None else hours * HOUR,
    )


def typed(schedule: Schedule) -> dict[str, str]:
    values = {
        "at": schedule.at.strftime("%H:%M"),
        "start": schedule.start.isoformat() if schedule.start else "",
        "end": schedule.end.isoformat() if schedule.end else "",
        "skip": ", ".join(day.isoformat() for day in sorted(schedule.skip)),
        "tolerance": str(schedule.tolerance // HOUR),
    }
    for place, rule in enumerate(schedule.rules, 1):
        values |= {f"rule_{place}_{name}": said for name, said in _fields(rule).items()}
    if (season := schedule.season) is not None:
        values |= {
            "season_from": f"{season.start[1]}/{season.start[0]}",
            "season_until": f"{season.end[1]}/{season.end[0]}",
            "season_lunar": "yes" if season.lunar else "",
        }
    return values


def places(values: Mapping[str, str]) -> range:
    """The rules that the form shows: those that are there, and one more."""
    used = [place for place in range(1, 10) if values.get(f"rule_{place}_kind")]
    return range(1, max(used, default=0) + 2)


def _rule(reader: Reader, name: str) -> Rule | None:
    kind = reader.words(f"{name}_kind")
    day, month = reader.whole(f"{name}_day") or 0, reader.whole(f"{name}_month") or 0
    match kind:
        case "once":
            on = reader.day(f"{name}_date")
            return _needed(reader, f"{name}_date", None if on is None else Once(on))
        case "daily":
            return Daily(reader.whole(f"{name}_every") or 1)
        case "weekly":
            return Weekly(tuple(one for one in range(7) if reader.ticked(f"{name}_weekday_{one}")))
        case "monthly":
            return Monthly(day)
        case "yearly":
            return Yearly(month, day)
        case "lunar":
            return Lunar(month, day, Missing.SKIP if reader.ticked(f"{name}_skip") else Missing.LAST_DAY)
        case "named":
            return Named(reader.words(f"{name}_name"), _offset(reader, name))
        case "personal":
            moment = reader.words(f"{name}_moment")
            found = Moment(moment) if moment in set(Moment) else Moment.SUBSCRIBED
            return Personal(found, _offset(reader, name))
        case _:
            return None


def _needed(reader: Reader, name: str, rule: Rule | None) -> Rule | None:
    if rule is None and not reader.words(name):
        reader.wrong(name, "page.campaign.unread.day", typed="")
    return rule


def _offset(reader: Reader, name: str) -> int:
    """Days after; "before" turns the sign."""
    days = reader.whole(f"{name}_days") or 0
    return -days if reader.words(f"{name}_side") == "before" else days


def _fields(rule: Rule) -> dict[str, str]:
    match rule:
        case Once(day):
            return {"kind": "once", "date": day.isoformat()}
        case Daily(every):
            return {"kind": "daily", "every": str(every)}
        case Weekly(weekdays):
            return {"kind": "weekly", **{f"weekday_{one}": "yes" for one in weekdays}}
        case Monthly(day_of_month):
            return {"kind": "monthly", "day": str(day_of_month)}
        case Yearly(month, day_of_month):
            return {"kind": "yearly", "day": str(day_of_month), "month": str(month)}
        case Lunar(month, day_of_month, missing):
            skip = "yes" if missing is Missing.SKIP else ""
            return {"kind": "lunar", "day": str(day_of_month), "month": str(month), "skip": skip}
        case Named(name, offset):
            return {"kind": "named", "name": name, **_side(offset)}
        case Personal(moment, offset):
            return {"kind": "personal", "moment": moment.value, **_side(offset)}


def _side(offset: int) -> dict[str, str]:
    return {"days": str(abs(offset)), "side": "before" if offset < 0 else "after"}


def _season(reader: Reader) -> Season | None:
    edges = [_edge(reader, name) for name in ("season_from", "season_until")]
    if edges[0] is None or edges[1] is None:
        if (edges[0] is None) != (edges[1] is None):
            reader.wrong("season_from", "page.campaign.unread.season")
        return None
    return Season(edges[0], edges[1], reader.ticked("season_lunar"))


def _edge(reader: Reader, name: str) -> tuple[int, int] | None:
    """ "30/9" as (month, day)."""
    said = reader.words(name)
    parts = said.replace("-", "/").split("/")
    if not said:
        return None
    if len(parts) != 2 or not all(part.strip().isdecimal() for part in parts):
        reader.wrong(name, "page.campaign.unread.edge", typed=said[:20])
        return None
    return int(parts[1]), int(parts[0])


def _days(reader: Reader) -> Iterator[date]:
    for said in reader.words("skip").replace(";", ",").replace("\n", ",").split(","):
        if not said.strip():
            continue
        try:
            yield date.fromisoformat(said.strip())
        except ValueError:
            reader.wrong("skip", "page.campaign.unread.day", typed=said.strip()[:20])
