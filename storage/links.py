"""One-time tokens, device sessions and counted attempts: keyed hashes, and sealed what they stand for."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql

from bot.ports import LinkRow
from storage.rows import micros, moment
from storage.sealed import Seals
from storage.tables import attempts as tries
from storage.tables import links as t
from storage.writer.db import Db, Prepared

TOLD = "link.subject"
_this = (t.c.token == bindparam("hash"), t.c.purpose == bindparam("of_purpose"))
_valid = t.c.expires > bindparam("now")
_theirs = (t.c.purpose == bindparam("of_purpose"), t.c.subject == bindparam("about"))

_WRITTEN = ("token", "purpose", "subject", "told", "created", "seen", "expires")
_new = postgresql.insert(t).values({name: bindparam(name) for name in _WRITTEN})
_PUT = Prepared(
    _new.on_conflict_do_update(
        index_elements=[t.c.token], set_={name: _new.excluded[name] for name in _WRITTEN[2:]}
    )
)
_TAKE = Prepared(delete(t).where(*_this, _valid).returning(t.c.told))
_PEEK = Prepared(select(t.c.told).where(*_this, _valid))
_TOUCH = Prepared(update(t).where(*_this).values(expires=bindparam("until")))
_TOUCH_SEEN = Prepared(update(t).where(*_this).values(expires=bindparam("until"), seen=bindparam("now")))
_DROP = Prepared(delete(t).where(*_this))
_DROP_ALL = Prepared(delete(t).where(*_theirs))
_REVOKE = Prepared(delete(t).where(*_theirs, t.c.id == bindparam("row")))
_LISTING = Prepared(select(t.c.id, t.c.created, t.c.seen, t.c.expires).where(*_theirs).order_by(t.c.id))
_EXPIRED = Prepared(delete(t).where(t.c.expires < bindparam("before")))

_since = (tries.c.purpose == bindparam("of_purpose"), tries.c.at >= bindparam("since"))
_BY_ALL = Prepared(select(func.count()).select_from(tries).where(*_since))
_BY_ONE = Prepared(select(func.count()).select_from(tries).where(*_since, tries.c.who == bindparam("by")))
_TRIED = Prepared(insert(tries).values({name: bindparam(name) for name in ("purpose", "who", "at")}).inline())
_OLD_TRIES = Prepared(delete(tries).where(tries.c.at < bindparam("before")))


class SqlLinks:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals

    def put(
        self, purpose: str, token: bytes, subject: str, expires: datetime, now: datetime | None = None
    ) -> None:
        """`now` is when it was made, for `listing`; unknown: its end."""
        made = micros(now or expires)
        self._db.run(
            _PUT,
            token=self._hash(purpose, token),
            purpose=purpose,
            subject=self._about(subject),
            told=self._seals.seal(subject.encode(), TOLD),
            created=made,
            seen=made,
            expires=micros(expires),
        )

    def take(self, purpose: str, token: bytes, now: datetime) -> str | None:
        row = self._db.one(_TAKE, hash=self._hash(purpose, token), of_purpose=purpose, now=micros(now))
        return None if row is None else self._told(row[0])

    def peek(self, purpose: str, token: bytes, now: datetime) -> str | None:
        row = self._db.one(_PEEK, hash=self._hash(purpose, token), of_purpose=purpose, now=micros(now))
        return None if row is None else self._told(row[0])

    def touch(self, purpose: str, token: bytes, expires: datetime, now: datetime | None = None) -> None:
        hashed, until = self._hash(purpose, token), micros(expires)
        if now is None:
            self._db.run(_TOUCH, hash=hashed, of_purpose=purpose, until=until)
        else:
            self._db.run(_TOUCH_SEEN, hash=hashed, of_purpose=purpose, until=until, now=micros(now))

    def drop(self, purpose: str, token: bytes) -> None:
        self._db.run(_DROP, hash=self._hash(purpose, token), of_purpose=purpose)

    def drop_all(self, purpose: str, subject: str) -> int:
        return self._db.run(_DROP_ALL, of_purpose=purpose, about=self._about(subject))

    def revoke(self, purpose: str, subject: str, row: int) -> bool:
        return self._db.run(_REVOKE, of_purpose=purpose, about=self._about(subject), row=row) == 1

    def listing(self, purpose: str, subject: str) -> Sequence[LinkRow]:
        rows = self._db.every(_LISTING, of_purpose=purpose, about=self._about(subject))
        return [LinkRow(row[0], subject, moment(row[1]), moment(row[2]), moment(row[3])) for row in rows]

    def attempts(self, purpose: str, who: str, since: datetime) -> int:
        if not who:
            return self._db.number(_BY_ALL, of_purpose=purpose, since=micros(since))
        by = self._seals.lookup("attempt", who)
        return self._db.number(_BY_ONE, of_purpose=purpose, since=micros(since), by=by)

    def tried(self, purpose: str, who: str, now: datetime) -> None:
        self._db.run(_TRIED, purpose=purpose, who=self._seals.lookup("attempt", who), at=micros(now))

    def prune(self, before: datetime) -> int:
        """What expired, and attempts, before then: they bear on nothing any more; returns how many."""
        at = micros(before)
        return self._db.run(_EXPIRED, before=at) + self._db.run(_OLD_TRIES, before=at)

    def _about(self, subject: str) -> bytes:
        return self._seals.lookup("link.subject", subject)

    def _told(self, sealed: bytes) -> str:
        return self._seals.unseal(sealed, TOLD).decode()

    def _hash(self, purpose: str, token: bytes) -> bytes:
        # hashed here as well, so that nobody can put the token itself by mistake
        return self._seals.sign(f"link.{purpose}", token)[:16]
