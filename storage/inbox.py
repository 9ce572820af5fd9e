"""What was heard, written down before it is understood."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.messages import Address, Heard
from bot.ports import Waiting
from storage.rows import encode, heard_from, micros
from storage.sealed import Seals, Unreadable
from storage.tables import inbox as t
from storage.writer.db import Db, Prepared

HEARD = "inbox.heard"
_WAITING = text("state = 0")  # in these very words: they lead to the partial index
_row: BindParameter[int] = bindparam("row")

_PUT = Prepared(
    insert(t)
    .values({name: bindparam(name) for name in ("message", "person", "at", "heard")})
    .on_conflict_do_nothing()
)
_OLDEST = Prepared(
    select(t.c.id, t.c.heard, t.c.tries)
    .where(t.c.person == bindparam("person"), _WAITING)
    .order_by(t.c.id)
    .limit(1)
)
_MARK = Prepared(update(t).where(t.c.id == _row).values(state=text("1"), heard=None))
_FAILED = Prepared(update(t).where(t.c.id == _row).values(tries=t.c.tries + 1).returning(t.c.tries))
_GIVE_UP = Prepared(update(t).where(t.c.id == _row).values(state=text("2")))
_FORGET = Prepared(
    update(t).where(t.c.person == bindparam("person"), t.c.state == text("2")).values(heard=None)
)
_AMEND = Prepared(
    update(t).where(t.c.message == bindparam("of_message"), _WAITING).values(heard=bindparam("said"))
)
_FIRST_OF_EACH = (
    select(func.min(t.c.id).label("id"))
    .where(_WAITING, t.c.at <= bindparam("before"))
    .group_by(t.c.person)
    .order_by(func.min(t.c.id))
    .limit(bindparam("most"))
    .scalar_subquery()
)
_UNANSWERED = Prepared(select(t.c.id, t.c.heard).where(t.c.id.in_(_FIRST_OF_EACH)).order_by(t.c.id))
_UNREADABLE = Prepared(update(t).where(t.c.id == _row, _WAITING).values(state=text("3")))
_RECENT = Prepared(
    select(func.count()).select_from(t).where(t.c.person == bindparam("person"), t.c.at >= bindparam("since"))
)
_COUNT = Prepared(select(func.count()).select_from(t).where(_WAITING))
# on PostgreSQL: one turn at a time per person, whichever worker has it
_ONE_TURN = Prepared(select(func.pg_advisory_xact_lock(bindparam("person_number"))))


class SqlInbox:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals

    def put(self, heard: Heard, now: datetime) -> bool:
        sender = heard.sender
        message = self._seals.lookup("message", sender.channel, sender.account, heard.message_id)
        added = self._db.run(
            _PUT,
            message=message,
            person=self._seals.person(sender),
            at=micros(now),
            heard=self._seals.seal(encode(heard), HEARD),
        )
        return added == 1

    def amend(self, heard: Heard) -> None:
        sender = heard.sender
        message = self._seals.lookup("message", sender.channel, sender.account, heard.message_id)
        self._db.run(_AMEND, of_message=message, said=self._seals.seal(encode(heard), HEARD))

    def oldest(self, sender: Address) -> Waiting | None:
        person = self._seals.person(sender)
        if self._db.postgres and self._db.writing:
            self._db.one(_ONE_TURN, person_number=int.from_bytes(person[:8], signed=True))
        row = self._db.one(_OLDEST, person=person)
        return None if row is None else Waiting(row[0], self._heard(row[1]), row[2])

    def mark(self, row: int) -> None:
        self._db.run(_MARK, row=row)

    def failed(self, row: int) -> int:
        return self._db.number(_FAILED, row=row)

    def give_up(self, row: int) -> None:
        self._db.run(_GIVE_UP, row=row)

    def forget(self, sender: Address) -> int:
        return self._db.run(_FORGET, person=self._seals.person(sender))

    def unanswered(self, older_than: datetime, limit: int) -> Sequence[Address | None]:
        return [sender for _, sender in self._waiting_since(older_than, limit)]

    def set_aside_unreadable(self, older_than: datetime, limit: int) -> int:
        waiting = self._waiting_since(older_than, limit)
        shut = [{"row": row} for row, sender in waiting if sender is None]
        self._db.many(_UNREADABLE, shut)
        return len(shut)

    def recent(self, sender: Address, since: datetime) -> int:
        return self._db.number(_RECENT, person=self._seals.person(sender), since=micros(since))

    def waiting(self) -> int:
        return self._db.number(_COUNT)

    def _waiting_since(self, older_than: datetime, limit: int) -> Sequence[tuple[int, Address | None]]:
        """Everybody's first row, with who wrote it."""
        rows = self._db.every(_UNANSWERED, before=micros(older_than), most=limit)
        return [(row, self._sender(sealed)) for row, sealed in rows]

    def _sender(self, sealed: bytes) -> Address | None:
        """None for a row that does not open: it must not keep everybody else waiting."""
        try:
            return self._heard(sealed).sender
        except Unreadable:
            return None

    def _heard(self, sealed: bytes) -> Heard:
        return heard_from(self._seals.unseal(sealed, HEARD))
