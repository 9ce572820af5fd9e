"""The bot's calls through aiogram, as the shared service wants them."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from aiogram import Bot, Dispatcher
from aiogram.exceptions import AiogramError
from aiogram.methods import TelegramMethod
from aiogram.types import BotCommand, Update
from aiogram.types.update import UpdateTypeLookupError
from pydantic import ValidationError

from bot.domain.messages import Heard
from bot.ports import Words
from handlers.telegram_public.errors import trouble
from handlers.telegram_wire.heard.unread import unread
from handlers.telegram_wire.profile import CITIZENS, profiles
from handlers.telegram_wire.updates import POLL_SECONDS, WANTED, Json

T = TypeVar("T")
ANSWER_SECONDS = 15


class RawUpdates(TelegramMethod[list[dict[str, Any]]]):
    """getUpdates unparsed: one update that aiogram cannot read must not hide the others of its batch."""

    __returning__ = list[dict[str, Any]]
    __api_method__ = "getUpdates"

    offset: int
    timeout: int
    allowed_updates: list[str]


class AiogramWire:
    """One bot's wire; see `handlers.telegram_wire.service.Wire`."""

    def __init__(
        self,
        bot: Bot,
        dispatcher: Dispatcher,
        words: Words,
        hear: Callable[[Heard], Awaitable[None]],
        now: Callable[[], datetime],
        channel: str,
    ) -> None:
        self._bot = bot
        self._dispatcher = dispatcher
        self._words = words
        self._hear = hear
        self._now = now
        self._channel = channel

    @property
    def account(self) -> str:
        return str(self._bot.id)

    async def reach(self) -> None:
        await _asked(self._bot.get_me())

    async def introduce(self) -> None:
        for about in profiles(CITIZENS, self._words):
            lang = about.language or None
            commands = [BotCommand(command=name, description=text) for name, text in about.commands]
            await _asked(self._bot.set_my_commands(commands, language_code=lang))
            await _asked(self._bot.set_my_description(about.description, language_code=lang))
            await _asked(self._bot.set_my_short_description(about.short, language_code=lang))

    async def updates(self, offset: int) -> Sequence[Json]:
        poll = RawUpdates(offset=offset, timeout=POLL_SECONDS, allowed_updates=list(WANTED))
        return await _asked(self._bot(poll, request_timeout=POLL_SECONDS + ANSWER_SECONDS))

    async def set_webhook(self, url: str, secret: str) -> None:
        await _asked(self._bot.set_webhook(url, secret_token=secret, allowed_updates=list(WANTED)))

    async def webhook_url(self) -> str:
        return (await _asked(self._bot.get_webhook_info())).url

    async def drop_webhook(self) -> None:
        await _asked(self._bot.delete_webhook(drop_pending_updates=False))

    async def hear(self, update: Json) -> None:
        try:
            parsed = Update.model_validate(update, context={"bot": self._bot})
            # aiogram prints an update of unknown type, words and all: it must not get that far
            _ = parsed.event_type
        except (ValidationError, UpdateTypeLookupError):
            heard = unread(update, self._channel, self.account, self._now())
            if heard is not None:
                await self._hear(heard)
            return
        await self._dispatcher.feed_update(self._bot, parsed)

    async def answer_tap(self, query: str) -> None:
        """Stops the button's spinning; a query that is too old is no harm."""
        try:
            await self._bot.answer_callback_query(query, request_timeout=ANSWER_SECONDS)
        except AiogramError:
            return


async def _asked(call: Awaitable[T]) -> T:
    try:
        return await call
    except AiogramError as error:
        raise trouble(error) from None
