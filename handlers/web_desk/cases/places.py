"""A commune by what an officer types: its code, or its name without tone marks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.messages import Line
from bot.domain.triage.marks import clean, fold
from bot.domain.understanding import Unit
from handlers.web_desk.desk import Desk
from handlers.web_desk.visits import Form

MOST = 8
_TYPE = re.compile("^(?:xa|phuong|dac khu) ")


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """A field of a form that may mean several communes, or none that we know."""

    field: str
    places: list[Place]

    @property
    def line(self) -> Line:
        return Line("page.unit.which") if self.places else Line("page.unit.unknown")


def settled(desk: Desk, form: Form, fields: Sequence[str]) -> Form | Unsure:
    """The form with the codes of the communes that were typed; the first field that is unclear is asked back."""
    codes = {}
    for field in fields:
        if form.get(field) or form.get(f"{field}_words", "").strip():
            found = chosen(desk, form.get(field, ""), form.get(f"{field}_words", ""))
            if isinstance(found, list):
                return Unsure(field, found)
            codes[field] = found
    return {**form, **codes}


def suggest(desk: Desk, typed: str) -> list[Place]:
    """The communes of the province that it may mean, best first; elsewhere only what is named in full."""
    words = _plain(typed)
    if not words:
        return []
    if words.isdecimal():
        return [_place(unit) for unit in desk.communes if unit.code == words]
    found = [unit for unit in desk.communes if f" {words}" in f" {_plain(unit.name)}"]
    # "ea kao" itself before "ea kao thuong": the shorter name is the closer one
    near = [_place(unit) for unit in sorted(found, key=lambda unit: len(unit.name))[:MOST]]
    return near or [_named(desk, guess.unit) for guess in desk.tools.find(typed).units[:MOST]]


def chosen(desk: Desk, code: str, typed: str) -> str | list[Place]:
    """The code of the one commune that is meant, or those it may be (none: unknown)."""
    if code:
        return code
    found = suggest(desk, typed)
    exact = [place for place in found if _is(place.name, typed)]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0].code
    return found


def called(communes: Sequence[Unit], typed: str) -> list[str]:
    """The codes of those whose name this is, with its type or without: nothing is guessed."""
    return [unit.code for unit in communes if typed and _is(unit.name, typed)]


def _is(name: str, typed: str) -> bool:
    return _plain(typed) in (_plain(name), _bare(name))


def _plain(name: str) -> str:
    return " ".join(fold(clean(name).split(",")[0]).split())


def _bare(name: str) -> str:
    """Without its type: xã, phường, đặc khu."""
    return _TYPE.sub("", _plain(name))


def _named(desk: Desk, code: str) -> Place:
    return Place(code, desk.tools.unit_name(code))


def _place(unit: Unit) -> Place:
    return Place(unit.code, unit.name)
