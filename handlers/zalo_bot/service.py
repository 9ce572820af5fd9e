"""The bot's service: reach Zalo, then hear by polling or keep the webhook registered, until cancelled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.settings import BadSettings
from handlers.zalo_bot.client import Refusal
from handlers.zalo_bot.heard import Json
from handlers.zalo_bot.updates import Hear, listen, pause, tell

REGISTER_AGAIN = 600.0
"""Seconds between two looks whether Zalo still knows our webhook."""
SETTING = "TINBAO_ZALO_BOT_TOKEN"

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
    """Zalo does not know the token that is set; the message names the setting, not the token."""


class Calls(Protocol):
    """What is asked of the platform here; every call raises Refusal when it fails."""

    async def me(self) -> Json: ...
    async def update(self) -> Json | None: ...
    async def set_webhook(self, url: str, secret: str) -> None: ...
    async def webhook_url(self) -> str: ...
    async def drop_webhook(self) -> None: ...


async def serve(calls: Calls, hear: Hear, account: str, hearing: Hearing) -> None:
    """Until cancelled; raises WrongToken if Zalo refuses the token at the start."""
    await _insist(calls.me, account)
    if hearing.mode is Mode.WEBHOOK:
        await _keep_webhook(calls, account, hearing)
    else:
        await _insist(calls.drop_webhook, account)
        await listen(calls.update, hear, account)


async def _keep_webhook(calls: Calls, account: str, hearing: Hearing) -> None:
    """Registered anew at every start, for the secret may have changed; later only where it was lost."""
    failures, registered = 0, False
    while True:
        try:
            if not registered or await calls.webhook_url() != hearing.url:
                await calls.set_webhook(hearing.url, hearing.secret)
                registered = True
                log.info("bot %s: webhook registered", account)
        except Refusal as refused:
            failures += 1
            tell(refused, account, failures)
            await asyncio.sleep(max(refused.wait, pause(failures)))
        else:
            failures = 0
            await asyncio.sleep(REGISTER_AGAIN)


async def _insist(call: Callable[[], Awaitable[T]], account: str) -> T:
    """Zalo may be out of reach for hours: the rest of the hotline must not wait for it."""
    failures = 0
    while True:
        try:
            return await call()
        except Refusal as refused:
            if refused.code == 401:
                raise WrongToken(f"{SETTING}: Zalo does not know this token") from None
            failures += 1
            tell(refused, account, failures)
            await asyncio.sleep(max(refused.wait, pause(failures)))
