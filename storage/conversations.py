"""What each person and we have said so far, sealed under the master key."""

import os
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.conversation import Conversation
from bot.domain.messages import Address
from storage.rows import AddressBody, address_from, conversation_from, encode, micros, micros_or_none
from storage.sealed import Seals
from storage.tables import conversations as t
from storage.writer.db import Db, Prepared, Row

STATE = "conversation.state"
ADDRESS = "conversation.address"
_row: BindParameter[int] = bindparam("row")

_FIND = select(t.c.id, t.c.state).where(t.c.person == bindparam("person"))
_LOAD = Prepared(_FIND)
_LOAD_LOCKED = Prepared(_FIND.with_for_update())
_ADD = Prepared(
    insert(t)
    .values(person=bindparam("person"), address=bindparam("address"))
    .on_conflict_do_nothing()
    .returning(t.c.id)
)
_SAVE = Prepared(
    update(t).where(t.c.id == _row).values(state=bindparam("new_state"), wake_at=bindparam("wake"))
)
_GET = Prepared(select(t.c.address, t.c.state).where(t.c.id == _row))
_QUIET = Prepared(
    select(t.c.address)
    .where(t.c.wake_at.is_not(None), t.c.wake_at <= bindparam("now"))
    .order_by(t.c.wake_at)
    .limit(bindparam("most"))
)
_WAKING = Prepared(
    select(t.c.id)
    .where(t.c.wake_at.is_not(None), t.c.wake_at > bindparam("first"), t.c.wake_at <= bindparam("last"))
    .order_by(t.c.wake_at.desc())
    .limit(bindparam("most"))
)
_ERASE = Prepared(update(t).where(t.c.id == _row).values(state=None, wake_at=None))
_FORGET = Prepared(
    update(t)
    .where(t.c.id == _row)
    .values(person=bindparam("new_person"), address=bindparam("address"), state=None, wake_at=None)
    .values(human=None, unsafe=0)
)


class SqlConversations:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals

    def load(self, person: Address) -> tuple[int, Conversation]:
        key = self._seals.person(person)
        row = self._find(key) or self._add(key, person) or self._find(key)
        if row is None:
            raise LookupError("a conversation that was just added is not there")
        return row[0], self._state(row[1])

    def save(self, id_: int, state: Conversation) -> None:
        sealed = self._seals.seal(encode(state), STATE)
        self._db.run(_SAVE, row=id_, new_state=sealed, wake=micros_or_none(state.wake_at))

    def get(self, id_: int) -> tuple[Address, Conversation] | None:
        row = self._db.one(_GET, row=id_)
        return None if row is None else (self._address(row[0]), self._state(row[1]))

    def quiet(self, now: datetime, limit: int) -> Sequence[Address]:
        rows = self._db.every(_QUIET, now=micros(now), most=limit)
        return [self._address(sealed) for (sealed,) in rows]

    def waking(self, after: datetime, before: datetime, limit: int) -> Sequence[int]:
        rows = self._db.every(_WAKING, first=micros(after), last=micros(before), most=limit)
        return [row[0] for row in rows]

    def erase(self, id_: int) -> None:
        self._db.run(_ERASE, row=id_)

    def forget(self, id_: int) -> None:
        nobody = Address("", "", "")
        self._db.run(_FORGET, row=id_, new_person=os.urandom(16), address=self._sealed_address(nobody))

    def _find(self, key: bytes) -> Row | None:
        lock = self._db.postgres and self._db.writing
        return self._db.one(_LOAD_LOCKED if lock else _LOAD, person=key)

    def _add(self, key: bytes, person: Address) -> Row | None:
        """None where somebody else has just added it."""
        row = self._db.one(_ADD, person=key, address=self._sealed_address(person))
        return None if row is None else (row[0], None)

    def _state(self, sealed: bytes | None) -> Conversation:
        if sealed is None:
            return Conversation()
        return conversation_from(self._seals.unseal(sealed, STATE))

    def _address(self, sealed: bytes) -> Address:
        body = address_from(self._seals.unseal(sealed, ADDRESS))
        return Address(body.channel, body.account, body.person)

    def _sealed_address(self, address: Address) -> bytes:
        body = AddressBody(address.channel, address.account, address.person)
        return self._seals.seal(encode(body), ADDRESS)
