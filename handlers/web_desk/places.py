"""A commune by what an officer types: its code, or its name without tone marks."""

from dataclasses import dataclass

from bot.domain.triage.marks import fold
from bot.domain.understanding import Unit
from handlers.web_desk.desk import Desk

MOST = 8


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str


def suggest(desk: Desk, typed: str) -> list[Place]:
    """The communes of the province that it may mean, best first; elsewhere only what is named in full."""
    words = fold(typed).split()
    if not words:
        return []
    if typed.strip().isdecimal():
        return [_place(unit) for unit in desk.communes if unit.code == typed.strip()]
    found = [unit for unit in desk.communes if all(word in fold(unit.name) for word in words)]
    # "ea kao" itself before "ea kao thuong": the shorter name is the closer one
    near = [_place(unit) for unit in sorted(found, key=lambda unit: len(unit.name))[:MOST]]
    return near or [
        Place(one.unit, desk.tools.unit_name(one.unit)) for one in desk.tools.find(typed).units[:MOST]
    ]


def chosen(desk: Desk, code: str, typed: str) -> str | list[Place]:
    """The code of the one commune that is meant, or those it may be (none: unknown)."""
    if code:
        return code
    found = suggest(desk, typed)
    exact = [place for place in found if fold(place.name.split(",")[0]) == fold(typed.split(",")[0])]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0].code
    return found


def _place(unit: Unit) -> Place:
    return Place(unit.code, unit.name)
