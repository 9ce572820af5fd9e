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
    found: dict[str, tuple[Named, ...]] = {}
    for key, named in _Namer(table).all():
        found[key] = (*found.get(key, ()), named)
    official = (
        one.name
        for units in (table.communes, table.old, table.districts, table.old_provinces)
        for one in units
    )
    dashed = frozenset(name_key(split_type(name)[1]) for name in official if " - " in name)
    wide = {key: above for key, named in found.items() if (above := _above(named))}
    firsts = {one.name.split()[0] for named in found.values() for one in named if one.name and not one.level}
    return Index(
        found,
        _beginnings(found),
        dashed,
        frozenset(map(name_key, firsts)),
        Index(wide, _beginnings(wide), dashed),
    )


def _above(named: tuple[Named, ...]) -> tuple[Named, ...]:
    return tuple(one for one in named if one.level is not Level.COMMUNE)


def _beginnings(keys: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key in sorted(keys):
        for size in reversed(range(len(key))):
            letters = found.get(key[:size], "")
            if key[size] in letters:
                break
            found[key[:size]] = letters + key[size]
    return found


class _Namer:
    """Holds what joins the tables while the index is built.

    What thousands of names share (the same words, the same district) is made once and kept once.
    """

    def __init__(self, table: UnitTable) -> None:
        self.table = table
        self.province_of_district = {one.code: one.province for one in table.districts}
        self.successor = {one.code: one.successor for one in table.old_provinces}
        self.districts_of: dict[str, set[str]] = defaultdict(set)
        self.units_of: dict[str, dict[str, None]] = defaultdict(dict)
        self._written, self._only = cache(_written), cache(_only)
        self._several: dict[frozenset[str], frozenset[str]] = {}
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
        districts = self._all_of(self.districts_of[unit.code])
        olds = self._all_of(self.province_of_district[code] for code in districts)
        around = districts, self._only(unit.province), olds
        # "phường Xuân Hương - Đà Lạt" is called Xuân Hương too
        for one in dict.fromkeys((name, name.partition(" - ")[0])):
            key, words = self._written(one)
            yield key, Named(Level.COMMUNE, kind, words, False, (unit.code,), *around)

    def _old(self, unit: OldUnit) -> Iterator[tuple[str, Named]]:
        kind, name = split_type(unit.name)
        old_province = self.province_of_district[unit.district]
        around = (
            self._only(unit.district),
            self._only(self.successor[old_province]),
            self._only(old_province),
        )
        key, words = self._written(name)
        yield key, Named(Level.COMMUNE, kind, words, True, unit.successors, *around)
        if unit.also:
            older = Named(Level.COMMUNE, "", "", True, unit.successors, *around)
            yield from ((key, older) for _, key in _untyped(unit.also))

    def _district(self, district: District) -> Iterator[tuple[str, Named]]:
        kind, name = split_type(district.name)
        around = (
            tuple(self.units_of[district.code]), self._only(district.code),
            self._only(self.successor[district.province]), self._only(district.province),
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

    def _all_of(self, codes: Iterable[str]) -> frozenset[str]:
        found = frozenset(codes)
        return self._only(*found) if len(found) == 1 else self._several.setdefault(found, found)


def _written(name: str) -> tuple[str, str]:
    """The key of a name and its words."""
    return name_key(name), plain(name)


def _only(code: str) -> frozenset[str]:
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
