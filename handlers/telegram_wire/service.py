"""One bot's service: reach Telegram, then hear by polling or keep the webhook registered, until cancelled."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from handlers.hearing import Hearing, Mode, WrongToken, insist, keep_webhook
from handlers.telegram_wire.updates import ApiTrouble, Json, Trouble, by_chat, listen, tell


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
        await keep_webhook(wire, wire.account, hearing, ApiTrouble, _told(wire.account), known=True)
    else:
        await _insist(wire.drop_webhook, wire.account, setting)
        await listen(wire.updates, lambda updates: hear_all(wire, updates), wire.account)


def _told(account: str) -> Callable[[ApiTrouble, int], None]:
    return lambda failed, failures: tell(failed.trouble, account, failures)


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


async def _insist(call: Callable[[], Awaitable[None]], account: str, setting: str) -> None:
    """Raises WrongToken."""

    def told(failed: ApiTrouble, failures: int) -> None:
        if failed.trouble is Trouble.TOKEN:
            raise WrongToken(f"{setting}: Telegram does not know this token") from None
        tell(failed.trouble, account, failures)

    await insist(call, ApiTrouble, told)
