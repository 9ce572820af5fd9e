"""The gate: stored before answered, one turn at a time per person, nothing poisons it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from typing import TypeVar

import pytest

from bot.domain.kinds import Kind
from bot.domain.understanding import Assessment
from bot.ports import Haste, Queue, UnitOfWork
from handlers.inlet import NotTaken
from storage.engine import SqlStore
from tests.handlers.office import (
    a_gate,
    backlog,
    eventually,
    office,
    posting,
    running,
    somebody,
    waiting,
    words,
)

T = TypeVar("T")


class Shaky:
    """The store, with failures in front of it."""

    def __init__(self, store: SqlStore, failures: int) -> None:
        self._store = store
        self.failures = failures
        self.read = store.read
        self.write = store.write
        self.close = store.close

    def submit(self, work: Callable[[UnitOfWork], T], *, haste: Haste = Haste.USUAL) -> "Future[T]":
        if self.failures > 0:
            self.failures -= 1
            failed: Future[T] = Future()
            failed.set_exception(OSError("disk full: cứu em"))
            return failed
        return self._store.submit(work, haste=haste)


async def test_a_message_is_in_the_inbox_when_hear_returns_and_answered_soon(sqlite_store: SqlStore) -> None:
    gate = a_gate(sqlite_store, office(sqlite_store))
    await gate.hear(words("xin chào"))
    assert waiting(sqlite_store) == 1
    async with running(gate):
        await eventually(lambda: waiting(sqlite_store) == 0)
    assert backlog(sqlite_store) >= 1


async def test_the_same_message_twice_is_one_row_and_one_answer(store: SqlStore) -> None:
    gate = a_gate(store, office(store))
    async with running(gate):
        await asyncio.gather(*(gate.hear(words("xin chào", message_id="7")) for _ in range(5)))
        await eventually(lambda: waiting(store) == 0 and gate.pulse.counts.get("turns"))
    assert gate.pulse.counts["heard"] == 1
    assert gate.pulse.counts["turns"] == 1


async def test_a_database_that_cannot_take_it_is_told_to_whoever_sent_it(
    sqlite_store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    gate = a_gate(Shaky(sqlite_store, 1), office(sqlite_store))
    heard = words("cứu em với")
    with pytest.raises(NotTaken):
        await gate.hear(heard)
    await gate.hear(heard)
    assert waiting(sqlite_store) == 1
    assert "OSError" in caplog.text
    assert "cứu" not in caplog.text


async def test_one_persons_messages_are_answered_in_order(store: SqlStore) -> None:
    texts = [f"tin số {number}" for number in range(20)]
    order: list[str] = []

    def assess(_: Assessment | None, said: tuple[str, ...]) -> Assessment:
        order.append(said[-1])
        return tools.assess(None, said)

    tools = office(store)
    gate = a_gate(store, replace(tools, assess=assess))
    async with running(gate):
        await gate.hear_all([words(text) for text in texts])
        await eventually(lambda: waiting(store) == 0)
    assert list(dict.fromkeys(order)) == texts


async def test_a_message_that_breaks_us_three_times_becomes_a_case_for_a_human(
    sqlite_store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    tools = office(sqlite_store)

    def assess(before: Assessment | None, said: tuple[str, ...]) -> Assessment:
        if "vỡ" in said[-1]:
            raise ValueError(said[-1])
        return tools.assess(before, said)

    gate = a_gate(sqlite_store, replace(tools, assess=assess))
    gate.turns.try_again = 0.01
    async with running(gate):
        await gate.hear(words("tin làm vỡ máy"))
        await gate.hear(words("xin chào", somebody("binh")))
        await eventually(lambda: waiting(sqlite_store) == 0)
    (case,) = sqlite_store.read(lambda uow: uow.cases.queue(Queue()))
    assert case.kind is Kind.UNKNOWN
    assert gate.pulse.counts["failed_turn"] == 3
    assert "ValueError" in caplog.text
    assert "vỡ" not in caplog.text


async def test_a_row_that_lost_its_turn_in_a_crash_is_taken_up_by_the_tick(sqlite_store: SqlStore) -> None:
    tools = office(sqlite_store)
    await a_gate(sqlite_store, tools).hear(words("xin chào"))
    later = words("sau").at.replace(year=2027)
    gate = a_gate(sqlite_store, tools, lambda: later)
    async with running(gate):
        await gate.tick()
        await eventually(lambda: waiting(sqlite_store) == 0)
    assert gate.pulse.counts["turns"] == 1


async def test_a_tick_that_fails_stops_no_other(sqlite_store: SqlStore) -> None:
    ticked: list[str] = []

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    def whole(*_: object) -> None:
        ticked.append("whole")

    gate = a_gate(sqlite_store, office(sqlite_store))
    gate.ticks = (broken, whole)
    await gate.tick()
    assert ticked == ["whole"]
    assert gate.pulse.counts["failed_broken"] == 1


async def test_a_page_that_listens_is_rung_after_the_commit_and_nobody_else_is(
    sqlite_store: SqlStore,
) -> None:
    gate = a_gate(sqlite_store, office(sqlite_store))
    with gate.listen(somebody("an")) as mine, gate.listen(somebody("binh")) as other:
        await gate.ask(posting("Chào em", somebody("an")))
        assert mine.is_set()
        assert not other.is_set()


async def test_a_transaction_that_fails_rings_nobody(sqlite_store: SqlStore) -> None:
    gate = a_gate(sqlite_store, office(sqlite_store))

    def fails(uow: UnitOfWork) -> None:
        posting("Chào em", somebody("an"))(uow)
        raise ZeroDivisionError

    with gate.listen(somebody("an")) as bell:
        with pytest.raises(ZeroDivisionError):
            await gate.ask(fails)
        assert not bell.is_set()
    assert backlog(sqlite_store) == 0
