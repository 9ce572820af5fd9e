"""Originals are kept whole, sealed, and gone with their case."""

import hashlib
from dataclasses import replace
from pathlib import Path

from bot.domain.messages import Attachment, Media
from bot.ports import FileState
from storage.engine import SqlStore
from tests.storage.people import MINUTE, NOW, a_case

PHOTO = Attachment(Media.PHOTO, "AgACAgUAAx", 2_000, name="em.jpg")
CONTENT = b"\xff\xd8 EXIF and all " * 200


def put(store: SqlStore, case: int | None = None) -> int:
    return store.write(lambda uow: uow.files.put(case, "telegram_public", "main", PHOTO, NOW))  # type: ignore[arg-type]


def on_disk(tmp_path: Path) -> list[Path]:
    return [path for path in (tmp_path / "files").rglob("*") if path.is_file()]


def test_an_attachment_waits_to_be_fetched(store: SqlStore) -> None:
    file = put(store)
    row = store.read(lambda uow: uow.files.get(file))
    assert row is not None
    assert (row.attachment, row.state, row.case, row.tries) == (PHOTO, FileState.WAITING, None, 0)
    assert store.read(lambda uow: uow.files.due(NOW - MINUTE, 10)) == []
    assert store.read(lambda uow: uow.files.due(NOW, 10)) == [row]


def test_a_fetch_that_failed_is_put_off(store: SqlStore) -> None:
    file = put(store)
    store.write(lambda uow: uow.files.put_off(file, NOW + MINUTE))
    assert store.read(lambda uow: uow.files.due(NOW, 10)) == []
    (row,) = store.read(lambda uow: uow.files.due(NOW + MINUTE, 10))
    assert row.tries == 1


def test_an_original_is_kept_whole_with_its_digest(store: SqlStore, tmp_path: Path) -> None:
    file = put(store)
    store.write(lambda uow: uow.files.kept(file, CONTENT, "image/jpeg", NOW))
    row = store.read(lambda uow: uow.files.get(file))
    assert row is not None
    assert (row.state, row.size, row.attachment) == (
        FileState.KEPT,
        len(CONTENT),
        replace(PHOTO, mime="image/jpeg"),
    )
    assert row.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert store.read(lambda uow: uow.files.content(file)) == CONTENT
    (path,) = on_disk(tmp_path)
    assert path.name == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.parent.name == path.name[:2]
    assert b"EXIF" not in path.read_bytes()
    assert store.read(lambda uow: uow.files.due(NOW + 99 * MINUTE, 10)) == []


def test_a_file_that_came_before_its_case_is_attached_to_it(store: SqlStore) -> None:
    file = put(store)
    store.write(lambda uow: uow.files.kept(file, CONTENT, "image/jpeg", NOW))
    case = store.write(lambda uow: uow.cases.open(replace(a_case(), restricted=True)))
    store.write(lambda uow: uow.files.attach(file, case))
    (row,) = store.read(lambda uow: uow.files.of_case(case))
    assert (row.id, row.restricted) == (file, True)
    assert store.read(lambda uow: uow.files.content(file)) == CONTENT


def test_what_cannot_be_had_is_said(store: SqlStore) -> None:
    file = put(store)
    store.write(lambda uow: uow.files.lost(file, FileState.TOO_LARGE))
    row = store.read(lambda uow: uow.files.get(file))
    assert row is not None
    assert row.state is FileState.TOO_LARGE
    assert store.read(lambda uow: uow.files.content(file)) is None
    assert store.read(lambda uow: uow.files.due(NOW, 10)) == []
    assert store.read(lambda uow: uow.files.get(999)) is None


def test_erasing_a_case_destroys_its_files(store: SqlStore, tmp_path: Path) -> None:
    case = store.write(lambda uow: uow.cases.open(a_case()))
    file = put(store, case)
    store.write(lambda uow: uow.files.kept(file, CONTENT, "image/jpeg", NOW))
    assert len(on_disk(tmp_path)) == 1
    store.write(lambda uow: uow.cases.erase(case))
    assert on_disk(tmp_path) == []
    assert store.read(lambda uow: uow.files.content(file)) is None
    row = store.read(lambda uow: uow.files.get(file))
    assert row is not None
    assert (row.state, row.sha256, row.attachment.ref) == (FileState.LOST, "", "")


def test_a_file_stays_when_the_erasure_of_its_case_is_undone(store: SqlStore, tmp_path: Path) -> None:
    case = store.write(lambda uow: uow.cases.open(a_case()))
    file = put(store, case)
    store.write(lambda uow: uow.files.kept(file, CONTENT, "image/jpeg", NOW))

    def undone(uow: object) -> None:
        uow.cases.erase(case)  # type: ignore[attr-defined]
        raise LookupError

    failed = store.submit(undone)
    assert isinstance(failed.exception(), LookupError)
    assert len(on_disk(tmp_path)) == 1
    assert store.read(lambda uow: uow.files.content(file)) == CONTENT


def test_an_original_that_was_changed_on_disk_is_not_shown(store: SqlStore, tmp_path: Path) -> None:
    file = put(store)
    store.write(lambda uow: uow.files.kept(file, CONTENT, "image/jpeg", NOW))
    (path,) = on_disk(tmp_path)
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    assert store.read(lambda uow: uow.files.content(file)) is None


def test_a_large_original_is_sealed_outside_the_writer(store: SqlStore, tmp_path: Path) -> None:
    file = put(store)
    sealed = store.read(lambda uow: uow.files.seal_up(file, CONTENT, "image/jpeg"))
    assert sealed is not None
    assert store.read(lambda uow: uow.files.content(file)) is None
    assert store.write(lambda uow: uow.files.record(file, sealed, NOW))
    assert store.read(lambda uow: uow.files.content(file)) == CONTENT
    assert len(on_disk(tmp_path)) == 1


def test_an_original_of_a_case_that_was_erased_meanwhile_is_not_kept(store: SqlStore, tmp_path: Path) -> None:
    case = store.write(lambda uow: uow.cases.open(a_case()))
    file = put(store, case)
    sealed = store.read(lambda uow: uow.files.seal_up(file, CONTENT, "image/jpeg"))
    assert sealed is not None
    store.write(lambda uow: uow.cases.erase(case))
    assert not store.write(lambda uow: uow.files.record(file, sealed, NOW))
    assert on_disk(tmp_path) == []


def test_an_original_is_kept_once(store: SqlStore, tmp_path: Path) -> None:
    file = put(store)
    store.write(lambda uow: uow.files.kept(file, CONTENT, "image/jpeg", NOW))
    store.write(lambda uow: uow.files.kept(file, b"something else", "image/jpeg", NOW))
    assert store.read(lambda uow: uow.files.content(file)) == CONTENT
    assert len(on_disk(tmp_path)) == 1
