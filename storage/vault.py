"""Sealed originals on disk: written whole before any row speaks of them."""

import hashlib
import logging
import os
import secrets
from pathlib import Path

_log = logging.getLogger(__name__)


class Vault:
    """Files named by the SHA-256 of their sealed octets: the name tells nothing of the content."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, sealed: bytes) -> str:
        """Durable when this returns; a crash leaves all of it or nothing that counts."""
        name = hashlib.sha256(sealed).hexdigest()
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = path.with_name(f".{secrets.token_hex(8)}")
        with beside.open("xb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        beside.rename(path)
        _sync(path.parent)
        return name

    def get(self, name: str) -> bytes | None:
        """None where it is missing or is not what was put."""
        try:
            sealed = self._path(name).read_bytes()
        except FileNotFoundError:
            return None
        return sealed if hashlib.sha256(sealed).hexdigest() == name else None

    def remove(self, name: str) -> None:
        """What cannot be removed is noise without its key: said in the log, not raised."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            _log.warning("a file without a key stays in the vault: %s", error.strerror)

    def _path(self, name: str) -> Path:
        return self.folder / name[:2] / name


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
