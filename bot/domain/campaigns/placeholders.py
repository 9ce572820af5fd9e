"""Placeholders in texts: a known set, checked when a campaign is saved, filled when it runs.

{commune} stands in the text until a letter goes out, because it differs from person to person; all others are the
same for a whole run.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

COMMUNE = "commune"
"""The one that is filled for each person."""
OF_RUN = frozenset(
    {
        "office",
        "phone",  # the office's telephone
        "hotline",  # 111
        "day",  # of this run: 25/9/2026
        "lunar_day",  # 15/8 âm lịch
        "year",
        "event",
        "event_time",
        "event_place",
        "seats",
    }
)
OF_EVENT = frozenset({"event", "event_time", "event_place", "seats"})
KNOWN = OF_RUN | {COMMUNE}
LINK = "link:"
_BRACES = re.compile(r"\{([^{}\n]*)\}|[{}]")


@dataclass(frozen=True, slots=True)
class Slip:
    """What is wrong with one placeholder, and where it stands."""

    name: str
    """As written; empty: a brace without its other half."""
    line: int
    """From 1."""
    column: int
    """From 1, in characters."""
    meant: str = ""
    """The known one that is closest."""


def slips(text: str, links: Iterable[str]) -> Iterator[Slip]:
    """Every placeholder that is not known, and every brace that stands alone."""
    known = KNOWN | {LINK + code for code in links}
    for found in _BRACES.finditer(text):
        name = found.group(1)
        if name is None or name not in known:
            yield _slip(text, found.start(), name or "", known)


def used(text: str) -> frozenset[str]:
    return frozenset(found.group(1) for found in _BRACES.finditer(text) if found.group(1))


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with these values; a placeholder that has none stays as it is (`used` tells)."""
    return _BRACES.sub(lambda found: values.get(found.group(1) or "", found.group()), text)


def _slip(text: str, at: int, name: str, known: frozenset[str]) -> Slip:
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    close = get_close_matches(name, sorted(known), n=1) if name else []
    return Slip(name, line, column, close[0] if close else "")
