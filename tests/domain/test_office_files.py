"""An office's files: read, refused with line and column, and written back to the byte."""

import csv
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.data.demo.make import demo_office
from bot.data.units import load_units
from bot.domain.kinds import Kind, Urgency
from bot.domain.officers import (
    Absence,
    NumberFact,
    Officer,
    Policy,
    PolicyStep,
    Role,
    Roster,
    Shift,
)
from bot.office.faults import Fault, File
from bot.office.files import Rejected, load_files, read_office, write_files
from bot.office.officers_csv import COLUMNS
from bot.office.policies_toml import WHO

DEMO = Path("bot/data/demo")
PROVINCES = {unit.code: unit.province for unit in load_units().communes}
COMMUNES = [code for code, province in PROVINCES.items() if province == "66"]
OFFICE = '[office]\nname = "Tin Báo"\nhome = "66"\ndefault_route = ["A"]\n'
HEAD = ",".join(COLUMNS)
ROW = "A,Nguyễn Hoa Sen,province_duty,0900 000 001,66,,vi rad,desk,,"


def read(*files: tuple[str, str], before: Roster | None = None) -> Roster | Rejected:
    return read_office([File(name, text) for name, text in files], PROVINCES, before)


def good(*files: tuple[str, str], before: Roster | None = None) -> Roster:
    found = read(*files, before=before)
    assert isinstance(found, Roster), found
    return found


def faults(*files: tuple[str, str], before: Roster | None = None) -> list[tuple[str, int, str, str]]:
    found = read(*files, before=before)
    assert isinstance(found, Rejected), "nothing was found wrong"
    return [(one.file, one.line, one.column, one.what.key.rpartition(".")[2]) for one in found.faults]


@cache
def demo_files() -> tuple[File, ...]:
    found = load_files(sorted(DEMO.glob("*.csv")) + sorted(DEMO.glob("*.toml")))
    assert not isinstance(found, Rejected)
    return found


# --- the demo office ---


def test_the_demo_files_are_what_their_script_makes() -> None:
    written = {file.name: file.text for file in write_files(demo_office())}
    assert {file.name: file.text for file in demo_files()} == written


def test_the_demo_office_is_read_and_written_back_to_the_byte() -> None:
    office = read_office(demo_files(), PROVINCES)
    assert isinstance(office, Roster)
    assert {file.name: file.text for file in write_files(office)} == {
        file.name: file.text for file in demo_files()
    }


def test_the_demo_office_has_all_four_parts_in_every_commune_of_the_province() -> None:
    office = demo_office()
    assert len(COMMUNES) == 102
    for unit in COMMUNES:
        roles = sorted(one.role for one in office.officers if unit in one.units)
        assert roles == ["chair", "commune_officer", "commune_officer", "police"]
    assert {Role.PROVINCE_DUTY, Role.SUPERVISOR} <= {one.role for one in office.officers}
    assert ["rad" in one.languages for one in office.officers].count(True) == 1
    assert office.numbers["office"] == "0262.3951567"
    assert "2020, verify" in office.number_facts["office"].note


def test_nobody_of_the_demo_office_could_be_phoned_or_mistaken_for_another() -> None:
    officers = demo_office().officers
    assert len({one.name for one in officers}) == len({one.phone for one in officers}) == len(officers)
    assert all(one.phone.startswith("0900 000 ") for one in officers)


