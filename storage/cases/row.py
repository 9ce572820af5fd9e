"""A case as a row of columns, and back."""

from typing import Final

import msgspec

from bot.domain.cases import Case, CaseId, Excluded, OfficerId, Result, Status
from bot.domain.kinds import Environment, Kind, Urgency
from bot.domain.understanding import Point
from storage.rows import (
    encode,
    excluded_from,
    micros,
    micros_or_none,
    moment,
    moment_or_none,
    point_from,
)
from storage.sealed import Seals
from storage.tables import cases as t
from storage.writer.db import Row, Value

POINT: Final = "case.point"
_NO_END: Final = 2**60
"""Sorts cases without a legal end after all others of their urgency, by age."""
_LAST_RANK: Final = 3
"""Emergencies are 0 in the table, so that one ascending index is the queue."""
_NOBODY: Final = Excluded()
_kinds_from = msgspec.json.Decoder(tuple[Kind, ...]).decode

columns = tuple(
    t.c[name]
    for name in [
        "id",
        "kind",
        "urgency",
        "status",
        "opened_at",
        "clock_from",
        "due_at",
        "also",
        "environment",
        "unit",
        "residence",
        "point",
        "owner_id",
        "taken_at",
        "acted_at",
        "closed_at",
        "result",
        "excluded",
        "language",
        "needs_listening",
        "restricted",
        "reports",
        "reached",
        "erasure_asked",
        "version",
    ]
)
written = [
    "kind",
    "urgency",
    "rank",
    "status",
    "is_open",
    "opened_at",
    "clock_from",
    "due_at",
    "clock_end",
    "also",
    "environment",
    "unit",
    "residence",
    "point",
    "lat",
    "lon",
    "owner_id",
    "taken_at",
    "acted_at",
    "closed_at",
    "result",
    "excluded",
    "language",
    "needs_listening",
    "restricted",
    "reports",
    "reached",
    "erasure_asked",
]


def is_open(status: Status) -> bool:
    """Whether it still stands in our queue."""
    return status not in (Status.CLOSED, Status.HANDED_ON)


def values(case: Case, seals: Seals) -> dict[str, Value]:
    # a hazard's point is a public place and is searched by; any other may be a child's home
    open_point = case.point if case.kind is Kind.DROWNING_HAZARD else None
    return {
        "kind": case.kind.value,
        "urgency": case.urgency.value,
        "rank": _LAST_RANK - case.urgency.rank,
        "status": case.status.value,
        "is_open": int(is_open(case.status)),
        "opened_at": micros(case.opened_at),
        "clock_from": micros(case.clock_from),
        "due_at": micros_or_none(case.due_at),
        "clock_end": micros(case.due_at) if case.due_at else _NO_END + micros(case.opened_at),
        "also": encode(case.also).decode() if case.also else "",
        "environment": case.environment.value,
        "unit": case.unit,
        "residence": case.residence,
        "point": seals.seal(encode(case.point), POINT) if case.point else None,
        "lat": open_point.lat if open_point else None,
        "lon": open_point.lon if open_point else None,
        "owner_id": case.owner,
        "taken_at": micros_or_none(case.taken_at),
        "acted_at": micros_or_none(case.acted_at),
        "closed_at": micros_or_none(case.closed_at),
        "result": case.result.value if case.result else None,
        "excluded": encode(case.excluded).decode() if case.excluded != _NOBODY else "",
        "language": case.language,
        "needs_listening": int(case.needs_listening),
        "restricted": int(case.restricted),
        "reports": case.reports,
        "reached": int(case.reached),
        "erasure_asked": int(case.erasure_asked),
    }


def case_from(row: Row, seals: Seals) -> Case:
    return Case(
        id=CaseId(row[0]),
        kind=Kind(row[1]),
        urgency=Urgency(row[2]),
        status=Status(row[3]),
        opened_at=moment(row[4]),
        clock_from=moment(row[5]),
        due_at=moment_or_none(row[6]),
        also=_kinds_from(row[7]) if row[7] else (),
        environment=Environment(row[8]),
        unit=row[9],
        residence=row[10],
        point=_point(row[11], seals),
        owner=None if row[12] is None else OfficerId(row[12]),
        taken_at=moment_or_none(row[13]),
        acted_at=moment_or_none(row[14]),
        closed_at=moment_or_none(row[15]),
        result=Result(row[16]) if row[16] else None,
        excluded=excluded_from(row[17]) if row[17] else _NOBODY,
        language=row[18],
        needs_listening=bool(row[19]),
        restricted=bool(row[20]),
        reports=row[21],
        reached=bool(row[22]),
        erasure_asked=bool(row[23]),
        version=row[24],
    )


def _point(sealed: bytes | None, seals: Seals) -> Point | None:
    return None if sealed is None else point_from(seals.unseal(sealed, POINT))
