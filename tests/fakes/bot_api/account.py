"""One bot as Telegram sees it: its chats, what it sent, its updates that wait, its webhook."""

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.fakes.bot_api.faults import Faults, Limits
from tests.fakes.bot_api.rules import Json

DEFAULT_UPDATES_LEFT_OUT = ("chat_member", "message_reaction", "message_reaction_count")


def wall_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the platform's own clock


@dataclass(slots=True)
class Sent:
    """One message that the bot has in a chat, as a person would see it now."""

    message_id: int
    chat: int
    method: str
    text: str
    markup: Json
    params: Json
    at: float
    """Seconds since the epoch when it arrived."""
    edits: int = 0

    @property
    def buttons(self) -> list[Json]:
        rows = self.markup.get("inline_keyboard") or self.markup.get("keyboard") or []
        return [button if isinstance(button, dict) else {"text": button} for row in rows for button in row]

    @property
    def labels(self) -> list[str]:
        return [str(button.get("text", "")) for button in self.buttons]

    def as_json(self) -> Json:
        return {
            "message_id": self.message_id, "chat": self.chat, "method": self.method, "text": self.text,
            "markup": self.markup, "at": self.at, "edits": self.edits,
        }  # fmt: skip


@dataclass(slots=True)
class StoredFile:
    file_id: str
    content: bytes
    path: str
    size: int
    """What getFile says; may be larger than `content`, so that a huge file costs nothing."""


@dataclass(slots=True)
class Webhook:
    url: str
    secret: str
    most: int = 40
    last_error: str = ""


@dataclass(slots=True)
class Delivery:
    """One attempt to hand an update to the webhook."""

    update_id: int
    status: int
    """0 when there was no answer."""
    started: float
    seconds: float


@dataclass(slots=True)
class Account:
    """Everything that belongs to one token."""

    token: str
    clock: Callable[[], datetime] = wall_clock
    sent: list[Sent] = field(default_factory=list)
    by_id: dict[tuple[int, int], Sent] = field(default_factory=dict)
    calls: dict[str, int] = field(default_factory=dict)
    updates: list[Json] = field(default_factory=list)
    """Not yet confirmed, oldest first."""
    webhook: Webhook | None = None
    deliveries: list[Delivery] = field(default_factory=list)
    allowed: tuple[str, ...] = ()
    chats: dict[int, Json] = field(default_factory=dict)
    blocked_by: set[int] = field(default_factory=set)
    migrated: dict[int, int] = field(default_factory=dict)
    callbacks: dict[str, str | None] = field(default_factory=dict)
    """Open callback queries; the text of the answer once given."""
    actions: list[tuple[int, str]] = field(default_factory=list)
    profile: dict[tuple[str, str], Any] = field(default_factory=dict)
    """Commands, name and descriptions by language."""
    files: dict[str, StoredFile] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    limits: Limits | None = None
    revoked: bool = False
    poll: asyncio.Future[None] | None = None
    """The getUpdates that hangs just now."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    on_update: Callable[[], None] = lambda: None
    _update_ids: Any = field(default_factory=lambda: itertools.count(100_001))
    _message_ids: Any = field(default_factory=lambda: itertools.count(1))

    @property
    def id(self) -> int:
        return int(self.token.partition(":")[0])

    def me(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": "Tin Báo", "username": f"tinbao_{self.id}_bot"}

    def now(self) -> int:
        """Seconds, as Telegram gives every date."""
        return int(self.clock().timestamp())

    def next_message_id(self) -> int:
        return int(next(self._message_ids))

    def push(self, kind: str, body: Json) -> int:
        """An update for the bot, unless it did not ask for this kind."""
        update_id = int(next(self._update_ids))
        wanted = kind in self.allowed if self.allowed else kind not in DEFAULT_UPDATES_LEFT_OUT
        if wanted:
            self.updates.append({"update_id": update_id, kind: body})
            self.wake()
            self.on_update()
        return update_id

    def wake(self) -> None:
        """Lets a hanging getUpdates and everybody who waits for a change look again."""
        if self.poll is not None and not self.poll.done():
            self.poll.set_result(None)
        self.changed.set()
        self.changed = asyncio.Event()

    def record(self, sent: Sent) -> None:
        self.sent.append(sent)
        self.by_id[sent.chat, sent.message_id] = sent
        self.wake()

    def sent_to(self, chat: int) -> list[Sent]:
        return [one for one in self.sent if one.chat == chat]
