"""The ledger finds any change, deletion or insertion and names the row."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.ports import LedgerRow
from storage.engine import SqlStore, engine_for
from tests.storage.people import MINUTE, NOW, a_case

Tamper = Callable[[Connection], object]


def noted(store: SqlStore, count: int = 10) -> None:
    def work(uow: object) -> None:
        for number in range(count):
            uow.ledger.note(  # type: ignore[attr-defined]
                "case.opened",
                actor="system",
                subject=f"case:{number}",
                detail=f"kind=violence;n={number}",
                at=NOW + number * MINUTE,
            )

    store.write(work)


def linked(store: SqlStore) -> None:
    noted(store)
    assert store.write(lambda uow: uow.ledger.link(100)) == 10


def tamper(url: str, *statements: str) -> None:
    """As somebody who owns the database: the triggers are no obstacle."""
    engine = engine_for(url)
    with engine.begin() as connection:
        if connection.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER ledger_is_final"))
            connection.execute(text("DROP TRIGGER ledger_is_kept"))
        else:
            connection.execute(text("ALTER TABLE ledger DISABLE TRIGGER ALL"))
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def verdict(store: SqlStore) -> int | None:
    return store.read(lambda uow: uow.ledger.verify())


def test_rows_come_back_by_subject_in_order(store: SqlStore) -> None:
    noted(store)
    store.write(lambda uow: uow.ledger.note("case.taken", actor="officer:1", subject="case:3", at=NOW))
    rows = store.read(lambda uow: uow.ledger.of("case:3"))
    assert rows == [
        LedgerRow(4, NOW + 3 * MINUTE, "system", "case.opened", "case:3", "kind=violence;n=3"),
        LedgerRow(11, NOW, "officer:1", "case.taken", "case:3", ""),
    ]
    assert store.read(lambda uow: uow.ledger.of("case:3", 1)) == rows[1:]


def test_rows_are_linked_in_order_and_once(store: SqlStore) -> None:
    noted(store)
    links = [store.write(lambda uow: uow.ledger.link(4)) for _ in range(4)]
    assert links == [4, 4, 2, 0]
    noted(store)
    assert store.write(lambda uow: uow.ledger.link(100)) == 10
    assert verdict(store) is None


def test_an_empty_ledger_and_one_that_is_not_linked_yet_are_whole(store: SqlStore) -> None:
    assert verdict(store) is None
    noted(store)
    assert verdict(store) is None


@pytest.mark.parametrize(
    "change",
    [
        "actor = 'officer:9'",
        "action = 'case.closed'",
        "subject = 'case:9'",
        "detail = 'kind=none'",
        "at = at + 1",
        "mac = hash",
        "hash = mac",
    ],
)
def test_a_changed_row_is_named(store: SqlStore, database_url: str, change: str) -> None:
    linked(store)
    tamper(database_url, f"UPDATE ledger SET {change} WHERE id = 5")  # noqa: S608
    assert verdict(store) == 5


def test_the_row_after_a_deleted_one_is_named(store: SqlStore, database_url: str) -> None:
    linked(store)
    tamper(database_url, "DELETE FROM ledger WHERE id = 5")
    assert verdict(store) == 6


def test_a_deletion_that_is_papered_over_is_found(store: SqlStore, database_url: str) -> None:
    linked(store)
    tamper(
        database_url,
        "DELETE FROM ledger WHERE id = 5",
        "UPDATE ledger SET place = -place WHERE place > 5",
        "UPDATE ledger SET place = -place - 1 WHERE place < 0",
    )
    assert verdict(store) == 6


def test_rows_cut_off_at_the_end_are_named(store: SqlStore, database_url: str) -> None:
    linked(store)
    tamper(database_url, "DELETE FROM ledger WHERE id > 8")
    assert verdict(store) == 10


def test_an_inserted_row_is_named(store: SqlStore, database_url: str) -> None:
    linked(store)
    columns = "at, actor, action, subject, detail, mac, place, hash"
    tamper(
        database_url,
        f"INSERT INTO ledger (id, {columns}) "  # noqa: S608
        "SELECT 77, at, actor, action, subject, detail, mac, 11, hash FROM ledger WHERE id = 10",
    )
    assert verdict(store) == 77


def test_a_forged_row_that_waits_to_be_linked_is_named(store: SqlStore, database_url: str) -> None:
    linked(store)
    tamper(
        database_url,
        "INSERT INTO ledger (id, at, actor, action, subject, detail, mac) "
        "SELECT 78, at, 'officer:2', action, subject, detail, mac FROM ledger WHERE id = 10",
    )
    assert verdict(store) == 78


def test_a_head_that_is_not_ours_is_found(store: SqlStore, database_url: str) -> None:
    linked(store)
    tamper(
        database_url,
        "DELETE FROM ledger WHERE id > 8",
        "UPDATE ledger_head SET place = 8, last_id = 8, hash = (SELECT hash FROM ledger WHERE id = 8)",
    )
    assert verdict(store) == 8


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger SET detail = 'x' WHERE id = 5",
        "UPDATE ledger SET place = 99 WHERE id = 5",
        "DELETE FROM ledger WHERE id = 5",
    ],
)
def test_the_database_itself_refuses_to_change_the_ledger(
    store: SqlStore, database_url: str, statement: str
) -> None:
    linked(store)
    engine = engine_for(database_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text(statement))
    engine.dispose()
    assert verdict(store) is None


def test_words_of_a_row_that_is_not_linked_yet_cannot_be_changed_either(
    store: SqlStore, database_url: str
) -> None:
    noted(store)
    engine = engine_for(database_url)
    with engine.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.execute(text("UPDATE ledger SET actor = 'officer:1' WHERE id = 2"))
    engine.dispose()


def test_a_ledger_that_was_emptied_whole_is_found(store: SqlStore, database_url: str) -> None:
    store.write(lambda uow: uow.cases.open(a_case()))
    linked(store)
    assert verdict(store) is None
    tamper(database_url, "DELETE FROM ledger", "DELETE FROM ledger_head")
    assert verdict(store) == 1
