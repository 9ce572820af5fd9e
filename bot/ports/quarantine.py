"""Bodies that came to a webhook with a wrong signature: kept sealed until somebody knows why, within limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol


class Put(StrEnum):
    """What became of a body."""

    KEPT = "kept"
    KNOWN = "known"  # this very one is there already
    FULL = "full"  # no room: whoever sent it must send it again


@dataclass(frozen=True, slots=True, repr=False)
class Suspect:
    """One body, as it came."""

    body: bytes
    signature: str
    """The header, as it came."""


@dataclass(frozen=True, slots=True)
class Shut:
    """What may be told of one: no words, no ids of people."""

    id: int
    at: datetime
    size: int
    """Bytes."""
    why: str
    """A code: "signature", "unread", "other_account"."""


class Quarantine(Protocol):
    def put(self, channel: str, suspect: Suspect, why: str, now: datetime) -> Put:
        """Sealed; the same body with the same signature once. FULL at the limit of rows or bytes."""

    def listing(self, channel: str, after: int = 0, limit: int = 200) -> Sequence[Shut]:
        """By number."""

    def get(self, id_: int) -> Suspect | None: ...

    def drop(self, id_: int) -> bool:
        """True for exactly one of those who take it out."""

    def count(self, channel: str) -> int: ...

    def forget(self, channel: str) -> int:
        """All of it goes; how many."""
