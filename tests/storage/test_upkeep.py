"""Nothing is remembered for longer than it should be."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from storage.engine import SqlStore, open_store
from storage.upkeep import UNREAD, Tidied, scrub, tidy
from tests.storage.people import AN, MINUTE, NOW, a_case, letter


def wrapped_key(store: SqlStore, case: int) -> bytes:
    with store.engine.connect() as connection:
        statement = text("SELECT wrapped FROM case_keys WHERE case_id = :case")
        return bytes(connection.execute(statement, {"case": case}).scalar_one())


def test_a_destroyed_key_is_in_no_file_any_more(new_sqlite: Callable[[], str], tmp_path: Path) -> None:
    store = open_store(new_sqlite(), tmp_path / "keys.json", tmp_path / "files")
    cases = [store.write(lambda uow: uow.cases.open(a_case())) for _ in range(50)]
    key = wrapped_key(store, cases[25])

    def lies_in() -> list[str]:
        return [path.name for path in tmp_path.glob("*.db*") if key in path.read_bytes()]

    scrub(store)
    assert lies_in(), "looked in the wrong place"
    store.write(lambda uow: uow.cases.erase(cases[25]))
    scrub(store)
    assert lies_in() == []
    store.close()


def test_scrubbing_works_on_both_databases(store: SqlStore) -> None:
    case = store.write(lambda uow: uow.cases.open(a_case()))
    store.write(lambda uow: uow.cases.erase(case))
    scrub(store)
    assert store.read(lambda uow: uow.cases.get(case)) is not None


def test_letters_that_nobody_fetched_and_spent_links_are_cleared_away(store: SqlStore) -> None:
    store.write(lambda uow: uow.outbox.post(letter(AN, "một"), NOW))
    store.write(lambda uow: uow.links.put("login", b"t" * 32, "officer:1", NOW + MINUTE))
    assert tidy(store, NOW + UNREAD, ["telegram_public"]) == Tidied(0, 0)
    assert tidy(store, NOW + UNREAD + MINUTE, ["web_chat"]) == Tidied(0, 0)
    assert tidy(store, NOW + UNREAD + MINUTE, ["telegram_public"]) == Tidied(1, 0)
    assert tidy(store, NOW + timedelta(days=8), ["telegram_public"]) == Tidied(0, 1)
