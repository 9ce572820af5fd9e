"""What became of a letter after the platform took it: it arrived, it was seen; known by the platform's own ids."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.campaigns.subscribers import LetterState
from storage.outreach.hearsay import told
from storage.outreach.numbers import parts_of
from storage.rows import micros
from storage.sealed import Seals
from storage.tables import outbox, tracks
from storage.tables import tracks as t
from storage.writer.db import Db, Prepared, Value

_ADD = Prepared(
    insert(t)
    .values({name: bindparam(name) for name in ("message", "letter_id", "sent_at")})
    .on_conflict_do_nothing(index_elements=["message"])
)
_this = t.c.message == bindparam("of_message")
# what was seen has arrived, also where only the former was told, and in whichever order
_ARRIVED = Prepared(
    update(t)
    .where(_this, t.c.arrived_at.is_(None))
    .values(arrived_at=bindparam("now"))
    .returning(t.c.letter_id)
)
_SEEN = Prepared(
    update(t)
    .where(_this, t.c.seen_at.is_(None))
    .values(seen_at=bindparam("now"), arrived_at=func.coalesce(t.c.arrived_at, bindparam("now")))
    .returning(t.c.letter_id)
)
_KNOWN = Prepared(select(t.c.id).where(_this))
_ALERT = Prepared(select(outbox.c.alert_id).where(outbox.c.id == bindparam("letter")))
_PRUNE = Prepared(delete(t).where(t.c.sent_at < bindparam("before")))
_OF_LETTER = Prepared(
    select(func.min(tracks.c.arrived_at), func.min(tracks.c.seen_at)).where(
        tracks.c.letter_id == bindparam("letter")
    )
)


class SqlTracks:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals

    def add(self, letter: int, messages: Sequence[str], now: datetime) -> None:
        rows: list[dict[str, Value]] = [
            {"message": self._seals.lookup("sent", one), "letter_id": letter, "sent_at": micros(now)}
            for one in messages
        ]
        self._db.many(_ADD, rows)

    def reached(self, messages: Sequence[str], at: datetime, *, seen: bool) -> Sequence[int]:
        """The alerts whose letters were seen for the first time now."""
        alerts: list[int] = []
        for one in messages:
            message = self._seals.lookup("sent", one)
            row = self._db.one(_SEEN if seen else _ARRIVED, of_message=message, now=micros(at))
            if row is None:
                continue
            if parts_of(row[0])[0]:
                told(self._db, row[0], LetterState.SEEN if seen else LetterState.DELIVERED, at)
            elif seen:
                found = self._db.one(_ALERT, letter=row[0])
                alerts += [found[0]] if found is not None and found[0] is not None else []
        return alerts

    def knows(self, message: str) -> bool:
        return self._db.one(_KNOWN, of_message=self._seals.lookup("sent", message)) is not None

    def of_letter(self, letter: int) -> tuple[int | None, int | None]:
        """(arrived, seen) in microseconds."""
        row = self._db.one(_OF_LETTER, letter=letter)
        return (None, None) if row is None else (row[0], row[1])

    def prune(self, before: datetime) -> int:
        return self._db.run(_PRUNE, before=micros(before))
