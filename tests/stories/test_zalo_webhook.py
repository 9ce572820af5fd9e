"""Zalo repeats what it could not hand over: whatever the database does, every message is heard exactly once."""

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.messages import Address
from handlers.zalo_oa.traits import NAME
from storage.engine import SqlStore
from tests.fakes.zalo_oa.bodies import OA, PERSON, Body, words
from tests.handlers.office import eventually, running
from tests.handlers.zalo_hearing import a_webhook

LOCKED = 10.0
"""Seconds."""
BURST = 60


@contextmanager
def locked(store: SqlStore) -> Iterator[None]:
    """Another program holds the database: nobody can write."""
    path = store.engine.url.database
    assert path is not None
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def person(number: int) -> str:
    return f"73000000000000{number:05d}"


async def test_a_message_repeated_five_times_is_answered_once(sqlite_store: SqlStore) -> None:
    async with a_webhook(sqlite_store) as at, running(at.gate):
        first, second = words("cho em hỏi thủ tục nhận con nuôi"), words("dạ em cảm ơn")
        order = [(second, 0), (first, 1), (first, 0), (second, 2), *((first, n) for n in range(2, 6))]
        statuses = await asyncio.gather(*(at.zalo.post(body, retry=retry) for body, retry in order))
        assert set(statuses) == {200}
        await eventually(lambda: at.gate.pulse.counts.get("turns", 0) == 2)
        assert at.rows == 0
        assert at.counted("heard") == len(order)
        letters = at.store.read(lambda uow: uow.outbox.waiting_for(Address(NAME, OA, PERSON), 0))
        assert 1 <= len(letters) <= 3


async def test_a_database_locked_for_ten_seconds_loses_and_doubles_nothing(sqlite_store: SqlStore) -> None:
    async with a_webhook(sqlite_store) as at:
        at.zalo.hour = 24.0
        bodies: list[Body] = [words(f"câu {n}", person(n % 20)) for n in range(BURST)]
        with locked(sqlite_store):
            burst = asyncio.ensure_future(at.zalo.deliver_all(bodies))
            await asyncio.sleep(LOCKED)
            while_locked = Counter(status for _, _, status in at.zalo.statuses)
        assert while_locked[200] == 0, "no 200 for what is not written down"
        assert while_locked[503] >= BURST, while_locked
        assert max(at.zalo.took) < 2.5, "Zalo has its answer within its two seconds"
        assert all(await burst)
        assert not at.zalo.switched_off
        heard = [at.oldest(person(n)) for n in range(20)]
        assert all(one is not None for one in heard)
        assert at.rows == BURST, "one row each"


async def test_what_was_committed_after_its_deadline_is_not_written_down_again(
    sqlite_store: SqlStore,
) -> None:
    async with a_webhook(sqlite_store) as at:
        at.webhook.patience = 0.3
        body = words("cho em hỏi")
        with locked(sqlite_store):
            assert await at.zalo.post(body) == 503
            assert await at.zalo.post(body, retry=1) == 503
        assert await at.zalo.post(body, retry=2) == 200
        assert at.rows == 1
