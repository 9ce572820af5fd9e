"""The unit tables: complete, joined to each other, and free of successors that lie elsewhere."""

import math
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest

from bot.data.units import HERE, load_units
from bot.data.units.make import make
from bot.data.units.repair import FAR_KM, FAR_RATIO, KM_PER_DEGREE
from bot.domain.places.table import OldUnit
from bot.domain.understanding import Unit

TABLE = load_units()
COMMUNES = {unit.code: unit for unit in TABLE.communes}
DISTRICTS = {one.code: one for one in TABLE.districts}
TABLES = ("provinces", "communes", "old_provinces", "districts", "old", "exceptions")


def listed(what: str) -> dict[str, list[str]]:
    """The rows of the exceptions of one kind, by code."""
    rows = (line.split("\t") for line in (HERE / "exceptions.tsv").read_text("utf-8").splitlines()[1:])
    return {row[1]: row for row in rows if row[0] == what}


def test_all_units_of_2025_are_there() -> None:
    assert (len(TABLE.provinces), len(TABLE.communes)) == (34, 3321)
    kinds = Counter(
        "Đặc khu" if unit.name.startswith("Đặc khu") else unit.name.split()[0] for unit in TABLE.communes
    )
    assert set(kinds) == {"Xã", "Phường", "Đặc khu"}
    assert kinds["Đặc khu"] == 13


def test_all_old_units_are_there() -> None:
    assert (len(TABLE.old_provinces), len(TABLE.districts), len(TABLE.old)) == (63, 696, 10_040)


def test_codes_are_unique_and_of_five_digits() -> None:
    for codes in ([unit.code for unit in TABLE.communes], [old.code for old in TABLE.old]):
        assert len(set(codes)) == len(codes)
        assert all(len(code) == 5 and code.isdigit() for code in codes)


def test_the_change_is_that_of_the_first_of_july() -> None:
    assert (TABLE.since, TABLE.until) == (date(2025, 7, 1), date(2025, 6, 30))
    assert {unit.valid_from for unit in (*TABLE.provinces, *TABLE.communes)} == {TABLE.since}
    assert {old.valid_to for old in TABLE.old} == {TABLE.until}


def test_every_commune_lies_in_a_province_and_has_a_place_and_an_area() -> None:
    provinces = {unit.code for unit in TABLE.provinces}
    for unit in TABLE.communes:
        assert unit.province in provinces
        assert 6 < unit.lat < 24
        assert 102 < unit.lon < 115
        assert unit.area_km2 > 0


def test_every_old_commune_has_successors_in_the_successor_of_its_province() -> None:
    successor = {one.code: one.successor for one in TABLE.old_provinces}
    for old in TABLE.old:
        assert old.successors, old.code
        province = successor[DISTRICTS[old.district].province]
        assert {COMMUNES[code].province for code in old.successors} == {province}, old.code


def test_every_commune_of_2025_came_from_somewhere() -> None:
    assert {code for old in TABLE.old for code in old.successors} == set(COMMUNES)


def test_no_successor_lies_far_from_the_old_commune() -> None:
    far = [(old.code, code) for old in TABLE.old for code in old.successors if is_far(old, COMMUNES[code])]
    # the islands of one đặc khu are far apart: Kiên Hải's lie within 45 km
    assert {COMMUNES[code].name for _, code in far} == {"Đặc khu Kiên Hải"}
    assert len(far) <= 4


def is_far(old: OldUnit, unit: Unit) -> bool:
    east = (old.lon - unit.lon) * math.cos(math.radians(unit.lat))
    apart = math.hypot(east, old.lat - unit.lat) * KM_PER_DEGREE
    radii = math.sqrt(old.area_km2 / math.pi) + math.sqrt(unit.area_km2 / math.pi)
    return apart > FAR_KM and apart > FAR_RATIO * radii


