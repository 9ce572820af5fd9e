"""Finds units by their names, in a sentence, by a pin, or for a list on the desk."""

from collections import defaultdict

from bot.domain.places.naming import build_index
from bot.domain.places.near import Cells
from bot.domain.places.search import search
from bot.domain.places.sentence.finding import find
from bot.domain.places.table import UnitTable
from bot.domain.triage.marks import clean
from bot.domain.understanding import Places, Point, Unit


class Gazetteer:
    """All names and places of the table, indexed; built once at start."""

    def __init__(self, table: UnitTable) -> None:
        self._units = {unit.code: unit for unit in (*table.provinces, *table.communes)}
        by_province: dict[str, list[Unit]] = defaultdict(list)
        for unit in table.communes:
            by_province[unit.province].append(unit)
        self._communes = {code: tuple(units) for code, units in by_province.items()}
        self._cells = Cells(table)
        self._index = build_index(table)

    def unit(self, code: str) -> Unit:
        """A province (2 digits) or commune (5 digits) of 2025; KeyError where there is none."""
        return self._units[code]

    @property
    def codes(self) -> frozenset[str]:
        """Of all provinces and communes of 2025."""
        return frozenset(self._units)

    def communes(self, province: str) -> tuple[Unit, ...]:
        """The communes of a province, by code; none for an unknown one."""
        return self._communes.get(province, ())

    def province_of(self, code: str) -> str:
        """The 2-digit code of the province of a commune, or of a province itself."""
        return self._units[code].province

    def name(self, code: str) -> str:
        """ "Xã Ea Kao"."""
        return self._units[code].name

    def full_name(self, code: str) -> str:
        """ "Xã Ea Kao, Tỉnh Đắk Lắk"; for a province its name."""
        unit = self._units[code]
        return unit.name if unit.code == unit.province else f"{unit.name}, {self.name(unit.province)}"

    def near(self, point: Point) -> Places:
        """The communes that a pin may lie in, nearest first."""
        return self._cells.near(point)

    def find(self, text: str, home: str = "") -> Places:
        """The communes that a text names, best first; `home` is the office's province (2 digits).

        `needs` is "which" where several fit, where the old commune was split, or where the guess should be
        said back; "where" where nothing certain is named: a person's name or an everyday word is no place.
        """
        return find(clean(text), self._index, home)

    def answer(self, text: str, home: str = "") -> Places:
        """As `find`, for what somebody says when asked where: a bare name is a place then."""
        return find(clean(text), self._index, home, asked=True)

    def search(self, typed: str, home: str = "") -> tuple[Unit, ...]:
        """Communes for a list that narrows with each letter, old names too; those of `home` first."""
        return tuple(self._units[code] for code in search(typed, self._index, home))