# --- what is refused ---


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("code", "", "empty"),
        ("code", "a b", "text"),
        ("name", "", "empty"),
        ("name", "=HYPERLINK(1)", "text"),
        ("role", "boss", "choice"),
        ("phone", "0900x", "text"),
        ("units", "24163 99999", "unit"),
        ("units", "24163 1234", "unit"),
        ("kinds", "violence beating", "choice"),
        ("languages", "Vietnamese", "language"),
        ("channels", "pigeon", "choice"),
        ("deputy", "NOBODY", "officer"),
        ("deputy", "B", "self"),
        ("supervisor", "NOBODY", "officer"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(column: str, value: str, what: str) -> None:
    row = {"code": "B", "name": "Trần Mây Trắng", "role": "chair", "units": "24163", "channels": "desk"}
    cells = dict.fromkeys(COLUMNS, "") | row | {column: value}
    text = "\n".join((HEAD, ROW, "", ",".join(cells[name] for name in COLUMNS)))
    assert ("officers.csv", 4, column, what) in faults(("officers.csv", text), ("office.toml", OFFICE))


def test_several_faults_are_all_named_and_nothing_is_imported() -> None:
    text = f"{HEAD}\n{ROW}\n{ROW}\nC,,boss,,,,,,,\nD,Lê Gió Nam,police,,,,,,,\nE,Lê\n"
    assert faults(("a.csv", text), ("office.toml", OFFICE)) == [
        ("a.csv", 3, "code", "twice"),
        ("a.csv", 4, "role", "choice"),
        ("a.csv", 4, "name", "empty"),
        ("a.csv", 5, "units", "unit_needed"),
        ("a.csv", 6, "", "width"),
    ]


def test_a_line_is_counted_as_an_editor_counts_it() -> None:
    text = f'{HEAD}\nX,"Hai\ndòng",admin,,,,,,,\nY,,admin,,,,,,,\n'
    assert [(line, column) for _, line, column, _ in faults(("a.csv", text), ("o.toml", OFFICE))][:2] == [
        (2, "name"),
        (4, "name"),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code,name\nA,B\n", ("a.csv", 1, "role", "column_missing")),
        (HEAD + ",age\n" + ROW + ",40\n", ("a.csv", 1, "age", "column_unknown")),
        ("hello\n1\n", ("a.csv", 1, "", "strange_file")),
        (HEAD + '\n"A,B\n', ("a.csv", 2, "", "quotes")),
    ],
)
def test_a_table_of_another_shape_is_refused(text: str, expected: tuple[str, int, str, str]) -> None:
    assert expected in faults(("a.csv", text), ("office.toml", OFFICE))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[office]\nname = \n", ("o.toml", 2, "8", "toml")),
        (OFFICE.replace('["A"]', "[]"), ("o.toml", 4, "default_route", "default_route")),
        (OFFICE.replace('["A"]', '["A", "Z"]'), ("o.toml", 4, "default_route", "officer")),
        (OFFICE.replace('"66"', '"67"'), ("o.toml", 3, "home", "unit")),
        (OFFICE + "color = 1\n", ("o.toml", 5, "color", "key_unknown")),
        (OFFICE + "[limits_hours]\n24163 = 13\n", ("o.toml", 6, "24163", "whole")),
        (OFFICE + '[limits_hours]\n"99999" = 8\n', ("o.toml", 6, "99999", "unit")),
        (OFFICE + '[numbers.113]\nnumber = "một"\n', ("o.toml", 6, "number", "text")),
        (OFFICE + '[numbers.113]\nnumber = "113"\nverified = "hôm qua"\n', ("o.toml", 7, "verified", "day")),
        (OFFICE + "[polices.none]\n", ("o.toml", 5, "polices", "key_unknown")),
    ],
)
def test_a_wrong_value_of_the_office_is_named_by_line_and_key(
    text: str, expected: tuple[str, int, str, str]
) -> None:
    assert expected in faults(("officers.csv", f"{HEAD}\n{ROW}\n"), ("o.toml", text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("repeat_minutes = 0", (7, "repeat_minutes", "whole")),
        ('repeat_minutes = 5\nquiet = ["22:00", "06:00"]', (8, "quiet", "quiet_urgent")),
        (
            'repeat_minutes = 5\n[[policy.emergency.step]]\nwho = "boss"\nwait_minutes = 5',
            (9, "who", "choice"),
        ),
        (
            'repeat_minutes = 5\n[[policy.emergency.step]]\nwho = "chair"\nwait_minutes = 5\n'
            '[[policy.emergency.step]]\nwho = "police"\nwait_minutes = 99',
            (13, "wait_minutes", "whole"),
        ),
        (
            'repeat_minutes = 5\n[[policy.emergency.step]]\nwho = "chair"\nwait_minutes = 0',
            (10, "wait_minutes", "last_wait"),
        ),
        (
            'repeat_minutes = 5\n[[policy.emergency.step]]\nwho = "chair"\nwait_minutes = 5\nkinds = ["boo"]',
            (11, "kinds", "choice"),
        ),
    ],
)
def test_a_wrong_policy_is_named_by_line_and_key(text: str, expected: tuple[int, str, str]) -> None:
    whole = OFFICE + "[policy.emergency]\nwears_off_minutes = 30\n" + text + "\n"
    found = faults(("officers.csv", f"{HEAD}\n{ROW}\n"), ("p.toml", whole))
    assert expected in [one[1:] for one in found]


