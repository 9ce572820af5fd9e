"""The officers of an office as a table: one row for each person; chat addresses never stand in it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.domain.kinds import Kind
from bot.domain.messages import Line
from bot.domain.officers import Officer, Role
from bot.office.faults import Fault, File, Row
from bot.office.tables import rows, table

COLUMNS = (
    "code", "name", "role", "phone", "units", "kinds", "languages", "channels", "deputy", "supervisor"
)  # fmt: skip
CHANNELS = ("desk", "telegram_officers", "zalo_oa", "zalo_bot")
"""Where officers can be alerted."""

OF_A_COMMUNE = frozenset({Role.COMMUNE_OFFICER, Role.CHAIR, Role.POLICE, Role.COLLABORATOR})
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}")
PHONE = re.compile(r"\+?[0-9][0-9 .]{1,18}")
LANGUAGE = re.compile(r"[a-z]{2,3}")


def read_officers(
    file: File, provinces: Mapping[str, str], before: Mapping[str, Officer], faults: list[Fault]
) -> tuple[Officer, ...]:
    """All officers of the file. Who is known by code keeps id, addresses and /truc; others get new ids.

    `provinces` maps every commune of the country to its province.
    """
    found: dict[str, Officer] = {}
    next_id = max((officer.id for officer in before.values()), default=0) + 1
    places: list[Row] = []
    for row in rows(file, COLUMNS, faults):
        officer = _officer(row, provinces)
        if officer.code in found:
            row.bad("code", Line("office.fault.twice", {"value": officer.code}))
        known = before.get(officer.code)
        if known is None:
            officer, next_id = replace(officer, id=next_id), next_id + 1
        else:
            officer = replace(officer, id=known.id, reachable=known.reachable, on_duty=known.on_duty)
        found[officer.code] = officer
        places.append(row)
    _check_references(places, found)
    return tuple(found.values())


def write_officers(officers: Iterable[Officer]) -> str:
    """The same table again; ids, addresses and duty are not part of it."""
    return table(COLUMNS, (_cells(officer) for officer in officers))


def _officer(row: Row, provinces: Mapping[str, str]) -> Officer:
    cells = row.cells
    role = _role(row)
    return Officer(
        id=0,
        code=_matching(row, "code", CODE),
        name=_name(row),
        role=role,
        phone=_matching(row, "phone", PHONE) if cells["phone"] else "",
        units=_units(row, role, provinces),
        kinds=_kinds(row),
        languages=_languages(row),
        channels=_channels(row),
        deputy=cells["deputy"],
        supervisor=cells["supervisor"],
    )


def _role(row: Row) -> Role:
    text = row.cells["role"]
    if text in list(Role):
        return Role(text)
    row.bad("role", Line("office.fault.choice", {"value": text, "choices": ", ".join(Role)}))
    return Role.ADMIN


def _name(row: Row) -> str:
    name = row.cells["name"]
    if not name:
        row.bad("name", Line("office.fault.empty"))
    elif len(name) > 80 or not name.isprintable() or name[0] in "=@+-":  # a spreadsheet would run it
        row.bad("name", Line("office.fault.text", {"value": name[:20]}))
    return name


def _matching(row: Row, column: str, pattern: re.Pattern[str]) -> str:
    text = row.cells[column]
    if not text:
        row.bad(column, Line("office.fault.empty"))
    elif not pattern.fullmatch(text):
        row.bad(column, Line("office.fault.text", {"value": text[:20]}))
    return text


def _units(row: Row, role: Role, provinces: Mapping[str, str]) -> tuple[str, ...]:
    units = tuple(dict.fromkeys(row.words("units")))
    known = set(provinces.values())
    for unit in units:
        if unit not in provinces and unit not in known:
            row.bad("units", Line("office.fault.unit", {"value": unit}))
    if role in OF_A_COMMUNE and not units:
        row.bad("units", Line("office.fault.unit_needed"))
    return units


def _kinds(row: Row) -> tuple[Kind, ...]:
    words = tuple(dict.fromkeys(row.words("kinds")))
    for word in words:
        if word not in list(Kind):
            row.bad("kinds", Line("office.fault.choice", {"value": word, "choices": ", ".join(Kind)}))
    return tuple(Kind(word) for word in words if word in list(Kind))


def _languages(row: Row) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(row.words("languages"))) or ("vi",)
    for word in words:
        if not LANGUAGE.fullmatch(word):
            row.bad("languages", Line("office.fault.language", {"value": word}))
    return words


def _channels(row: Row) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(row.words("channels")))
    for word in words:
        if word not in CHANNELS:
            row.bad("channels", Line("office.fault.choice", {"value": word, "choices": ", ".join(CHANNELS)}))
    return words


def _check_references(places: Iterable[Row], found: Mapping[str, Officer]) -> None:
    for row in places:
        for column in ("deputy", "supervisor"):
            code = row.cells[column]
            if code and code not in found:
                row.bad(column, Line("office.fault.officer", {"value": code}))
            elif code and code == row.cells["code"]:
                row.bad(column, Line("office.fault.self"))


def _cells(officer: Officer) -> tuple[str, ...]:
    return (
        officer.code,
        officer.name,
        officer.role,
        officer.phone,
        " ".join(officer.units),
        " ".join(officer.kinds),
        " ".join(officer.languages),
        " ".join(officer.channels),
        officer.deputy,
        officer.supervisor,
    )
