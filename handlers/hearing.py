"""How a bot hears, whatever its platform: by polling, or by a webhook that is kept registered; patient with outages."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.settings import BadSettings

REGISTER_AGAIN = 600.0
"""Seconds between two looks whether the platform still knows our webhook."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0

T = TypeVar("T")
log = logging.getLogger(__name__)


class Mode(StrEnum):
    POLLING = "polling"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, repr=False)
class Hearing:
    """How updates come in."""

    mode: Mode = Mode.POLLING
    url: str = ""
    """The whole public address of the webhook."""
    secret: str = ""


class WrongToken(BadSettings):
    """The platform does not know the token that is set; the message names the setting, not the token."""


class Unheard(Exception):
    """A call to the platform brought nothing; each platform has its own kinds."""

    wait: float = 0.0
    """Seconds that the platform asks for."""


E = TypeVar("E", bound=Unheard)
Tell = Callable[[E, int], None]
"""Logs the trouble; the number says how often in a row it came."""


class Registry(Protocol):
    """The webhook as the platform has it; every call raises an Unheard when it fails."""

    async def set_webhook(self, url: str, secret: str) -> None: ...
    async def webhook_url(self) -> str: ...


def pause(failures: int) -> float:
    """Seconds: twice as long every time, half a minute at most."""
    return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - 1, 10)))


async def insist(call: Callable[[], Awaitable[T]], failed: type[E], tell: Tell[E]) -> T:
    """A platform may be out of reach for hours: the rest of the hotline must not wait for it.

    Ends with whatever `tell` raises: a token that the platform does not know.
    """
    failures = 0
    while True:
        try:
            return await call()
        except failed as trouble:
            failures += 1
            tell(trouble, failures)
            await asyncio.sleep(max(trouble.wait, pause(failures)))


async def keep_webhook(
    calls: Registry, account: str, hearing: Hearing, failed: type[E], tell: Tell[E], *, known: bool
) -> None:
    """Until cancelled. `known`: the platform may have it from before; else its secret may have changed meanwhile, and
    it is registered anew at every start."""
    failures = 0
    while True:
        try:
            if not known or await calls.webhook_url() != hearing.url:
                await calls.set_webhook(hearing.url, hearing.secret)
                known = True
                log.info("bot %s: webhook registered", account)
        except failed as trouble:
            failures += 1
            tell(trouble, failures)
            await asyncio.sleep(max(trouble.wait, pause(failures)))
        else:
            failures = 0
            await asyncio.sleep(REGISTER_AGAIN)
