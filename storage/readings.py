"""How far a second reader has read: what is left to read is a query over open cases and their words."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import insert

from bot.domain.cases import Author, CaseId, EntryKind
from bot.ports.judging import Unread
from storage.rows import micros
from storage.tables import cases, entries
from storage.tables import second_readings as t
from storage.writer.db import Db, Prepared

_no: ColumnElement[int] = literal_column("0")
_newest = (
    select(func.max(entries.c.id))
    .where(
        entries.c.case_id == cases.c.id,
        entries.c.id > func.coalesce(t.c.upto, _no),
        entries.c.author == Author.REPORTER.value,
        entries.c.kind == EntryKind.WORDS.value,
    )
    .correlate(cases, t)
    .scalar_subquery()
)
_unread = (
    select(cases.c.id.label("case_id"), _newest.label("newest"), func.coalesce(t.c.tries, _no).label("tries"))
    .select_from(cases.outerjoin(t, t.c.case_id == cases.c.id))
    .where(
        cases.c.is_open == literal_column("1"),  # a literal leads to the partial index
        cases.c.restricted == _no,
        cases.c.erasure_asked == _no,
        or_(t.c.due_at.is_(None), t.c.due_at <= bindparam("now")),
    )
    .subquery()
)
_DUE = Prepared(
    select(_unread.c.case_id, _unread.c.newest, _unread.c.tries)
    .join(entries, entries.c.id == _unread.c.newest)
    .where(entries.c.at <= bindparam("quiet"), entries.c.at > bindparam("since"))
    .order_by(entries.c.id)
    .limit(bindparam("most"))
)
_first = insert(t).values({name: bindparam(name) for name in ("case_id", "upto", "tries", "due_at")})
_DONE = Prepared(
    _first.on_conflict_do_update(
        index_elements=[t.c.case_id],
        set_={name: _first.excluded[name] for name in ("upto", "tries", "due_at")},
    )
)
_PUT_OFF = Prepared(
    _first.on_conflict_do_update(
        index_elements=[t.c.case_id], set_={"tries": t.c.tries + 1, "due_at": _first.excluded.due_at}
    ).returning(t.c.tries)
)


class SqlReadings:
    def __init__(self, db: Db) -> None:
        self._db = db

    def due(self, now: datetime, quiet: datetime, since: datetime, limit: int) -> Sequence[Unread]:
        rows = self._db.every(_DUE, now=micros(now), quiet=micros(quiet), since=micros(since), most=limit)
        return [Unread(CaseId(row[0]), row[1], row[2]) for row in rows]

    def done(self, case: CaseId, upto: int) -> None:
        self._db.run(_DONE, case_id=case, upto=upto, tries=0, due_at=None)

    def put_off(self, case: CaseId, until: datetime) -> int:
        return self._db.number(_PUT_OFF, case_id=case, upto=0, tries=1, due_at=micros(until))
