"""All files of an office together: read into a roster, or every fault named; and written back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from bot.domain.duty import DESK
from bot.domain.kinds import Urgency
from bot.domain.messages import Line
from bot.domain.officers import Policy, Roster
from bot.office.duty_csv import (
    ABSENCE_COLUMNS,
    SHIFT_COLUMNS,
    read_absences,
    read_shifts,
    write_absences,
    write_shifts,
)
from bot.office.faults import Fault, File
from bot.office.office_toml import read_basics, read_limits, read_numbers, write_office
from bot.office.officers_csv import COLUMNS, read_officers, write_officers
from bot.office.policies_toml import read_policies, write_policies
from bot.office.tables import heading
from bot.office.toml_lines import Section, parse

DEFAULT_POLICIES = Path(__file__).parent.parent / "data" / "policies.toml"


class Content(StrEnum):
    """What a file can hold; export uses these names."""

    OFFICERS = "officers.csv"
    SHIFTS = "duty.csv"
    ABSENCES = "absences.csv"
    OFFICE = "office.toml"
    POLICIES = "policies.toml"


TABLES = {Content.OFFICERS: COLUMNS, Content.SHIFTS: SHIFT_COLUMNS, Content.ABSENCES: ABSENCE_COLUMNS}
SECTIONS = ("office", "numbers", "limits_hours", "policy")


@dataclass(frozen=True, slots=True)
class Rejected:
    """Nothing was imported; in the order of the files."""

    faults: tuple[Fault, ...]


def load_files(paths: Sequence[Path]) -> tuple[File, ...] | Rejected:
    """The files' texts; what cannot be read as UTF-8 is a fault of that line."""
    files, faults = [], []
    for path in paths:
        try:
            raw = path.read_bytes()
            files.append(File(path.name, raw.decode("utf-8-sig")))
        except UnicodeDecodeError as error:
            line = error.object[: error.start].count(b"\n") + 1
            faults.append(Fault(path.name, line, "", Line("office.fault.encoding")))
        except OSError:
            faults.append(Fault(path.name, 0, "", Line("office.fault.unreadable")))
    return Rejected(tuple(faults)) if faults else tuple(files)


def read_office(
    files: Sequence[File], provinces: Mapping[str, str], before: Roster | None = None
) -> Roster | Rejected:
    """The office as these files make it out of `before`; what no file speaks of stays.

    `provinces`: every commune's province. An officers' file names everybody: who is missing in it has left.
    A first import needs officers and a default route; without policies it gets those that ship.
    """
    faults: list[Fault] = []
    roster = replace(before or Roster(()), province_of=provinces)
    tables, sections = _sorted(files, faults)
    if file := tables.get(Content.OFFICERS):
        known = {officer.code: officer for officer in roster.officers}
        roster = replace(roster, officers=read_officers(file, provinces, known, faults))
    codes = {officer.code: officer for officer in roster.officers}
    if file := tables.get(Content.SHIFTS):
        roster = replace(roster, shifts=read_shifts(file, codes, faults))
    if file := tables.get(Content.ABSENCES):
        roster = replace(roster, absences=read_absences(file, codes, faults))
    for section in sections:
        roster = _with_section(roster, section, faults)
    if not roster.policies:
        roster = replace(roster, policies=default_policies(faults))
    _check_whole(roster, faults)
    return Rejected(tuple(faults)) if faults else roster


def write_files(roster: Roster) -> tuple[File, ...]:
    """The files that make this roster; reading them gives it back, and they are the same to the byte."""
    return (
        File(Content.OFFICERS, write_officers(roster.officers)),
        File(Content.SHIFTS, write_shifts(roster.shifts)),
        File(Content.ABSENCES, write_absences(roster.absences)),
        File(Content.OFFICE, write_office(roster)),
        File(Content.POLICIES, write_policies(roster.policies)),
    )


def default_policies(faults: list[Fault]) -> Mapping[Urgency, Policy]:
    """Those that ship, for an office that has not thought about its own yet."""
    section = parse(File(DEFAULT_POLICIES.name, DEFAULT_POLICIES.read_text(encoding="utf-8")), faults)
    return read_policies(section.section("policy")) if section else {}


def on_the_desk(roster: Roster) -> Roster:
    """Everybody enrolled on the web desk: for the demo, where an officer is chosen instead of logged in."""
    return replace(
        roster,
        officers=tuple(replace(one, reachable=one.reachable | {DESK}) for one in roster.officers),
    )


def _sorted(files: Sequence[File], faults: list[Fault]) -> tuple[dict[Content, File], list[Section]]:
    """Tables by their headings, sections of TOML files; the names of files do not matter."""
    tables: dict[Content, File] = {}
    sections: list[Section] = []
    for file in files:
        if file.name.lower().endswith(".toml"):
            section = parse(file, faults)
            sections += [section] if section else []
            continue
        content = _content(file)
        if content is None:
            faults.append(Fault(file.name, 1, "", Line("office.fault.strange_file")))
        elif content in tables:
            faults.append(
                Fault(file.name, 0, "", Line("office.fault.second_file", {"value": tables[content].name}))
            )
        else:
            tables[content] = file
    return tables, sections


def _content(file: File) -> Content | None:
    """What a table holds: the kind that shares most of its column names."""
    names = set(heading(file))
    best = max(TABLES, key=lambda content: len(names.intersection(TABLES[content])))
    return best if len(names.intersection(TABLES[best])) > 1 else None


def _with_section(roster: Roster, whole: Section, faults: list[Fault]) -> Roster:
    whole.only(*SECTIONS)
    if not whole.values:
        faults.append(Fault(whole.file, 0, "", Line("office.fault.strange_file")))
    if "office" in whole.values:
        officers = {officer.code: officer for officer in roster.officers}
        basics = read_basics(whole.section("office"), officers, roster.province_of)
        roster = replace(roster, name=basics.name, home=basics.home, default_route=basics.default_route)
    if "numbers" in whole.values:
        numbers, facts = read_numbers(whole.section("numbers"))
        roster = replace(roster, numbers=numbers, number_facts=facts)
    if "limits_hours" in whole.values:
        roster = replace(roster, limits_hours=read_limits(whole.section("limits_hours"), roster.province_of))
    if "policy" in whole.values:
        roster = replace(roster, policies=read_policies(whole.section("policy")))
    return roster


def _check_whole(roster: Roster, faults: list[Fault]) -> None:
    """What only shows when all files are together; pointless while single cells are wrong."""
    if faults:
        return
    if not roster.officers:
        faults.append(Fault(Content.OFFICERS, 0, "", Line("office.fault.no_officers")))
    if not roster.default_route:
        faults.append(Fault(Content.OFFICE, 0, "default_route", Line("office.fault.default_route")))
    codes = {officer.code for officer in roster.officers}
    named = (
        (Content.OFFICE, roster.default_route),
        (Content.SHIFTS, tuple(shift.officer for shift in roster.shifts)),
        (Content.ABSENCES, tuple(absence.officer for absence in roster.absences)),
    )
    for content, wanted in named:
        for code in dict.fromkeys(wanted):
            if code not in codes:
                faults.append(Fault(content, 0, "", Line("office.fault.officer", {"value": code})))
