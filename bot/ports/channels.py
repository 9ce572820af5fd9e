"""Channels: accounts that we hold on platforms, what they can do, and what became of a letter."""

from dataclasses import dataclass, field
from datetime import time, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.messages import Attachment, Letter


class Taps(StrEnum):
    """How a button that somebody presses reaches us."""

    CALLBACK = "callback"  # as what it carries, bound to the letter
    TYPED = "typed"  # as a message of that text, which anybody could type


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
class Spent:
    """What one message cost, as the platform told."""

    product: str
    """"cs" (an ordinary letter), "template_uid", "template_phone"."""
    quota: str = ""
    """Of which quota: "reply" (free), "sub_quota", "purchase_quota", "reward_quota"; "": not told."""
    remain: int | None = None
    total: int | None = None

    @property
    def kind(self) -> str:
        return f"{self.product}:{self.quota}" if self.quota else self.product


@dataclass(frozen=True, slots=True)
class Delivered:
    platform_id: str = ""
    spent: tuple[Spent, ...] = ()
    """One for each message that went out for this letter, where the platform counts them."""
    tracked: tuple[str, ...] = ()
    """The platform's ids of these messages, where it will tell that they arrived and were seen."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Try again after `wait`; what else has to wait is told by `scope`."""

    wait: timedelta
    scope: Scope
    why: Why
    spent: tuple[Spent, ...] = ()
    """Of the messages of this letter that went out before it was put off."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be delivered there."""

    why: Why
    moved_to: str = field(default="", repr=False)
    """The person's new id on the platform, where it told (group upgraded)."""
    spent: tuple[Spent, ...] = ()


Outcome = Delivered | Deferred | Refused


@dataclass(frozen=True, slots=True)
class Traits:
    """What a channel can do: dialogue and courier ask here, nobody asks "is it Telegram?"."""

    text_limit: int
    """Characters after NFC; longer letters are split by the channel at sentence ends."""
    buttons: int
    """How many at most in one message; 0: none. Where there are more, choices become numbered answers."""
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
    free: timedelta | None = None
    """How long after it a letter costs nothing; None: always, or never known."""
    taps: Taps = Taps.CALLBACK
    """How a press reaches us: where it comes as typed text, buttons carry signed payloads."""
    words_only: tuple[str, ...] = ()
    """How the ids of people begin who can be sent no buttons although the account has them."""
    withholds: bool = False
    """The platform keeps back all that some people write (children, disabled people, people who cannot read)."""
    reactions: bool = False
    """A letter may be a mere sign under the person's own message."""
    mixed: bool = False
    """Citizens and officers write to the same account: officers enrol here too."""
    caption_limit: int | None = None
    """Characters under a picture; None: as `text_limit`."""
    picture_limit: int = 10_000_000
    """Bytes of the largest picture it shows."""
    advertising: tuple[time, time] | None = None
    """Local hours (from, until) in which it takes promotional messages; None: always."""
    templates: bool = False
    """Outside the window it takes templates that the platform has approved."""
    campaign_share: float = 1.0
    """Share of `per_second` that campaigns may use; 0: none are sent here."""


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