@pytest.mark.parametrize(
    ("text", "column", "what"),
    [
        ("officer,weekdays,start,end\nZ,T2,07:00,17:00\n", "officer", "officer"),
        ("officer,weekdays,start,end\nA,T9,07:00,17:00\n", "weekdays", "choice"),
        ("officer,weekdays,start,end\nA,,07:00,17:00\n", "weekdays", "empty"),
        ("officer,weekdays,start,end\nA,T2,7 giờ,17:00\n", "start", "clock"),
        ("officer,from,to\nA,2026-11-21,2026-11-20\n", "to", "before"),
        ("officer,from,to\nA,21/11/2026,2026-11-22\n", "from", "day"),
    ],
)
def test_wrong_duty_hours_and_absences_are_named(text: str, column: str, what: str) -> None:
    found = faults(("officers.csv", f"{HEAD}\n{ROW}\n"), ("o.toml", OFFICE), ("d.csv", text))
    assert found == [("d.csv", 2, column, what)]


def test_a_default_route_is_compulsory() -> None:
    assert ("office.toml", 0, "default_route", "default_route") in faults(("a.csv", f"{HEAD}\n{ROW}\n"))


def test_files_that_are_not_text_are_refused_by_line(tmp_path: Path) -> None:
    (tmp_path / "officers.csv").write_bytes(HEAD.encode() + b"\nA,\xff\n")
    found = load_files([tmp_path / "officers.csv", tmp_path / "missing.csv"])
    assert isinstance(found, Rejected)
    assert [(one.line, one.what.key) for one in found.faults] == [
        (2, "office.fault.encoding"),
        (0, "office.fault.unreadable"),
    ]


def test_a_fault_is_told_with_file_line_and_column() -> None:
    found = read(("a.csv", f"{HEAD}\nA,,admin,,,,,,,\n"))
    assert isinstance(found, Rejected)
    assert isinstance(found.faults[0], Fault)
    line = found.faults[0].told()
    assert (line.key, line.values["line"], line.values["column"]) == ("office.fault.in_cell", 2, "name")


# --- what is accepted ---


def test_a_table_saved_by_a_spreadsheet_is_read_the_same() -> None:
    plain = good(("a.csv", f"{HEAD}\n{ROW}\n"), ("o.toml", OFFICE))
    excel = "\ufeff" + f"{HEAD}\r\n{ROW}\r\n".replace(",", ";")
    assert good(("a.csv", excel), ("o.toml", OFFICE)) == plain


def test_who_is_known_keeps_number_addresses_and_duty_and_who_is_missing_has_left() -> None:
    first = good(("a.csv", f"{HEAD}\n{ROW}\n{ROW.replace('A', 'B', 1)}\n"), ("o.toml", OFFICE))
    enrolled = replace(
        first,
        officers=tuple(
            replace(one, id=one.id + 10, reachable=frozenset({"desk"}), on_duty=False)
            for one in first.officers
        ),
    )
    again = good(("a.csv", f"{HEAD}\n{ROW.replace('A', 'C', 1)}\n{ROW}\n"), before=enrolled)
    assert [(one.code, one.id, one.on_duty, len(one.reachable)) for one in again.officers] == [
        ("C", 13, True, 0),
        ("A", 11, False, 1),
    ]


def test_somebody_who_left_may_not_stay_on_the_default_route() -> None:
    first = good(("a.csv", f"{HEAD}\n{ROW}\n"), ("o.toml", OFFICE))
    found = faults(("a.csv", f"{HEAD}\n{ROW.replace('A', 'C', 1)}\n"), before=first)
    assert found == [("office.toml", 0, "", "officer")]


def test_a_file_alone_changes_only_what_it_speaks_of() -> None:
    first = good(("a.csv", f"{HEAD}\n{ROW}\n"), ("o.toml", OFFICE))
    after = good(("leave.csv", "officer,from,to\nA,2026-11-20,2026-11-20\n"), before=first)
    day = Absence("A", datetime(2026, 11, 19, 17, tzinfo=UTC), datetime(2026, 11, 20, 17, tzinfo=UTC))
    assert after == replace(first, absences=(day,))


def test_an_office_without_policies_gets_those_that_ship() -> None:
    office = good(("a.csv", f"{HEAD}\n{ROW}\n"), ("o.toml", OFFICE))
    assert set(office.policies) == set(Urgency)
    assert office.policies[Urgency.EMERGENCY].steps[-1].phone_111
    assert office.policies[Urgency.EMERGENCY].quiet is office.policies[Urgency.URGENT].quiet is None


