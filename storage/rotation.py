"""A new master key: whatever the old ones sealed is sealed anew, in small steps that may be broken off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from sqlalchemy import Column, Table, bindparam, select, update

from storage import (
    conversations,
    files,
    inbox,
    links,
    offers,
    office,
    outbox,
    quarantine,
    tables,
)
from storage.cases import keys, row
from storage.engine import SqlStore
from storage.outreach import people, replies
from storage.platforms import contacts, tokens
from storage.sealed import Seals, key_id
from storage.sealed.seals import NO_MASTER
from storage.writer.db import Db, Prepared, Value

STEP: Final = 200
"""Rows in one transaction: a turn that comes meanwhile waits for no more than these."""


@dataclass(frozen=True, slots=True)
class Rotated:
    """`old_kept`: another program uses the key file; run it again once that has ended."""

    key: int
    resealed: int
    old_kept: bool


class _Sealed:
    """A column that a master key seals."""

    def __init__(self, table: Table, column: str, purpose: str | Callable[[int], str]) -> None:
        (number,) = table.primary_key.columns
        content: Column[bytes] = table.c[column]
        self._purpose = purpose
        self.page = Prepared(
            select(number, content)
            .where(number > bindparam("after"), content.is_not(None))
            .order_by(number)
            .limit(STEP)
        )
        # only where nobody has written something newer meanwhile
        self.put = Prepared(
            update(table)
            .where(number == bindparam("row"), content == bindparam("was"))
            .values({column: bindparam("now_is")})
        )

    def purpose(self, number: int) -> str:
        return self._purpose if isinstance(self._purpose, str) else self._purpose(number)


COLUMNS: Final = (
    _Sealed(tables.inbox, "heard", inbox.HEARD),
    _Sealed(tables.conversations, "address", conversations.ADDRESS),
    _Sealed(tables.conversations, "state", conversations.STATE),
    _Sealed(tables.contacts, "address", contacts.ADDRESS),
    _Sealed(tables.account_tokens, "pair", tokens.PAIR),
    _Sealed(tables.outbox, "body", outbox.BODY),
    _Sealed(tables.offers, "taps", offers.TAPS),
    _Sealed(tables.cases, "point", row.POINT),
    _Sealed(tables.case_keys, "wrapped", keys.purpose),
    _Sealed(tables.files, "wrapped", files.KEY),
    _Sealed(tables.officers, "secret", office.PERSONAL),
    _Sealed(tables.officer_addresses, "address", office.ADDRESS),
    _Sealed(tables.links, "told", links.TOLD),
    _Sealed(tables.subscribers, "address", people.ADDRESS),
    _Sealed(tables.comings, "name", replies.NAME),
    _Sealed(tables.quarantine, "body", quarantine.SEALED),
)


def rotate(store: SqlStore, columns: Sequence[_Sealed] = COLUMNS) -> Rotated:
    """Goes on where an earlier one was broken off; the old keys go once nothing needs them."""
    ring = store.keys.read()
    if len(ring.master) == 1:
        ring = ring.with_new_master()
        store.keys.write(ring)
    store.memory.seals.refresh()
    resealed = sum(_reseal(store, column) for column in columns)
    alone = store.keys.alone()
    if alone:
        # once more: what was sealed with an old key while the first round ran
        resealed += sum(_reseal(store, column) for column in columns)
        store.keys.write(ring.with_newest_only())
        store.memory.seals.refresh()
        store.keys.share()
    return Rotated(ring.newest, resealed, old_kept=not alone)


def _reseal(store: SqlStore, column: _Sealed) -> int:
    after, count = 0, 0
    while True:
        rows, done = store.transact(partial(_step, store.memory.seals, column, after))
        count += done
        if not rows:
            return count
        after = rows[-1]


def _step(seals: Seals, column: _Sealed, after: int, db: Db) -> tuple[Sequence[int], int]:
    """(numbers that were looked at, how many were sealed anew)"""
    rows = db.every(column.page, after=after)
    changed: list[dict[str, Value]] = []
    for number, was in rows:
        if key_id(was) not in (NO_MASTER, seals.newest):
            purpose = column.purpose(number)
            now_is = seals.seal(seals.unseal(was, purpose), purpose)
            changed.append({"row": number, "was": was, "now_is": now_is})
    db.many(column.put, changed)
    return [number for number, _ in rows], len(changed)