def test_false_successors_of_the_source_are_listed_and_gone() -> None:
    dropped = listed("successors")
    assert len(dropped) >= 15
    by_code = {old.code: old for old in TABLE.old}
    for code, (_, _, name, source, ours, reason) in dropped.items():
        assert by_code[code].name == name
        assert " ".join(by_code[code].successors) == ours
        assert set(ours.split()) < set(source.split())
        assert reason.startswith("not: ")


@pytest.mark.parametrize(
    ("old", "district", "new"),
    [
        ("Xã Tân Thạnh", "Huyện Thới Lai", "Xã Trường Thành"),
        ("Xã Tân Thạnh", "Huyện Long Phú", "Xã Tân Thạnh"),
        ("Xã Phú Tân", "Huyện Châu Thành", "Xã Phú Hữu"),
        ("Phường 4", "Thành phố Tân An", "Phường Long An"),
        ("Phường 4", "Thành phố Mỹ Tho", "Phường Đạo Thạnh"),
        ("Xã Ea Kao", "Thành phố Buôn Ma Thuột", "Phường Ea Kao"),
    ],
)
def test_same_names_in_one_new_province_keep_their_own_successor(old: str, district: str, new: str) -> None:
    named = [one for one in TABLE.old if one.name == old and DISTRICTS[one.district].name == district]
    assert [new] in [[COMMUNES[code].name for code in one.successors] for one in named]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Tỉnh Kon Tum", "Tỉnh Quảng Ngãi"),
        ("Tỉnh Bà Rịa - Vũng Tàu", "Thành phố Hồ Chí Minh"),
        ("Tỉnh Bình Dương", "Thành phố Hồ Chí Minh"),
        ("Tỉnh Phú Yên", "Tỉnh Đắk Lắk"),
        ("Tỉnh Đắk Nông", "Tỉnh Lâm Đồng"),
        ("Tỉnh Hậu Giang", "Thành phố Cần Thơ"),
        ("Tỉnh Cao Bằng", "Tỉnh Cao Bằng"),
    ],
)
def test_provinces_went_where_the_assembly_decided(old: str, new: str) -> None:
    names = {unit.code: unit.name for unit in TABLE.provinces}
    assert [names[one.successor] for one in TABLE.old_provinces if one.name == old] == [new]


def test_a_commune_that_was_split_names_all_its_parts() -> None:
    split = [old for old in TABLE.old if len(old.successors) > 1]
    assert 430 <= len(split) <= 471
    assert all(len(set(old.successors)) == len(old.successors) for old in split)


def test_names_are_composed_letters_with_a_known_type() -> None:
    types = ("Xã ", "Phường ", "Thị trấn ", "Đặc khu ", "Huyện ", "Quận ", "Thị xã ", "Thành phố ", "Tỉnh ")
    units = (TABLE.communes, TABLE.old, TABLE.districts, TABLE.old_provinces, TABLE.provinces)
    for name in (one.name for table in units for one in table):
        assert name.startswith(types), name
        assert name == normalize("NFC", name)


def test_the_running_program_needs_neither_the_source_nor_its_friends() -> None:
    program = (
        "import sys, bot.domain.places as places, bot.data.units as units;"
        "places.Gazetteer(units.load_units()); print(*sys.modules)"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=HERE.parents[2]
    ).stdout.split()
    assert "bot.domain.places.gazetteer" in loaded
    assert {"vietnamadminunits", "pandas", "shapely", "sqlite3"}.isdisjoint(loaded)


def test_the_shipped_tables_are_what_the_script_makes(tmp_path: Path) -> None:
    make(tmp_path)
    for name in TABLES:
        assert (tmp_path / f"{name}.tsv").read_text("utf-8") == (HERE / f"{name}.tsv").read_text("utf-8"), (
            name
        )


def test_the_source_is_named() -> None:
    notice = (HERE.parents[2] / "NOTICE").read_text("utf-8")
    assert "vietnamadminunits 1.0.4" in notice
    assert "MIT License" in notice
