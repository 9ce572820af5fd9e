"""The bot's service: reach Zalo, then hear by polling or keep the webhook registered, until cancelled."""

from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from handlers.hearing import Hearing, Mode, WrongToken, insist, keep_webhook
from handlers.zalo_bot.client import Refusal
from handlers.zalo_bot.heard import Json
from handlers.zalo_bot.updates import Hear, listen, tell

SETTING = "TINBAO_ZALO_BOT_TOKEN"

T = TypeVar("T")


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
        await keep_webhook(calls, account, hearing, Refusal, _told(account), known=False)
    else:
        await _insist(calls.drop_webhook, account)
        await listen(calls.update, hear, account)


def _told(account: str) -> Callable[[Refusal, int], None]:
    return lambda refused, failures: tell(refused, account, failures)


async def _insist(call: Callable[[], Awaitable[T]], account: str) -> T:
    """Raises WrongToken."""

    def told(refused: Refusal, failures: int) -> None:
        if refused.code == 401:
            raise WrongToken(f"{SETTING}: Zalo does not know this token") from None
        tell(refused, account, failures)

    return await insist(call, Refusal, told)
