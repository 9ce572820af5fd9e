"""Jobs share a commit, not their failures; what is promised is on disk."""

import queue
import sqlite3
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.ports import Haste, UnitOfWork
from storage.engine import SqlStore, engine_for, open_store
from storage.writer.jobs import Jobs, StoreClosed
from tests.storage.people import AN, NOW, heard


def put(message: str) -> Callable[[UnitOfWork], bool]:
    return lambda uow: uow.inbox.put(heard(AN, "em sợ", message=message), NOW)


def put_and_fail(message: str) -> Callable[[UnitOfWork], bool]:
    def work(uow: UnitOfWork) -> bool:
        put(message)(uow)
        raise LookupError(message)

    return work


class Gate:
    """Holds the writer, so that what is submitted meanwhile waits."""

    def __init__(self, store: SqlStore, workers: int) -> None:
        self._open = threading.Event()
        entered = [threading.Event() for _ in range(workers)]
        self.held = [store.submit(lambda _, e=one: self._hold(e)) for one in entered]
        for one in entered:
            assert one.wait(10)

    def _hold(self, entered: threading.Event) -> None:
        entered.set()
        assert self._open.wait(10)

    def open(self) -> None:
        self._open.set()


def workers(store: SqlStore, url: str) -> int:
    return 1 if url.startswith("sqlite") else 6


def test_a_job_that_fails_undoes_only_itself(store: SqlStore, database_url: str) -> None:
    gate = Gate(store, workers(store, database_url))
    futures = [store.submit((put_and_fail if number % 3 == 1 else put)(str(number))) for number in range(30)]
    gate.open()
    failed = [number for number, future in enumerate(futures) if future.exception() is not None]
    assert failed == list(range(1, 30, 3))
    assert store.read(lambda uow: uow.inbox.waiting()) == 20


def test_inbox_rows_go_ahead_of_turns(store: SqlStore, database_url: str) -> None:
    gate, order = Gate(store, workers(store, database_url)), []
    later = [store.submit(lambda _, n=number: order.append(f"turn {n}")) for number in range(3)]
    first = [
        store.submit(lambda _, n=number: order.append(f"row {n}"), haste=Haste.FIRST) for number in range(3)
    ]
    gate.open()
    for future in (*later, *first):
        future.result()
    if workers(store, database_url) == 1:
        assert order == ["row 0", "row 1", "row 2", "turn 0", "turn 1", "turn 2"]
    else:
        assert {name for name in order[:3] if name.startswith("row")}


def test_campaigns_wait_until_nobody_else_does(store: SqlStore, database_url: str) -> None:
    gate, order = Gate(store, workers(store, database_url)), []
    last = [
        store.submit(lambda _, n=number: order.append(f"letters {n}"), haste=Haste.LAST)
        for number in range(3)
    ]
    turns = [store.submit(lambda _, n=number: order.append(f"turn {n}")) for number in range(3)]
    gate.open()
    for future in (*last, *turns):
        future.result()
    if workers(store, database_url) == 1:
        assert order == ["turn 0", "turn 1", "turn 2", "letters 0", "letters 1", "letters 2"]
    else:
        assert {name for name in order[:3] if name.startswith("turn")}


def test_no_commit_of_a_turn_waits_for_a_campaign(sqlite_store: SqlStore) -> None:
    gate = Gate(sqlite_store, 1)
    turn = sqlite_store.submit(put("1"))
    told = sqlite_store.submit(lambda _: turn.done(), haste=Haste.LAST)
    gate.open()
    assert told.result(10)


def test_a_campaign_whose_patience_is_over_goes_before_turns_but_not_before_the_inbox() -> None:
    jobs = Jobs(patience=0.0)
    order: list[Haste] = []
    for haste in (Haste.USUAL, Haste.LAST, Haste.FIRST):
        jobs.submit(lambda _: None, haste)
    while job := jobs.waiting(Haste.USUAL):
        order.append(job.haste)
    assert order == [Haste.FIRST, Haste.LAST, Haste.USUAL]


def test_a_future_is_done_after_the_commit_never_before(store: SqlStore, database_url: str) -> None:
    engine = engine_for(database_url)
    seen: queue.Queue[int] = queue.Queue()

    def look(_: object) -> None:
        with engine.connect() as connection:
            count = connection.execute(text("SELECT count(*) FROM inbox")).scalar_one()
        seen.put(count)

    store.submit(put("1")).add_done_callback(look)
    assert seen.get(timeout=10) == 1
    engine.dispose()


