"""Polling: one update at a time, which is Zalo's no longer once we have it; so it is kept until it is stored."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from handlers.hearing import pause
from handlers.inlet import NotTaken
from handlers.zalo_bot.client import NO_ANSWER, Refusal
from handlers.zalo_bot.heard import Json

STORE_PAUSE = 5.0
"""Longest between two tries to store what nobody else has any more."""
TOLD_EVERY = 10

log = logging.getLogger(__name__)

Fetch = Callable[[], Awaitable[Json | None]]
"""getUpdates; raises Refusal."""
Hear = Callable[[Json], Awaitable[None]]
"""Returns when it is in the inbox; raises NotTaken while the database cannot take it."""
Sleep = Callable[[float], Awaitable[None]]


async def listen(fetch: Fetch, hear: Hear, account: str, sleep: Sleep = asyncio.sleep) -> None:
    """Until cancelled."""
    failures = 0
    while True:
        try:
            update = await fetch()
        except Refusal as refused:
            failures += 1
            tell(refused, account, failures)
            await sleep(max(refused.wait, pause(failures)))
            continue
        failures = 0
        if update is not None:
            await keep(update, hear, account, sleep)


async def keep(update: Json, hear: Hear, account: str, sleep: Sleep = asyncio.sleep) -> None:
    """Stored, however long that takes: there is no second copy. Not even being cancelled ends a try under way."""
    failures = 0
    while True:
        try:
            return await asyncio.shield(hear(update))
        except NotTaken:
            failures += 1
            if failures == 1 or failures % TOLD_EVERY == 0:
                log.error("bot %s: the inbox does not take an update: we hold it (%d)", account, failures)
            await _patient(update, hear, account, sleep, failures)


async def _patient(update: Json, hear: Hear, account: str, sleep: Sleep, failures: int) -> None:
    """A pause; whoever ends the program in it lets the update have one last try."""
    try:
        await sleep(min(STORE_PAUSE, pause(failures)))
    except asyncio.CancelledError:
        try:
            await hear(update)
        except NotTaken:
            log.critical("bot %s: the program ends with an update that could not be stored", account)
        raise


def tell(refused: Refusal, account: str, failures: int) -> None:
    """Trouble comes and goes: the first and every tenth time are enough; a token needs a human."""
    if failures == 1 or failures % TOLD_EVERY == 0 or refused.code == 401:
        log.warning("bot %s: %s (%d)", account, _said(refused.code), failures)


def _said(code: int) -> str:
    match code:
        case _ if code == NO_ANSWER:
            return "Zalo's Bot Platform does not answer"
        case 401:
            return "Zalo does not accept this bot's token any more: set a new one and restart"
        case 409:
            return "another process reads this bot's token, or it has a webhook: stop the other one"
        case 429:
            return "Zalo says that this bot's quota is used up"
        case _:
            return f"Zalo's Bot Platform answers {code}"
