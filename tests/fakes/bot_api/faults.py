"""Faults on demand (429, 403, 5xx, slow, cut connections) and, where wished, Telegram's own limits."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from enum import StrEnum

from tests.fakes.bot_api.rules import ApiError, Json


class Cut(StrEnum):
    """A lost connection: before the request was carried out, or after (the answer is lost)."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong `times` times for a method ("" = any) and a chat (None = any)."""

    method: str = ""
    chat: int | None = None
    times: int = 1
    code: int = 0
    description: str = ""
    retry_after: int = 0
    delay: float = 0.0
    """Seconds before the answer."""
    cut: Cut | None = None
    garbage: bool = False
    """The answer is a proxy's HTML page."""

    def fits(self, method: str, chat: int | None) -> bool:
        return self.times > 0 and self.method in ("", method) and self.chat in (None, chat)

    def error(self) -> ApiError | None:
        if not self.code:
            return None
        parameters: Json | None = {"retry_after": self.retry_after} if self.retry_after else None
        words = self.description or _WORDS.get(self.code, "Internal Server Error")
        if self.retry_after and not self.description:
            words = f"Too Many Requests: retry after {self.retry_after}"
        return ApiError(self.code, words, parameters)


_WORDS = {
    400: "Bad Request: chat not found",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    502: "Bad Gateway",
}


class Faults:
    """The faults that are waiting, first come first served."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._waiting.append(fault)
        return fault

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, chat: int | None) -> Fault | None:
        if not self._waiting:
            return None
        for fault in self._waiting:
            if fault.fits(method, chat):
                fault.times -= 1
                self._waiting = [one for one in self._waiting if one.times > 0]
                return fault
        return None


@dataclass(slots=True)
class Limits:
    """Telegram's flood limits; 0 lifts one. A bot at its limit gets 429 with the seconds to wait."""

    per_second: int = 30
    per_chat_second: int = 1
    per_group_minute: int = 20
    _all: deque[float] = field(default_factory=deque)
    _chats: dict[int, deque[float]] = field(default_factory=dict)

    def check(self, chat: int) -> None:
        """Counts one message to the chat, or raises 429."""
        now = time.monotonic()
        most, span = (self.per_group_minute, 60.0) if chat < 0 else (self.per_chat_second, 1.0)
        ours = self._chats.setdefault(chat, deque())
        waits = max(_wait(self._all, self.per_second, 1.0, now), _wait(ours, most, span, now))
        if waits > 0:
            seconds = max(1, round(waits))
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})
        self._all.append(now)
        ours.append(now)


def _wait(sent: deque[float], most: int, span: float, now: float) -> float:
    while sent and sent[0] <= now - span:
        sent.popleft()
    return sent[0] + span - now if most and len(sent) >= most else 0.0


async def linger(fault: Fault | None) -> None:
    """The slowness of a fault."""
    if fault is not None and fault.delay:
        await asyncio.sleep(fault.delay)