def test_addresses_and_numbers_of_the_store_are_not_exported() -> None:
    office = replace(demo_office(), officers=tuple(replace(one, id=987654) for one in demo_office().officers))
    assert not any("987654" in file.text for file in write_files(office))
    header = next(csv.reader(write_files(office)[0].text.splitlines()))
    assert header == list(COLUMNS)


# --- whatever the office looks like ---

names = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=10)
words = st.text(
    st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="\u2028\u2029"), max_size=20
).map(lambda text: "".join(sign for sign in text if sign.isprintable()).strip())
clocks = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, tzinfo=None))
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(  # noqa: DTZ001
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@st.composite
def offices(draw: st.DrawFn) -> Roster:
    codes = draw(
        st.lists(st.from_regex(r"[A-Z][A-Z0-9-]{0,5}", fullmatch=True), min_size=1, max_size=6, unique=True)
    )
    officers = tuple(
        Officer(
            id=number,
            code=code,
            name=draw(names),
            role=draw(st.sampled_from(Role)),
            phone=draw(st.sampled_from(["", "0900 000 001", "+84900000001"])),
            units=tuple(draw(st.lists(st.sampled_from(COMMUNES), min_size=1, max_size=3, unique=True))),
            kinds=tuple(draw(st.lists(st.sampled_from(Kind), max_size=3, unique=True))),
            languages=tuple(
                draw(st.lists(st.sampled_from(["vi", "en", "rad", "jra"]), min_size=1, unique=True))
            ),
            channels=tuple(draw(st.lists(st.sampled_from(["desk", "zalo_oa"]), unique=True))),
            deputy=draw(st.sampled_from(["", *codes]).filter(lambda other, own=code: other != own)),
            supervisor=draw(st.sampled_from(["", *codes]).filter(lambda other, own=code: other != own)),
        )
        for number, code in enumerate(codes, 1)
    )
    code = st.sampled_from(codes)
    weekdays = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
    length = st.integers(1, 50_000).map(lambda minutes: timedelta(minutes=minutes))
    absence = st.builds(lambda who, start, far: Absence(who, start, start + far), code, moments, length)
    numbers = draw(
        st.dictionaries(st.sampled_from(["111", "113", "office"]), st.sampled_from(["111", "0262.395"]))
    )
    fact = st.builds(NumberFact, st.none() | days, st.none() | days, words)
    return Roster(
        officers=officers,
        absences=tuple(draw(st.lists(absence, max_size=4))),
        shifts=tuple(draw(st.lists(st.builds(Shift, code, weekdays, clocks, clocks), max_size=4))),
        policies=draw(policies()),
        default_route=tuple(draw(st.lists(code, min_size=1, max_size=3))),
        numbers=numbers,
        number_facts={name: draw(fact) for name in numbers},
        limits_hours=draw(st.dictionaries(st.sampled_from(["", "66", *COMMUNES[:3]]), st.integers(1, 12))),
        name=draw(words),
        home="66",
        province_of=PROVINCES,
    )


@st.composite
def policies(draw: st.DrawFn) -> dict[Urgency, Policy]:
    minutes = st.integers(0, 15).map(lambda number: timedelta(minutes=number))
    some = st.integers(1, 1000).map(lambda number: timedelta(minutes=number))
    step = st.builds(
        PolicyStep,
        st.sampled_from([str(word) for word in WHO]),
        minutes,
        st.booleans(),
        st.lists(st.sampled_from(Kind), max_size=2, unique=True).map(tuple),
    )
    last = PolicyStep("province_duty", timedelta(minutes=5), phone_111=True)
    return {
        urgency: Policy(
            urgency,
            (*draw(st.lists(step, max_size=4)), last),
            draw(some),
            draw(some),
            quiet=(time(22), time(6)) if urgency.rank < Urgency.URGENT.rank and draw(st.booleans()) else None,
        )
        for urgency in draw(st.sets(st.sampled_from(Urgency), min_size=1))
    }


@settings(max_examples=60, deadline=None)
@given(offices())
def test_writing_and_reading_gives_the_same_office_and_the_same_files(office: Roster) -> None:
    files = write_files(office)
    again = read_office(files, PROVINCES)
    assert again == office
    assert write_files(office) == write_files(again) == files
