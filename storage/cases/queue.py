"""The desk's queue: open cases by urgency, then by time left."""

from sqlalchemy import ColumnElement, Select, and_, literal_column, or_, select

from bot.domain.cases import Case
from bot.domain.officers import Officer
from bot.ports import Queue
from storage.cases.row import columns
from storage.tables import cases as t

_open = t.c.is_open == literal_column("1")
_BATCH = 200


def statement(query: Queue, after: tuple[int, int, int] | None) -> Select[tuple[object, ...]]:
    """One page; `after` is (rank, clock end, number) of the last case of the page before."""
    where = [*_filters(query)]
    if after is not None:
        where.append(_behind(*after, open_only=query.open_only))
    order = (t.c.rank, t.c.clock_end, t.c.id) if query.open_only else (t.c.id.desc(),)
    most = query.limit if query.officer is None else max(_BATCH, query.limit)
    return select(*columns, t.c.rank, t.c.clock_end).where(*where).order_by(*order).limit(most)


def may_see(case: Case, officer: Officer | None) -> bool:
    """Nobody sees a case that accuses them, their part or their unit."""
    barred = case.excluded
    if officer is None:
        return True
    return not (
        officer.id in barred.officers
        or officer.role.value in barred.roles
        or any(unit in barred.units for unit in officer.units)
    )


def _filters(query: Queue) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if query.open_only:
        where.append(_open)
    if query.units is not None:
        where.append(or_(t.c.unit.in_(query.units), t.c.residence.in_(query.units)))
    if query.owner is not None:
        where.append(t.c.owner_id == query.owner)
    if query.kinds:
        where.append(t.c.kind.in_(query.kinds))
    return where


def _behind(rank: int, clock_end: int, number: int, *, open_only: bool) -> ColumnElement[bool]:
    if not open_only:
        return t.c.id < number
    same_rank = and_(
        t.c.rank == rank,
        or_(t.c.clock_end > clock_end, and_(t.c.clock_end == clock_end, t.c.id > number)),
    )
    return and_(t.c.rank >= rank, or_(t.c.rank > rank, same_rank))