def test_a_cancelled_job_is_not_run(store: SqlStore, database_url: str) -> None:
    gate = Gate(store, workers(store, database_url))
    future = store.submit(put("1"))
    assert future.cancel()
    gate.open()
    store.write(lambda _: None)
    assert store.read(lambda uow: uow.inbox.waiting()) == 0


def test_what_waits_is_still_written_when_the_store_closes(database_url: str, tmp_path: Path) -> None:
    store = open_store(database_url, tmp_path / "keys.json", tmp_path / "files")
    futures = [store.submit(put(str(number))) for number in range(100)]
    store.close()
    assert all(future.result(0) for future in futures)
    with pytest.raises(StoreClosed):
        store.submit(put("late"))
    again = open_store(database_url, tmp_path / "keys.json", tmp_path / "files")
    assert again.read(lambda uow: uow.inbox.waiting()) == 100
    again.close()


def test_a_transaction_inside_a_transaction_is_refused(store: SqlStore) -> None:
    with pytest.raises(RuntimeError, match="inside a transaction"):
        store.write(lambda _: store.write(put("1")))


def test_a_read_does_not_see_what_comes_after_it_began(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> tuple[int, int]:
        before = uow.inbox.waiting()
        store.write(put("1"))
        return before, uow.inbox.waiting()

    assert store.read(work) == (0, 0)
    assert store.read(lambda uow: uow.inbox.waiting()) == 1


def test_nothing_is_written_in_a_read(store: SqlStore) -> None:
    with pytest.raises(Exception, match=r"readonly|read-only"):
        store.read(put("1"))
    assert store.read(lambda uow: uow.inbox.waiting()) == 0


def test_turns_of_one_person_take_their_messages_one_by_one(store: SqlStore) -> None:
    for number in range(20):
        store.write(put(str(number)))

    def turn(uow: UnitOfWork) -> int:
        waiting = uow.inbox.oldest(AN)
        assert waiting is not None
        id_, state = uow.conversations.load(AN)
        uow.conversations.save(id_, state)
        uow.inbox.mark(waiting.id)
        return waiting.id

    turns = [store.submit(turn) for _ in range(20)]
    answered = [one.result() for one in turns]
    assert sorted(answered) == sorted(set(answered))
    assert store.read(lambda uow: uow.inbox.waiting()) == 0


def test_a_group_that_the_database_gave_up_is_promised_to_nobody(
    sqlite_store: SqlStore, tmp_path: Path
) -> None:
    """Another program holds the file for longer than we wait."""
    (path,) = tmp_path.glob("*.db")
    blocker = sqlite3.connect(path, isolation_level=None)
    sqlite_store.write(lambda uow: uow._db.text("PRAGMA busy_timeout = 50"))  # type: ignore[attr-defined]
    blocker.execute("BEGIN IMMEDIATE")
    futures = [sqlite_store.submit(put(str(number))) for number in range(5)]
    assert all(isinstance(future.exception(10), sqlite3.OperationalError) for future in futures)
    blocker.execute("ROLLBACK")
    blocker.close()
    assert sqlite_store.write(put("after"))
    assert sqlite_store.read(lambda uow: uow.inbox.waiting()) == 1


def test_a_lost_connection_is_replaced(new_postgres: Callable[[], str], tmp_path: Path) -> None:
    url = new_postgres()
    store = open_store(url, tmp_path / "keys.json", tmp_path / "files")
    store.write(put("before"))
    engine = engine_for(url)
    with engine.connect() as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    lost = [store.submit(put(f"lost {number}")) for number in range(12)]
    assert any(isinstance(future.exception(10), OperationalError) for future in lost)
    for number in range(12):
        assert store.write(put(f"after {number}"))
    for _ in range(4):
        with suppress(OperationalError):
            store.read(lambda uow: uow.inbox.waiting())
    kept = 13 + sum(future.exception() is None for future in lost)
    assert [store.read(lambda uow: uow.inbox.waiting()) for _ in range(4)] == [kept] * 4
    store.close()
    engine.dispose()
