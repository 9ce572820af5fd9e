"""The administrative units of Vietnam: tables made by `make.py`, read here."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

from bot.domain.places.table import District, OldProvince, OldUnit, UnitTable
from bot.domain.understanding import Unit

HERE = Path(__file__).parent
SINCE = date(2025, 7, 1)
"""Luật Tổ chức chính quyền địa phương 72/2025/QH15; codes by Quyết định 19/2025/QĐ-TTg."""
UNTIL = date(2025, 6, 30)


@cache
def load_units() -> UnitTable:
    """All units, read once and kept (7 MB)."""
    return read_units()


def read_units() -> UnitTable:
    """All units (about 30 ms), for who needs them once."""
    communes = tuple(_communes())
    return UnitTable(
        since=SINCE,
        until=UNTIL,
        provinces=tuple(_provinces(communes)),
        communes=communes,
        old_provinces=tuple(OldProvince(*row) for row in _rows("old_provinces.tsv")),
        districts=tuple(
            District(code, name, province, tuple(also.split()))
            for code, name, province, also in _rows("districts.tsv")
        ),
        old=tuple(_old(communes)),
    )


def _communes() -> Iterator[Unit]:
    for code, name, province, lat, lon, area in _rows("communes.tsv"):
        yield Unit(code, name, province, float(lat), float(lon), float(area), SINCE)


def _provinces(communes: tuple[Unit, ...]) -> Iterator[Unit]:
    areas: dict[str, float] = {}
    for commune in communes:
        areas[commune.province] = areas.get(commune.province, 0.0) + commune.area_km2
    for code, name, lat, lon in _rows("provinces.tsv"):
        yield Unit(code, name, code, float(lat), float(lon), round(areas[code], 2), SINCE)


def _old(communes: tuple[Unit, ...]) -> Iterator[OldUnit]:
    # most went into one commune of 2025 as they were: its code is kept once for all of them
    became = {unit.code: (unit.code,) for unit in communes}
    for code, name, district, lat, lon, area, successors, also in _rows("old.tsv"):
        yield OldUnit(
            code,
            name,
            district,
            float(lat),
            float(lon),
            float(area),
            became.get(successors) or tuple(successors.split()), tuple(also.split()), UNTIL,
        )  # fmt: skip


def _rows(name: str) -> Iterator[list[str]]:
    """The rows of a table without its heading; no cell holds a tab or a quote."""
    with (HERE / name).open(encoding="utf-8") as table:
        next(table)
        for line in table:
            yield line.rstrip("\n").split("\t")
