"""The ledger: append-only, hash-chained, signed at its end; ids, codes and digests, no words."""

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.dialects import postgresql

from bot.ports import LedgerRow
from storage.rows import encode, micros, moment
from storage.sealed import Seals
from storage.tables import cases
from storage.tables import ledger as t
from storage.tables import ledger_head as head
from storage.writer.db import Db, Prepared, Row, Value

_FIRST: Final = bytes(32)
_PAGE: Final = 5_000
_said = (t.c.at, t.c.actor, t.c.action, t.c.subject, t.c.detail)

_NOTE = Prepared(
    insert(t)
    .values({name: bindparam(name) for name in ("at", "actor", "action", "subject", "detail", "mac")})
    .inline()
)
_LOOSE = Prepared(select(t.c.id, *_said).where(t.c.place.is_(None)).order_by(t.c.id).limit(bindparam("most")))
_LINK = Prepared(
    update(t)
    .where(t.c.id == bindparam("row"))
    .values(place=bindparam("new_place"), hash=bindparam("new_hash"))
)
_HEAD = select(head.c.place, head.c.last_id, head.c.hash, head.c.mac).where(head.c.id == 1)
_READ_HEAD = Prepared(_HEAD)
_LOCK_HEAD = Prepared(_HEAD.with_for_update())
_first_head = postgresql.insert(head).values(
    {"id": 1} | {name: bindparam(name) for name in ("place", "last_id", "hash", "mac")}
)
_SET_HEAD = Prepared(
    _first_head.on_conflict_do_update(
        index_elements=[head.c.id],
        set_={name: _first_head.excluded[name] for name in ("place", "last_id", "hash", "mac")},
    )
)
_CHAINED = Prepared(
    select(t.c.id, *_said, t.c.mac, t.c.place, t.c.hash)
    .where(t.c.place.is_not(None), t.c.place > bindparam("after"))
    .order_by(t.c.place)
    .limit(_PAGE)
)
_UNCHAINED = Prepared(
    select(t.c.id, *_said, t.c.mac)
    .where(t.c.place.is_(None), t.c.id > bindparam("after"))
    .order_by(t.c.id)
    .limit(_PAGE)
)
_ANY_ROW = Prepared(select(t.c.id).limit(1))
_ANY_CASE = Prepared(select(cases.c.id).limit(1))
_OF = Prepared(
    select(t.c.id, *_said)
    .where(t.c.subject == bindparam("about"))
    .order_by(t.c.id.desc())
    .limit(bindparam("most"))
)


class SqlLedger:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals

    def note(self, action: str, *, actor: str, subject: str, detail: str = "", at: datetime) -> None:
        said = (micros(at), actor, action, subject, detail)
        self._db.run(
            _NOTE, at=said[0], actor=actor, action=action, subject=subject, detail=detail, mac=self._mac(said)
        )

    def link(self, limit: int) -> int:
        place, _, digest = self._head(lock=self._db.postgres)
        rows = self._db.every(_LOOSE, most=limit)
        links: list[dict[str, Value]] = []
        for row in rows:
            place, digest = place + 1, _chained(digest, row)
            links.append({"row": row[0], "new_place": place, "new_hash": digest})
        if rows:
            self._db.many(_LINK, links)
            self._set_head(place, rows[-1][0], digest)
        return len(rows)

    def verify(self) -> int | None:
        return self._broken_link() or self._forged_loose() or self._emptied()

    def of(self, subject: str, limit: int = 200) -> Sequence[LedgerRow]:
        rows = self._db.every(_OF, about=subject, most=limit)
        return [LedgerRow(row[0], moment(row[1]), *row[2:6]) for row in reversed(rows)]

    def _broken_link(self) -> int | None:
        """Walk the chain; every row must be what it was, where it was."""
        place, last, digest = 0, 0, _FIRST
        while rows := self._db.every(_CHAINED, after=place):
            for row in rows:
                place, digest = place + 1, _chained(digest, row)
                if (row[7], row[8]) != (place, digest) or row[6] != self._mac(row[1:6]):
                    return int(row[0])
                last = row[0]
        return self._wrong_end(place, last, digest)

    def _wrong_end(self, place: int, last: int, digest: bytes) -> int | None:
        """The head is signed: rows cut off at the end, or a chain written anew, do not fit it."""
        row = self._db.one(_READ_HEAD)
        if row is None:
            return last or None
        if row[3] != self._head_mac(row[0], row[1], row[2]):
            return last or int(row[1])
        return None if (row[0], row[1], row[2]) == (place, last, digest) else int(row[1])

    def _forged_loose(self) -> int | None:
        """Rows that are not linked yet carry a signature of their own."""
        after = 0
        while rows := self._db.every(_UNCHAINED, after=after):
            for row in rows:
                after = row[0]
                if row[6] != self._mac(row[1:6]):
                    return int(after)
        return None

    def _emptied(self) -> int | None:
        """Rows, head and all are gone: no case was ever opened without a row."""
        gone = self._db.one(_ANY_ROW) is None and self._db.one(_ANY_CASE) is not None
        return 1 if gone else None

    def _head(self, *, lock: bool) -> tuple[int, int, bytes]:
        row = self._db.one(_LOCK_HEAD if lock else _READ_HEAD)
        return (0, 0, _FIRST) if row is None else (row[0], row[1], row[2])

    def _set_head(self, place: int, last: int, digest: bytes) -> None:
        mac = self._head_mac(place, last, digest)
        self._db.run(_SET_HEAD, place=place, last_id=last, hash=digest, mac=mac)

    def _head_mac(self, place: int, last: int, digest: bytes) -> bytes:
        return self._seals.sign("ledger.head", f"{place}|{last}|".encode() + digest)

    def _mac(self, said: Row) -> bytes:
        return self._seals.sign("ledger.row", encode(said))[:16]


def _chained(before: bytes, row: Row) -> bytes:
    """SHA-256 over the hash before, the number and everything the row says."""
    return hashlib.sha256(before + encode(row[:6])).digest()
