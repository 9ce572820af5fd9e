"""A backup in one file, without the keys: whoever finds it can read nothing, whoever loses the keys neither."""

import os
import shutil
import tarfile
import tempfile
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Engine, TextClause, insert, select, text

from storage.engine import SqlStore, engine_for
from storage.schema import migrate
from storage.tables import metadata

_DATABASE: Final = "database.sqlite"
_FILES: Final = "files"
_DEPTH: Final = 3
"""files/<two letters>/<name>"""
_ROWS: Final = 1_000


class BackupError(Exception):
    """It cannot be made or put back; the message says why."""


def backup(store: SqlStore, archive: Path) -> None:
    """Database as of now and sealed files, while the program runs.

    The key file is not in it: a copy of that is kept apart. An erased case can be read from an older backup
    with the keys of that time, so backups are to be kept no longer than the words themselves.
    """
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".backup-") as folder:
        database = Path(folder) / _DATABASE
        _copy_out(store, database)
        beside = Path(folder) / "archive"
        with beside.open("xb") as raw, tarfile.open(fileobj=raw, mode="w") as tar:
            os.chmod(raw.fileno(), 0o600)
            tar.add(database, _DATABASE)
            if store.memory.vault.folder.is_dir():
                tar.add(store.memory.vault.folder, _FILES)
            tar.close()
            raw.flush()
            os.fsync(raw.fileno())
        beside.rename(archive)


def restore(archive: Path, database_url: str, files_dir: Path) -> None:
    """Put a backup into an empty database, of either kind, and an empty folder. Raises BackupError."""
    if files_dir.exists() and any(files_dir.iterdir()):
        raise BackupError(
            f"{files_dir} is not empty: a backup is put back beside what is there, never over it"
        )
    target = engine_for(database_url)
    files_dir.parent.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=files_dir.parent, prefix=".restore-") as folder:
            _unpack(archive, Path(folder))
            _copy_in(Path(folder) / _DATABASE, target)
            found = Path(folder) / _FILES
            if found.is_dir():
                files_dir.mkdir(exist_ok=True)
                found.rename(files_dir)
    finally:
        target.dispose()


def _copy_out(store: SqlStore, database: Path) -> None:
    if store.engine.dialect.name == "sqlite":
        with store.engine.connect() as connection:
            connection.execute(text("VACUUM INTO :path"), {"path": str(database)})
        return
    target = engine_for(f"sqlite:///{database}")
    try:
        migrate(target)
        snapshot = store.engine.execution_options(isolation_level="REPEATABLE READ")
        with snapshot.connect() as source, target.connect() as connection:
            _copy(source, connection)
            connection.exec_driver_sql("PRAGMA journal_mode = DELETE")  # all of it in the one file
    finally:
        target.dispose()


def _unpack(archive: Path, folder: Path) -> None:
    try:
        with tarfile.open(archive) as tar:
            for member in tar:
                _take_out(tar, member, folder)
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{archive} is not a backup that can be read") from error
    if not (folder / _DATABASE).is_file():
        raise BackupError(f"{archive} holds no database")


def _take_out(tar: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    """By hand: the safe filter is missing in early releases of Python 3.11, and only two sorts of names are ours."""
    if not member.isfile() or (content := tar.extractfile(member)) is None:
        return
    parts = Path(member.name).parts
    if member.name != _DATABASE and not (len(parts) == _DEPTH and parts[0] == _FILES and ".." not in parts):
        raise tarfile.TarError(f"a backup holds no {member.name}")
    path = folder / member.name
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with content, path.open("xb") as out:
        shutil.copyfileobj(content, out)


def _copy_in(database: Path, target: Engine) -> None:
    source = engine_for(f"sqlite:///{database}")
    try:
        migrate(source)  # a backup of an older program
        migrate(target)
        with source.connect() as old, target.connect() as new:
            if any(new.execute(select(table).limit(1)).first() for table in metadata.sorted_tables):
                raise BackupError("the database is not empty: a backup is never put over what is there")
            _copy(old, new)
    finally:
        source.dispose()


def _copy(source: Connection, target: Connection) -> None:
    """All rows of all tables in one transaction, parents first."""
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("BEGIN IMMEDIATE")
    for table in metadata.sorted_tables:
        rows = source.execution_options(yield_per=_ROWS).execute(select(table))
        for page in rows.mappings().partitions(_ROWS):
            target.execute(insert(table), [dict(row) for row in page])
        if target.dialect.name == "postgresql" and "id" in table.c:
            target.execute(_go_on_counting(table.name))
    if target.dialect.name == "sqlite":
        target.exec_driver_sql("COMMIT")
    else:
        target.commit()


def _go_on_counting(table: str) -> TextClause:
    """Numbers given from now on come after those that were copied; tables without a sequence stay as they are."""
    return text(
        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table} "  # noqa: S608
        "HAVING max(id) IS NOT NULL"
    )
