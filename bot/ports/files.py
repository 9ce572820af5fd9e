"""Attachments: fetched with retries, their originals sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.cases import CaseId
from bot.domain.messages import Attachment


class FileState(StrEnum):
    WAITING = "waiting"
    KEPT = "kept"
    TOO_LARGE = "too_large"
    LOST = "lost"


@dataclass(frozen=True, slots=True, repr=False)
class FileRow:
    """An attachment: fetched with retries, its original sealed whole with its digest and time."""

    id: int
    case: CaseId | None
    channel: str
    account: str
    attachment: Attachment
    state: FileState
    tries: int
    at: datetime
    sha256: str = ""
    size: int = 0
    restricted: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class SealedFile:
    """An original that stands sealed on disk, before a row says so."""

    name: str
    about: bytes
    size: int


class Files(Protocol):
    def put(
        self, case: CaseId | None, channel: str, account: str, attachment: Attachment, now: datetime
    ) -> int: ...

    def attach(self, file: int, case: CaseId) -> None: ...

    def get(self, file: int) -> FileRow | None: ...

    def due(self, now: datetime, limit: int) -> Sequence[FileRow]: ...

    def kept(self, file: int, content: bytes, mime: str, now: datetime) -> None:
        """Seal and store the original; SHA-256 and size are taken here."""

    def seal_up(self, file: int, content: bytes, mime: str) -> SealedFile | None:
        """The slow half of `kept`, to be done in a read: no turn waits while 20 MB are sealed and synced.

        None: the file is not there any more.
        """

    def record(self, file: int, sealed: SealedFile, now: datetime) -> bool:
        """The quick half, in a write; False where it was erased or kept meanwhile."""

    def put_off(self, file: int, until: datetime) -> None: ...

    def lost(self, file: int, state: FileState) -> None: ...

    def forget(self, file: int) -> None:
        """One that no case holds: its key and its original go."""

    def content(self, file: int) -> bytes | None:
        """The original, unsealed."""

    def of_case(self, case: CaseId) -> Sequence[FileRow]: ...
