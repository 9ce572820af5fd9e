"""Long polling for both libraries: getUpdates → everything is in the inbox → only then the next offset."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from enum import StrEnum
from typing import Any

from handlers.hearing import Unheard, pause
from handlers.inlet import NotTaken

Json = dict[str, Any]
WANTED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of update that we ask Telegram for."""
POLL_SECONDS = 25
"""How long Telegram may hold a getUpdates open."""

log = logging.getLogger(__name__)


class Trouble(StrEnum):
    NETWORK = "network"
    RATE = "rate"
    CONFLICT = "conflict"
    TOKEN = "token"  # noqa: S105 - a word, not a secret


class ApiTrouble(Unheard):
    """A call brought nothing; `wait` is what Telegram asks for, in seconds."""

    def __init__(self, trouble: Trouble, wait: float = 0.0) -> None:
        super().__init__(trouble)
        self.trouble = trouble
        self.wait = wait


Fetch = Callable[[int], Awaitable[Sequence[Json]]]
"""getUpdates from this offset on, raw; raises ApiTrouble."""
Hear = Callable[[Sequence[Json]], Awaitable[None]]
"""Returns when every update is in the inbox; raises NotTaken when the database cannot take them."""
Sleep = Callable[[float], Awaitable[None]]


async def listen(fetch: Fetch, hear: Hear, account: str, sleep: Sleep = asyncio.sleep) -> None:
    """Until cancelled. An update is confirmed (by the next offset) only after the commit that holds it."""
    offset, failures = 0, 0
    while True:
        try:
            updates = await fetch(offset)
            if updates:
                await hear(updates)
        except ApiTrouble as failed:
            failures += 1
            tell(failed.trouble, account, failures)
            await sleep(max(failed.wait, pause(failures)))
        except NotTaken:
            failures += 1
            log.error("bot %s: the inbox does not take updates: they stay with Telegram", account)
            await sleep(pause(failures))
        else:
            failures = 0
            if updates:
                offset = int(updates[-1]["update_id"]) + 1


_SAID = {
    Trouble.NETWORK: "Telegram does not answer",
    Trouble.RATE: "Telegram asks getUpdates to slow down",
    Trouble.CONFLICT: "another process reads this bot's token, or it has a webhook: stop the other one",
    Trouble.TOKEN: "Telegram does not accept this bot's token any more: set a new one and restart",
}


def tell(trouble: Trouble, account: str, failures: int) -> None:
    """Network trouble comes and goes: the first and every tenth time are enough."""
    if failures == 1 or failures % 10 == 0 or trouble in (Trouble.CONFLICT, Trouble.TOKEN):
        log.warning("bot %s: %s (%d)", account, _SAID[trouble], failures)


def by_chat(updates: Sequence[Json]) -> list[list[Json]]:
    """In the order of arrival within a chat: chats may be heard side by side, one person's words may not."""
    chats: dict[int, list[Json]] = {}
    for update in updates:
        chats.setdefault(chat_of(update), []).append(update)
    return list(chats.values())


def chat_of(update: Json) -> int:
    """The chat's number, 0 where the update has none."""
    for kind in WANTED:
        if isinstance(body := update.get(kind), dict):
            place = body.get("chat") or body.get("from")
            return int(place["id"]) if isinstance(place, dict) else 0
    return 0
