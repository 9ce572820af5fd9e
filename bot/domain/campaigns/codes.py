"""Codes of deep links and QR codes: they say themselves where somebody comes from, nothing is looked up.

"tin-24163-parent-thcs_nguyen_du-river_bank": the commune, who scans it, then tags of the office (a school, an area).
At most 64 characters of A-Z, a-z, 0-9, _ and -: what Telegram's deep links carry.
"""

import re
from dataclasses import dataclass

from bot.domain.campaigns.campaign import Group

PREFIX = "tin"
LONGEST = 64
NOWHERE = "0"
_CODE = re.compile(r"tin(-[a-z0-9_]+)*")
_GROUPS = frozenset[str](Group)
_UNIT = re.compile(r"\d{5}")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a code tells of who comes by it."""

    code: str
    unit: str | None = None
    group: Group | None = None
    tags: frozenset[str] = frozenset()


def read(code: str) -> Origin | None:
    """None where it is no code of ours (an invitation, say)."""
    code = code.strip().lower()
    if len(code) > LONGEST or _CODE.fullmatch(code) is None:
        return None
    parts = code.split("-")[1:]
    unit = parts[0] if parts and _UNIT.fullmatch(parts[0]) else None
    parts = parts[1:] if unit is not None or parts[:1] == [NOWHERE] else parts
    group = Group(parts[0]) if parts and parts[0] in _GROUPS else None
    tags = parts[1:] if group is not None else parts
    # nobody becomes an officer by scanning a poster
    return Origin(code, unit, None if group is Group.OFFICER else group, frozenset(tags))


def write(unit: str | None = None, group: Group | None = None, tags: tuple[str, ...] = ()) -> str:
    """The code for a poster. Raises ValueError for what is too long or would be read otherwise."""
    parts = [PREFIX, unit or NOWHERE, *([group.value] if group else []), *tags]
    code = "-".join(parts)
    seen = Origin(code, unit, None if group is Group.OFFICER else group, frozenset(tags))
    if read(code) != seen:
        raise ValueError(code)
    return code
