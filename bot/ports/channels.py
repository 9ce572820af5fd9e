"""Channels: accounts that we hold on platforms, what they can do, and what became of a letter."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.messages import Attachment, Letter


class Scope(StrEnum):
    """What a deferral holds up."""

    CHAT = "chat"
    ACCOUNT = "account"


class Why(StrEnum):
    """Why a letter was refused or must wait; the courier and the case show it."""

    RATE = "rate"
    NETWORK = "network"
    PLATFORM = "platform"  # the platform's own fault
    BLOCKED = "blocked"  # the person blocked us
    GONE = "gone"  # no such chat, account deleted
    WINDOW = "window"  # outside the reply window
    QUOTA = "quota"
    NIGHT = "night"
    TOKEN = "token"  # noqa: S105 - our own credentials were refused
    CONTENT = "content"  # the platform does not take this text
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivered:
    platform_id: str = ""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Try again after `wait`; what else has to wait is told by `scope`."""

    wait: timedelta
    scope: Scope
    why: Why


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be delivered there."""

    why: Why
    moved_to: str = ""
    """The person's new id on the platform, where it told (group upgraded)."""


Outcome = Delivered | Deferred | Refused


@dataclass(frozen=True, slots=True)
class Traits:
    """What a channel can do: dialogue and courier ask here, nobody asks "is it Telegram?"."""

    text_limit: int
    """Characters after NFC; longer letters are split by the channel at sentence ends."""
    buttons: int
    """How many at most in one message; 0: none, choices become numbered answers."""
    location: bool
    media: bool
    download_limit: int
    """Bytes of the largest file the platform hands over."""
    may_write_first: bool
    pull: bool = False
    """The person's page fetches its letters; the courier does not send."""
    per_second: float = 30.0
    """Letters a second for the whole account."""
    per_chat: timedelta = timedelta(seconds=1)
    """Shortest time between two letters to one person."""
    window: timedelta | None = None
    """How long after the person's last word we may write; None: for ever."""


@dataclass(frozen=True, slots=True, repr=False)
class Fetched:
    content: bytes
    mime: str = ""


@dataclass(frozen=True, slots=True)
class TooLarge:
    size: int | None


@dataclass(frozen=True, slots=True)
class NotFetched:
    """Try again if `again`."""

    again: bool


FetchOutcome = Fetched | TooLarge | NotFetched


class Channel(Protocol):
    """One account that we hold on a platform."""

    @property
    def name(self) -> str: ...
    @property
    def account(self) -> str: ...
    @property
    def traits(self) -> Traits: ...
    async def send(self, letter: Letter) -> Outcome: ...
    async def fetch(self, attachment: Attachment) -> FetchOutcome: ...
    async def run(self) -> None:
        """Hear until cancelled (polling), or keep the webhook registered; returns only when cancelled."""
