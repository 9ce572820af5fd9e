"""Makes the unit tables from the data of `vietnamadminunits`: python -m bot.data.units.make."""

import math
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from bot.data.units.repair import KM_PER_DEGREE, Finding, Spot, repair
from bot.data.units.source import Row, Source, new_key, old_key, read_source

HERE = Path(__file__).parent
TYPES = ("Xã", "Phường", "Thị trấn", "Đặc khu", "Huyện", "Quận", "Thị xã", "Thành phố", "Tỉnh")
FILLING = 0.5
"""How much of its bounding box a commune fills (measured against the areas of 2025)."""


def make(folder: Path = HERE) -> None:
    """Writes the six tables; the same input gives the same files."""
    source = read_source()
    codes = {new_key(row): str(row["wardCode"]) for row in source.new}
    new = {str(row["wardCode"]): _new_spot(row) for row in source.new}
    old = [_old_spot(row, [codes[key] for key in source.successors[old_key(row)]]) for row in source.old]
    findings = _fill_areas(old, new) + repair(old, new)
    _write(folder / "provinces.tsv", ("code", "name", "lat", "lon"), _provinces(source))
    _write(folder / "communes.tsv", ("code", "name", "province", "lat", "lon", "km2"), _communes(source, new))
    _write(folder / "old_provinces.tsv", ("code", "name", "successor"), _old_provinces(source, codes))
    _write(folder / "districts.tsv", ("code", "name", "province", "also"), _districts(source))
    _write(
        folder / "old.tsv",
        ("code", "name", "district", "lat", "lon", "km2", "successors", "also"),
        _old(source, old),
    )
    _write(folder / "exceptions.tsv", ("what", "code", "name", "source", "ours", "reason"), _listed(findings))


def _name(row: Row, column: str) -> str:
    """NFC, spaces and the type's capitals as they should be: "Thị Trấn  Phú Hòa" → "Thị trấn Phú Hòa"."""
    name = " ".join(unicodedata.normalize("NFC", str(row[column] or "")).split())
    return next(
        (kind + name[len(kind) :] for kind in TYPES if name.lower().startswith(kind.lower() + " ")), name
    )


def _new_spot(row: Row) -> Spot:
    return Spot(
        str(row["wardCode"]), _name(row, "ward"), "", _number(row, "wardLat"), _number(row, "wardLon"),
        _number(row, "wardAreaKm2"),
    )  # fmt: skip


def _old_spot(row: Row, successors: list[str]) -> Spot:
    own = row["wardLat"] is not None and row["wardBounds"] not in (
        row["districtBounds"],
        row["provinceBounds"],
    )
    code, name = str(row["wardCode"] or successors[0]), _name(row, "ward") or _name(row, "district")
    area = _box(str(row["wardBounds"])) if own else 0.0
    return Spot(
        code,
        name,
        str(row["districtCode"]),
        _number(row, "wardLat"),
        _number(row, "wardLon"),
        area,
        own,
        successors,
    )


def _number(row: Row, column: str) -> float:
    return float(row[column] or 0.0)


def _box(bounds: str) -> float:
    """Square kilometres of "south,west – north,east", as far as a commune fills it."""
    south, west, north, east = (float(part) for corner in bounds.split(" – ") for part in corner.split(","))
    width = (east - west) * math.cos(math.radians(south))
    return (north - south) * width * KM_PER_DEGREE**2 * FILLING


def _fill_areas(old: list[Spot], new: dict[str, Spot]) -> list[Finding]:
    findings = []
    for unit in new.values():
        if not unit.area:
            unit.area = sum(one.area / len(one.successors) for one in old if unit.code in one.successors)
            findings.append(
                Finding("area", unit.code, unit.name, "0", f"{unit.area:.0f}", "sum of its parts' boxes")
            )
    usual = 20.0
    for one in old:
        one.area = one.area or min(usual, new[one.successors[0]].area)
    return findings


def _provinces(source: Source) -> Iterable[Sequence[object]]:
    rows = {str(row["provinceCode"]): row for row in source.new}
    for code, row in sorted(rows.items()):
        yield (
            code,
            _name(row, "province"),
            _degrees(_number(row, "provinceLat")),
            _degrees(_number(row, "provinceLon")),
        )


def _communes(source: Source, new: dict[str, Spot]) -> Iterable[Sequence[object]]:
    for row in sorted(source.new, key=lambda row: str(row["wardCode"])):
        unit = new[str(row["wardCode"])]
        yield (
            unit.code, unit.name, row["provinceCode"], _degrees(unit.lat), _degrees(unit.lon), f"{unit.area:.2f}",
        )  # fmt: skip


def _old_provinces(source: Source, codes: dict[str, str]) -> Iterable[Sequence[object]]:
    of = {str(row["wardCode"]): row["provinceCode"] for row in source.new}
    rows = {str(row["provinceCode"]): row for row in source.old}
    for code, row in sorted(rows.items()):
        yield code, _name(row, "province"), of[codes[source.successors[old_key(row)][0]]]


def _districts(source: Source) -> Iterable[Sequence[object]]:
    rows = {str(row["districtCode"]): row for row in source.old}
    for code, row in sorted(rows.items()):
        yield code, _name(row, "district"), row["provinceCode"], _also(row, "districtAlias")


def _old(source: Source, old: list[Spot]) -> Iterable[Sequence[object]]:
    for row, one in sorted(zip(source.old, old, strict=True), key=lambda pair: pair[1].code):
        yield (
            one.code, one.name, one.district, _degrees(one.lat), _degrees(one.lon), f"{one.area:.1f}",
            " ".join(one.successors), _also(row, "wardAlias"),
        )  # fmt: skip


def _also(row: Row, column: str) -> str:
    """'["xadinhxuyen", "dinhxuyen"]' as "xadinhxuyen dinhxuyen"."""
    return " ".join(dict.fromkeys(str(row[column] or "").translate(str.maketrans("", "", '[]",')).split()))


def _listed(findings: list[Finding]) -> Iterable[Sequence[object]]:
    for one in sorted(findings, key=lambda one: (one.what, one.code)):
        yield one.what, one.code, one.name, one.source, one.ours, one.reason


def _degrees(value: float) -> str:
    """Four places: eleven metres."""
    return f"{value:.4f}"


def _write(file: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    lines = ["\t".join(header)] + ["\t".join(str(cell) for cell in row) for row in rows]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    make()
