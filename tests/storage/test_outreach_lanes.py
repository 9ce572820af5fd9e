"""What the lane asks of the database costs the same however many letters wait: counted in SQLite's own steps."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from bot.domain.campaigns.subscribers import LetterState
from bot.ports import Deferred, Delivered, Outcome, Scope, Settled, Why
from bot.ports.outreach import RunLetter
from storage.engine import SqlStore, open_store
from storage.writer.db import Db
from tests.storage.outreach import claim, crowd, frozen, the_run
from tests.storage.people import NOW

FEW, MANY = 500, 20_000
BATCH = 100
LATER = Deferred(timedelta(minutes=1), Scope.CHAT, Why.RATE)


def test_a_batch_costs_the_same_however_many_letters_wait(tmp_path: Path) -> None:
    few, many = (_batch(tmp_path / str(waiting), waiting) for waiting in (FEW, MANY))
    assert few.keys() == many.keys()
    assert all(few.values())
    grown = {name: (few[name], many[name]) for name in few if many[name] > 1.02 * few[name]}
    assert grown == {}


def _batch(folder: Path, waiting: int) -> dict[str, int]:
    """Steps of the writer from a claim to what is shown of the run."""
    store = open_store(f"sqlite:///{folder}/tinbao.db", folder / "keys.json", folder / "files")
    try:
        crowd(store, waiting)
        run = frozen(store)
        _settle(store, claim(store, BATCH), Delivered())
        letters: list[RunLetter] = []
        cost: dict[str, int] = {}
        with _counted(store, cost, "claim"):
            letters += claim(store, BATCH)
        with _counted(store, cost, "sent"):
            _settle(store, letters[: BATCH // 2], Delivered())
        with _counted(store, cost, "put off"):
            _settle(store, letters[BATCH // 2 :], LATER)
        with _counted(store, cost, "shown"):
            assert store.write(lambda uow: uow.runs.get(run)) is not None
        with _counted(store, cost, "unfinished"):
            assert len(store.write(lambda uow: uow.runs.unfinished())) == 1
        assert the_run(store, run).counts[LetterState.WAITING] == waiting - BATCH - BATCH // 2
        return cost
    finally:
        store.close()


def _settle(store: SqlStore, letters: list[RunLetter], outcome: Outcome) -> None:
    assert letters
    store.write(lambda uow: uow.runs.settle([Settled(one.id, outcome) for one in letters], NOW))


@contextmanager
def _counted(store: SqlStore, cost: dict[str, int], name: str) -> Iterator[None]:
    """Instructions of SQLite's machine, whatever the machine under it is doing."""
    count = 0

    def one_more() -> int:
        nonlocal count
        count += 1
        return 0

    store.transact(_watching(one_more))
    try:
        yield
    finally:
        store.transact(_watching(None))
    cost[name] = count


def _watching(step: Callable[[], int] | None) -> Callable[[Db], None]:
    def work(db: Db) -> None:
        raw = db._cursor.connection  # type: ignore[attr-defined]
        assert isinstance(raw, sqlite3.Connection)
        raw.set_progress_handler(step, 1)

    return work
