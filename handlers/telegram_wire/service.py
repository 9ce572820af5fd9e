"""One bot's service: reach Telegram, then hear by polling or keep the webhook registered, until cancelled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.settings import BadSettings
from handlers.telegram_wire.updates import ApiTrouble, Json, Trouble, by_chat, listen, pause, tell

REGISTER_AGAIN = 600.0
"""Seconds between two looks whether Telegram still knows our webhook."""

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
    """Telegram does not know the token that is set; the message names the setting, not the token."""


class Wire(Protocol):
    """One bot, through whichever library; every call raises ApiTrouble when it fails."""

    @property
    def account(self) -> str: ...
    async def reach(self) -> None:
        """getMe."""

    async def introduce(self) -> None:
        """Commands and descriptions."""

    async def updates(self, offset: int) -> Sequence[Json]: ...
    async def set_webhook(self, url: str, secret: str) -> None: ...
    async def webhook_url(self) -> str: ...
    async def drop_webhook(self) -> None: ...
    async def hear(self, update: Json) -> None:
        """Returns when the update is in the inbox; raises NotTaken."""


async def serve(wire: Wire, hearing: Hearing, setting: str) -> None:
    """Until cancelled; raises WrongToken if Telegram refuses the token at the start."""
    await _insist(wire.reach, wire.account, setting)
    async with asyncio.TaskGroup() as group:
        group.create_task(_introduce(wire))  # whoever has written already is heard meanwhile
        group.create_task(_hear(wire, hearing, setting))


async def _hear(wire: Wire, hearing: Hearing, setting: str) -> None:
    if hearing.mode is Mode.WEBHOOK:
        await _keep_webhook(wire, hearing)
    else:
        await _insist(wire.drop_webhook, wire.account, setting)
        await listen(wire.updates, lambda updates: hear_all(wire, updates), wire.account)


async def hear_all(wire: Wire, updates: Sequence[Json]) -> None:
    """People side by side, each person's words in order; raises NotTaken if any of them was not taken."""

    async def hear_in_order(chat: Sequence[Json]) -> None:
        for update in chat:
            await wire.hear(update)

    done = await asyncio.gather(*map(hear_in_order, by_chat(updates)), return_exceptions=True)
    for failure in done:
        if isinstance(failure, BaseException):
            raise failure


async def _introduce(wire: Wire) -> None:
    """A description that Telegram does not take must not keep anybody from being heard."""
    try:
        await wire.introduce()
    except ApiTrouble as failed:
        tell(failed.trouble, wire.account, 1)


async def _keep_webhook(wire: Wire, hearing: Hearing) -> None:
    failures = 0
    while True:
        try:
            if await wire.webhook_url() != hearing.url:
                await wire.set_webhook(hearing.url, hearing.secret)
                log.info("bot %s: webhook registered", wire.account)
        except ApiTrouble as trouble:
            failures += 1
            tell(trouble.trouble, wire.account, failures)
            await asyncio.sleep(max(trouble.wait, pause(failures)))
        else:
            failures = 0
            await asyncio.sleep(REGISTER_AGAIN)


async def _insist(call: Callable[[], Awaitable[None]], account: str, setting: str) -> None:
    """Telegram may be out of reach for hours: the rest of the hotline must not wait for it."""
    failures = 0
    while True:
        try:
            return await call()
        except ApiTrouble as trouble:
            if trouble.trouble is Trouble.TOKEN:
                raise WrongToken(f"{setting}: Telegram does not know this token") from None
            failures += 1
            tell(trouble.trouble, account, failures)
            await asyncio.sleep(max(trouble.wait, pause(failures)))
