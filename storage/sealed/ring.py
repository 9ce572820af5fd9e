"""The key file: everything that the database must not know, in one JSON file that only its owner can read."""

import fcntl
import logging
import os
import secrets
import stat
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType

import msgspec

KEY_OCTETS = 32
_log = logging.getLogger(__name__)


class KeyFileError(Exception):
    """The key file cannot be used; the message says why and what to do."""


class _Stored(msgspec.Struct):
    """The file as it stands: keys in base64."""

    master: dict[str, str]
    lookup: str
    signing: str
    version: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class KeyRing:
    """All keys: the newest master key seals, every one of them unseals."""

    master: dict[int, bytes] = field(default_factory=dict)
    lookup: bytes = b""
    signing: bytes = b""

    @property
    def newest(self) -> int:
        return max(self.master)

    def with_new_master(self) -> "KeyRing":
        return replace(self, master={**self.master, self.newest + 1: secrets.token_bytes(KEY_OCTETS)})

    def with_newest_only(self) -> "KeyRing":
        return replace(self, master={self.newest: self.master[self.newest]})


def fresh_ring() -> KeyRing:
    one, lookup, signing = (secrets.token_bytes(KEY_OCTETS) for _ in range(3))
    return KeyRing({1: one}, lookup, signing)


def read_ring(path: Path) -> KeyRing:
    """Raises KeyFileError if it is missing, readable by others, or not whole."""
    try:
        found = path.stat()
        content = path.read_bytes()
    except OSError as error:
        raise KeyFileError(f"the key file {path} cannot be read: {error.strerror}") from error
    if found.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileError(
            f"the key file {path} may be used by others ({stat.filemode(found.st_mode)}): chmod 600 {path}"
        )
    return _ring(path, content)


def write_ring(path: Path, ring: KeyRing) -> None:
    """Replace the file in one step: a crash leaves the old one or the new one."""
    beside = path.with_name(path.name + ".new")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(_content(ring))
        file.flush()
        os.fsync(file.fileno())
    beside.rename(path)
    _sync_folder(path.parent)


class KeyFile:
    """The key file of a running program; while one uses it no key is thrown away that it still seals with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def exists(self) -> bool:
        return self.path.exists()

    def read(self) -> KeyRing:
        """Raises KeyFileError."""
        return read_ring(self.path)

    def write(self, ring: KeyRing) -> None:
        write_ring(self.path, ring)

    def create(self) -> KeyRing:
        """Two programs that start together for the first time end with the same keys."""
        ring = fresh_ring()
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        write_ring(beside, ring)
        try:
            os.link(beside, self.path)
        except FileExistsError:
            return self.read()
        finally:
            beside.unlink()
        _log.warning(
            "made a new key file at %s: keep a copy of it in a safe place, apart from the database; "
            "without it nothing that was reported can be read again",
            self.path,
        )
        return ring

    def alone(self) -> bool:
        """Whether no other program uses the key file; if so none can start until this one ends."""
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            fcntl.flock(self._handle, fcntl.LOCK_SH)
            return False
        return True

    def share(self) -> None:
        """After `alone`: others may start again."""
        fcntl.flock(self._handle, fcntl.LOCK_SH)

    def close(self) -> None:
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def __enter__(self) -> "KeyFile":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _ring(path: Path, content: bytes) -> KeyRing:
    try:
        stored = msgspec.json.decode(content, type=_Stored)
        master = {int(id_): _key(text) for id_, text in stored.master.items()}
        ring = KeyRing(master, _key(stored.lookup), _key(stored.signing))
    except (msgspec.DecodeError, ValueError) as error:
        raise KeyFileError(
            f"the key file {path} is damaged: put the copy back that you keep in a safe place"
        ) from error
    if not master:
        raise KeyFileError(f"the key file {path} holds no master key: put the safe copy back")
    return ring


def _key(text: str) -> bytes:
    try:
        key = b64decode(text, validate=True)
    except NotBase64 as error:
        raise ValueError("a key is not base64") from error
    if len(key) != KEY_OCTETS:
        raise ValueError("a key has the wrong length")
    return key


def _content(ring: KeyRing) -> bytes:
    master = {str(id_): b64encode(key).decode() for id_, key in ring.master.items()}
    stored = _Stored(master, b64encode(ring.lookup).decode(), b64encode(ring.signing).decode())
    return msgspec.json.format(msgspec.json.encode(stored), indent=2) + b"\n"


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
