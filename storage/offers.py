"""What was offered where nothing can be pressed as it is: the taps sealed, found by number and person."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, delete, insert, literal_column, select, update

from bot.domain.messages import Address
from bot.domain.offers import MOST, Offer
from bot.ports import NewOffer
from storage.rows import encode, micros, moment, taps_from
from storage.sealed import Seals
from storage.tables import offers as t
from storage.writer.db import Db, Prepared, Row

TAPS: Final = "offer.taps"
_theirs = t.c.person == bindparam("of_person")
_numbers = t.c.numbered == literal_column("1")  # a literal leads to the partial index
_columns = (t.c.id, t.c.taps, t.c.at, t.c.expires, t.c.once, t.c.used)

_WRITTEN = ("person", "at", "expires", "numbered", "once", "taps")
_PUT = Prepared(insert(t).values({name: bindparam(name) for name in _WRITTEN}).returning(t.c.id))
_GET = Prepared(select(*_columns).where(t.c.id == bindparam("row"), _theirs))
_NUMBERED = Prepared(select(*_columns).where(_theirs, _numbers))
_USE = Prepared(
    update(t)
    .where(t.c.id == bindparam("row"), t.c.used.bitwise_and(bindparam("bit")) == literal_column("0"))
    .values(used=t.c.used.bitwise_or(bindparam("bit")))
)
_END = Prepared(delete(t).where(_theirs, _numbers))
_FORGET = Prepared(delete(t).where(_theirs))
_EXPIRED = Prepared(delete(t).where(t.c.expires < bindparam("before")))


class SqlOffers:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals

    def put(self, offer: NewOffer, now: datetime) -> int:
        if len(offer.taps) > MOST:
            raise ValueError(f"{len(offer.taps)} choices in one letter: {MOST} at most")
        person = self._seals.person(offer.to)
        if offer.numbered:
            self._db.run(_END, of_person=person)
        return self._db.number(
            _PUT,
            person=person,
            at=micros(now),
            expires=micros(offer.expires),
            numbered=int(offer.numbered),
            once=_bits(offer.once),
            taps=self._seals.seal(encode(offer.taps), TAPS),
        )

    def get(self, person: Address, id_: int) -> Offer | None:
        return self._offer(self._db.one(_GET, row=id_, of_person=self._seals.person(person)))

    def numbered(self, person: Address) -> Offer | None:
        return self._offer(self._db.one(_NUMBERED, of_person=self._seals.person(person)))

    def use(self, id_: int, index: int) -> bool:
        return self._db.run(_USE, row=id_, bit=1 << index) == 1

    def end_numbers(self, person: Address) -> None:
        self._db.run(_END, of_person=self._seals.person(person))

    def forget(self, person: Address) -> int:
        return self._db.run(_FORGET, of_person=self._seals.person(person))

    def prune(self, before: datetime) -> int:
        """What was over before then; returns how many."""
        return self._db.run(_EXPIRED, before=micros(before))

    def _offer(self, row: Row | None) -> Offer | None:
        if row is None:
            return None
        id_, sealed, at, expires, once, used = row
        taps = taps_from(self._seals.unseal(sealed, TAPS))
        return Offer(id_, taps, moment(at), moment(expires), _places(once), _places(used))


def _bits(places: frozenset[int]) -> int:
    return sum(1 << place for place in places)


def _places(bits: int) -> frozenset[int]:
    return frozenset(place for place in range(MOST) if bits & 1 << place)
