"""Makes the index: every name that a unit has or had, and what it is called besides."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from bot.domain.places import nicknames
from bot.domain.places.names import Index, Level, Named, split_type
from bot.domain.places.spelling import name_key, plain
from bot.domain.places.table import District, OldProvince, OldUnit, UnitTable
from bot.domain.understanding import Unit

_ALSO_SPELT = {
    "quan": "quận", "q": "quận", "huyen": "huyện", "thixa": "thị xã", "tx": "thị xã", "thanhpho": "thành phố",
    "tp": "thành phố",
}  # fmt: skip
_ALSO_TYPE = re.compile(r"(quan|q|huyen|thixa|tx|thanhpho|tp|phuong|xa|thitran|tt)(?=.)")


def build_index(table: UnitTable) -> Index:
    """All names of all units, by their key."""
    found: dict[str, list[Named]] = defaultdict(list)
    for key, named in _Namer(table).all():
        found[key].append(named)
    official = (
        one.name
        for units in (table.communes, table.old, table.districts, table.old_provinces)
        for one in units
    )
    dashed = frozenset(name_key(split_type(name)[1]) for name in official if " - " in name)
    wide = {key: above for key, named in found.items() if (above := _above(named))}
    firsts = frozenset(
        name_key(one.name.split()[0])
        for named in found.values()
        for one in named
        if one.name and not one.level
    )
    return Index(_frozen(found), _beginnings(found), dashed, firsts, Index(wide, _beginnings(wide), dashed))


def _frozen(found: dict[str, list[Named]]) -> dict[str, tuple[Named, ...]]:
    return {key: tuple(named) for key, named in found.items()}


def _above(named: list[Named]) -> tuple[Named, ...]:
    return tuple(one for one in named if one.level is not Level.COMMUNE)


def _beginnings(keys: Iterable[str]) -> dict[str, str]:
    grown = {key[:size] for key in keys for size in range(1, len(key) + 1)}
    found: dict[str, list[str]] = defaultdict(list)
    for beginning in sorted(grown):
        found[beginning[:-1]].append(beginning[-1])
    return {beginning: "".join(letters) for beginning, letters in found.items()}


class _Namer:
    """Holds what joins the tables while the index is built."""

    def __init__(self, table: UnitTable) -> None:
        self.table = table
        self.province_of_district = {one.code: one.province for one in table.districts}
        self.successor = {one.code: one.successor for one in table.old_provinces}
        self.districts_of: dict[str, set[str]] = defaultdict(set)
        self.units_of: dict[str, dict[str, None]] = defaultdict(dict)
        self._only = cache(_only)
        for one in table.old:
            self.units_of[one.district].update(dict.fromkeys(one.successors))
            for code in one.successors:
                self.districts_of[code].add(one.district)

    def all(self) -> Iterator[tuple[str, Named]]:
        for commune in self.table.communes:
            yield from self._commune(commune)
        for old in self.table.old:
            yield from self._old(old)
        for district in self.table.districts:
            yield from self._district(district)
        for province in self.table.provinces:
            yield from self._province(province)
        for old_province in self.table.old_provinces:
            yield from self._old_province(old_province)

    def _commune(self, unit: Unit) -> Iterator[tuple[str, Named]]:
        kind, name = split_type(unit.name)
        districts = frozenset(self.districts_of[unit.code])
        olds = frozenset(self.province_of_district[code] for code in districts)
        provinces = self._only(unit.province)
        # "phường Xuân Hương - Đà Lạt" is called Xuân Hương too
        for one in dict.fromkeys((name, name.partition(" - ")[0])):
            yield (
                name_key(one),
                Named(Level.COMMUNE, kind, plain(one), False, (unit.code,), districts, provinces, olds),
            )

    def _old(self, unit: OldUnit) -> Iterator[tuple[str, Named]]:
        kind, name = split_type(unit.name)
        old_province = self.province_of_district[unit.district]
        around = (
            self._only(unit.district),
            self._only(self.successor[old_province]),
            self._only(old_province),
        )
        yield name_key(name), Named(Level.COMMUNE, kind, plain(name), True, unit.successors, *around)
        for _, key in _untyped(unit.also):
            yield key, Named(Level.COMMUNE, "", "", True, unit.successors, *around)

    def _district(self, district: District) -> Iterator[tuple[str, Named]]:
        kind, name = split_type(district.name)
        around = (
            tuple(self.units_of[district.code]), frozenset({district.code}),
            frozenset({self.successor[district.province]}), frozenset({district.province}),
        )  # fmt: skip
        yield name_key(name), Named(Level.DISTRICT, kind, plain(name), True, *around)
        for kind, key in (
            *_untyped(district.also),
            *(("", nick) for nick in nicknames.DISTRICTS.get(district.code, ())),
        ):
            yield key, Named(Level.DISTRICT, kind, "", True, *around)

    def _province(self, unit: Unit) -> Iterator[tuple[str, Named]]:
        kind, name = split_type(unit.name)
        around = ((), frozenset[str](), frozenset({unit.code}), frozenset[str]())
        yield name_key(name), Named(Level.PROVINCE, kind, plain(name), False, *around)
        for nick in nicknames.PROVINCES.get(name, ()):
            yield nick, Named(Level.PROVINCE, "", "", False, *around)

    def _old_province(self, unit: OldProvince) -> Iterator[tuple[str, Named]]:
        kind, name = split_type(unit.name)
        around = ((), frozenset[str](), frozenset[str](), frozenset({unit.code}))
        for key in (name_key(name), *nicknames.PROVINCES.get(name, ())):
            yield key, Named(Level.PROVINCE, kind, plain(name), True, *around)


def _only(code: str) -> frozenset[str]:
    """Shared: thousands of names stand in the same district."""
    return frozenset({code})


def _untyped(also: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The source's "xadinhxuyen dinhxuyen quan09" as pairs of type and key."""
    found: dict[tuple[str, str], None] = {}  # in order: the same index in every process
    for one in also:
        match = _ALSO_TYPE.match(one)
        rest = one[match.end() :] if match else ""
        sure = rest in also or rest.isdigit() or one.startswith(("huyen", "thixa", "thanhpho"))
        found[(_spelt(match[1]), name_key(rest)) if match and sure else ("", name_key(one))] = None
    return tuple(found)


def _spelt(kind: str) -> str:
    return _ALSO_SPELT.get(kind, "")
