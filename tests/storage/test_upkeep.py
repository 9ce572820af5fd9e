"""Nothing is remembered for longer than it should be."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import text

from bot.domain.cases import CaseId
from bot.domain.messages import Attachment, Media
from bot.ports import UnitOfWork
from storage.engine import SqlStore, open_store
from storage.upkeep import LOOSE, UNREAD, Tidied, scrub, tidy
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


def test_uploads_that_no_case_holds_go_with_key_and_original(store: SqlStore, tmp_path: Path) -> None:
    photo = Attachment(Media.PHOTO, "ref")

    def upload(uow: UnitOfWork, case: CaseId | None) -> int:
        file = uow.files.put(case, "web_chat", "main", photo, NOW)
        uow.files.kept(file, b"pixels", "image/jpeg", NOW)
        return file

    case = store.write(lambda uow: uow.cases.open(a_case()))
    loose, held = store.write(lambda uow: upload(uow, None)), store.write(lambda uow: upload(uow, case))
    assert tidy(store, NOW + LOOSE, []) == Tidied(0, 0, 0)
    assert tidy(store, NOW + LOOSE + MINUTE, []) == Tidied(0, 0, 1)
    assert tidy(store, NOW + LOOSE + MINUTE, []) == Tidied(0, 0, 0)
    assert store.read(lambda uow: uow.files.content(loose)) is None
    assert store.read(lambda uow: uow.files.content(held)) == b"pixels"
    assert len([path for path in (tmp_path / "files").rglob("*") if path.is_file()]) == 1


def test_a_new_database_and_its_journal_are_for_their_owner_only(
    new_sqlite: Callable[[], str], tmp_path: Path
) -> None:
    store = open_store(new_sqlite(), tmp_path / "keys.json", tmp_path / "files")
    store.write(lambda uow: uow.cases.open(a_case()))
    files = [path for path in tmp_path.glob("*.db*") if path.is_file()]
    assert len(files) == 3
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    store.close()
