"""What a channel must declare to be held to the contract of all channels."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import count

from bot.domain.messages import Address, Attachment, Button, Heard, HeardKind, Lane, Letter
from bot.ports import Channel, Store
from bot.services.tools import Tools
from handlers.gate import Gate

_numbers = count(1)
Doing = Callable[[], Awaitable[object] | object]


class Went(StrEnum):
    """What may become of a letter."""

    DELIVERED = "delivered"
    CHAT_WAITS = "this chat waits"
    ACCOUNT_WAITS = "the whole account waits"
    UNWANTED = "they blocked us"
    GONE = "there is nobody"
    CONTENT = "the platform does not take it"


@dataclass(frozen=True, slots=True)
class Shown:
    """One message as the person sees it."""

    text: str
    buttons: tuple[str, ...] = ()
    """Labels."""


@dataclass
class Rig:
    """One channel on its platform: what people can do there, and what can happen to a letter."""

    channel: Channel
    to: Address
    """Somebody who may be written to."""
    does: Mapping[HeardKind, Doing]
    """Somebody does it; then `hear` brings it in."""
    cannot: Mapping[HeardKind, str]
    """What this platform never says, and why."""
    heard: list[Heard]
    shown: Callable[[], Awaitable[Sequence[Shown]]]
    """What that somebody has got so far."""
    goes_wrong: Mapping[Went, Callable[[], object]]
    """Prepares the platform so that the next letter ends so."""
    never: Mapping[Went, str]
    """What cannot become of a letter here, and why."""
    hear: Callable[[], Awaitable[object]] | None = None
    post: Callable[[Letter], Awaitable[object]] | None = None
    """Of pull channels: into the outbox."""
    file: Callable[[bytes], Attachment] | None = None
    """A file that somebody sent and the platform holds."""
    taps: Callable[[int], str] = field(default=lambda number: f"q:1:kind:{number}")


def a_letter(
    to: Address, text: str, buttons: Sequence[Button] = (), lane: Lane = Lane.CONVERSATION
) -> Letter:
    return Letter(next(_numbers), lane, to, text, tuple((button,) for button in buttons))


class Listening(Gate):
    """A gate that also remembers what it let in."""

    def __init__(self, store: Store, tools: Tools, now: Callable[[], datetime]) -> None:
        super().__init__(store, tools, now)
        self.heard: list[Heard] = []

    async def hear_all(self, heards: Sequence[Heard]) -> None:
        await super().hear_all(heards)
        self.heard.extend(heards)
