"""A backup is one file, without keys, and comes back on either kind of database."""

import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from storage.backup import BackupError, backup, restore
from storage.engine import SqlStore, open_store
from tests.storage.people import AN, NOW, heard
from tests.storage.test_privacy import MARK, everything, read_back


@pytest.mark.parametrize("into", ["new_sqlite", "new_postgres"])
def test_a_backup_comes_back_whole(
    store: SqlStore, tmp_path: Path, request: pytest.FixtureRequest, into: str
) -> None:
    store.write(everything(store))
    store.write(lambda uow: uow.ledger.link(99))
    archive = tmp_path / "backup.tar"
    backup(store, archive)
    assert archive.stat().st_mode & 0o777 == 0o600
    make: Callable[[], str] = request.getfixturevalue(into)
    url, files = make(), tmp_path / "elsewhere" / "files"
    restore(archive, url, files)
    copy = open_store(url, tmp_path / "keys.json", files)
    assert copy.write(read_back) == store.write(read_back)
    before = store.read(lambda uow: uow.inbox.waiting())
    assert copy.write(lambda uow: uow.inbox.put(heard(AN, "sau đó"), NOW))
    assert copy.read(lambda uow: uow.inbox.waiting()) == before + 1
    copy.close()


def test_a_backup_holds_neither_keys_nor_words(store: SqlStore, tmp_path: Path) -> None:
    store.write(everything(store))
    archive = tmp_path / "backup.tar"
    backup(store, archive)
    content = archive.read_bytes()
    assert MARK.encode() not in content
    with tarfile.open(archive) as tar:
        names = tar.getnames()
    assert "database.sqlite" in names
    assert sum(name.startswith("files/") and len(name) > 60 for name in names) == 2
    assert not any("key" in name for name in names)


def test_a_backup_is_never_put_over_what_is_there(store: SqlStore, database_url: str, tmp_path: Path) -> None:
    store.write(lambda uow: uow.inbox.put(heard(AN, "em sợ"), NOW))
    archive = tmp_path / "backup.tar"
    backup(store, archive)
    with pytest.raises(BackupError, match="not empty"):
        restore(archive, database_url, tmp_path / "elsewhere")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").touch()
    with pytest.raises(BackupError, match="not empty"):
        restore(archive, f"sqlite:///{tmp_path}/fresh.db", tmp_path / "full")
    assert store.read(lambda uow: uow.inbox.waiting()) == 1


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text").write_text("no archive")
    with tarfile.open(tmp_path / "empty.tar", "w"):
        pass
    with tarfile.open(tmp_path / "outside.tar", "w") as tar:
        tar.add(tmp_path / "text", "../outside")
    for name in ("text", "empty.tar", "missing", "outside.tar"):
        with pytest.raises(BackupError):
            restore(tmp_path / name, f"sqlite:///{tmp_path}/fresh.db", tmp_path / "files")
