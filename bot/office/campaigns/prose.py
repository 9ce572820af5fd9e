"""Values that only campaigns hold: texts of several lines, by language, choices, hours, moments."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from bot.domain.messages import Line
from bot.office.toml_lines import Section

E = TypeVar("E", bound=StrEnum)
_ALLOWED = "\n\t"


def prose(section: Section, key: str) -> str:
    """Text that may have several lines; no control characters."""
    value = section.values.get(key, "")
    if isinstance(value, str) and all(sign.isprintable() or sign in _ALLOWED for sign in value):
        return value.strip("\n")
    section.bad(key, Line("campaign.fault.toml_prose"))
    return ""


def by_lang(section: Section, key: str) -> Mapping[str, str]:
    """A small table: language → text."""
    return all_prose(section.section(key))


def all_prose(section: Section) -> Mapping[str, str]:
    return {name: prose(section, name) for name in section.values}


def choices(section: Section, key: str, among: type[E]) -> tuple[E, ...]:
    """A list of known words."""
    known = {one.value: one for one in among}
    found = []
    for text in section.texts(key):
        if text in known:
            found.append(known[text])
        else:
            section.bad(key, unknown(text, known))
    return tuple(found)


def unknown(text: str, known: Iterable[str]) -> Line:
    return Line("campaign.fault.toml_choice", {"value": text[:40], "known": ", ".join(known)})


def moment(section: Section, key: str) -> datetime | None:
    """A date and hour with its zone; None where it is none (noted)."""
    value = section.values.get(key)
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value
    section.bad(key, Line("campaign.fault.toml_moment"))
    return None


def days(section: Section, key: str) -> frozenset[date]:
    value = section.values.get(key, [])
    if isinstance(value, list) and all(type(one) is date for one in value):
        return frozenset(one for one in value if isinstance(one, date))
    section.bad(key, Line("office.fault.day", {"value": str(value)[:20]}))
    return frozenset()


def whole_or_none(section: Section, key: str, least: int, most: int) -> int | None:
    return section.whole(key, least, most) if key in section.values else None
