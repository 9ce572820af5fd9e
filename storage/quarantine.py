"""Bodies that came with a wrong signature, sealed, and never more than fit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final

import msgspec
from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.postgresql import insert

from bot.ports import Put, Shut, Suspect
from storage.rows import encode, micros, moment
from storage.sealed import Seals
from storage.tables import quarantine as t
from storage.writer.db import Db, Prepared

MOST_ROWS: Final = 20_000
MOST_BYTES: Final = 64 * 1024 * 1024
"""Of what is sealed: an event of Zalo's has about 500, so the rows are the nearer limit."""
SEALED: Final = "quarantine.body"

_WRITTEN = ("mark", "channel", "why", "at", "size", "body")
_PUT = Prepared(
    insert(t)
    .values({name: bindparam(name) for name in _WRITTEN})
    .on_conflict_do_nothing(index_elements=["mark"])
)
_FILLED = Prepared(select(func.count(), func.coalesce(func.sum(t.c.size), 0)))
_THERE = Prepared(select(t.c.id).where(t.c.mark == bindparam("mark")))
_of_channel = t.c.channel == bindparam("in_channel")
_LISTING = Prepared(
    select(t.c.id, t.c.at, t.c.size, t.c.why)
    .where(_of_channel, t.c.id > bindparam("after"))
    .order_by(t.c.id)
    .limit(bindparam("most"))
)
_GET = Prepared(select(t.c.body).where(t.c.id == bindparam("row")))
_DROP = Prepared(delete(t).where(t.c.id == bindparam("row")))
_COUNT = Prepared(select(func.count()).select_from(t).where(_of_channel))
_FORGET = Prepared(delete(t).where(_of_channel))
_PRUNE = Prepared(delete(t).where(t.c.at < bindparam("before")))


@dataclass(frozen=True, slots=True, repr=False)
class SuspectBody:
    """What is sealed of one; bytes become base64 in JSON."""

    body: bytes
    signature: str


_suspect_from = msgspec.json.Decoder(SuspectBody).decode


class SqlQuarantine:
    def __init__(
        self, db: Db, seals: Seals, most_rows: int = MOST_ROWS, most_bytes: int = MOST_BYTES
    ) -> None:
        self._db = db
        self._seals = seals
        self._most_rows = most_rows
        self._most_bytes = most_bytes

    def put(self, channel: str, suspect: Suspect, why: str, now: datetime) -> Put:
        signature = suspect.signature[:LONGEST_SIGNATURE]
        mark = self._seals.lookup("quarantine", channel, signature, sha256(suspect.body).hexdigest())
        if self._db.one(_THERE, mark=mark) is not None:
            return Put.KNOWN
        sealed = self._seals.seal(encode(SuspectBody(suspect.body, signature)), SEALED)
        row = self._db.one(_FILLED)
        rows, filled = (0, 0) if row is None else row
        if rows >= self._most_rows or filled + len(sealed) > self._most_bytes:
            return Put.FULL
        added = self._db.run(
            _PUT, mark=mark, channel=channel, why=why, at=micros(now), size=len(sealed), body=sealed
        )
        return Put.KEPT if added else Put.KNOWN

    def listing(self, channel: str, after: int = 0, limit: int = 200) -> Sequence[Shut]:
        rows = self._db.every(_LISTING, in_channel=channel, after=after, most=limit)
        return [Shut(row[0], moment(row[1]), row[2], row[3]) for row in rows]

    def get(self, id_: int) -> Suspect | None:
        row = self._db.one(_GET, row=id_)
        if row is None:
            return None
        found = _suspect_from(self._seals.unseal(row[0], SEALED))
        return Suspect(found.body, found.signature)

    def drop(self, id_: int) -> bool:
        return self._db.run(_DROP, row=id_) == 1

    def count(self, channel: str) -> int:
        return self._db.number(_COUNT, in_channel=channel)

    def forget(self, channel: str) -> int:
        return self._db.run(_FORGET, in_channel=channel)

    def prune(self, before: datetime) -> int:
        """What nobody has asked for since before then; how many."""
        return self._db.run(_PRUNE, before=micros(before))


LONGEST_SIGNATURE: Final = 200
"""Characters; a real one has 68."""
