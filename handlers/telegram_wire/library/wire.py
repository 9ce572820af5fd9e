"""The bot's calls through python-telegram-bot, as the shared service wants them."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from telegram import BotCommand, Update
from telegram.error import TelegramError

from bot.domain.messages import Heard
from bot.ports import Words
from handlers.telegram_wire.heard.translate import Ear
from handlers.telegram_wire.heard.unread import unread
from handlers.telegram_wire.library.application import App
from handlers.telegram_wire.profile import About, profiles
from handlers.telegram_wire.ptb import ptb_trouble
from handlers.telegram_wire.updates import POLL_SECONDS, WANTED, Json

T = TypeVar("T")
ANSWER_SECONDS = 15
ODD = (TelegramError, LookupError, TypeError, ValueError, AttributeError, ArithmeticError, OSError)
"""What the library and our reading of it raise over an update of another shape than they know."""
RAW_UPDATES = "getupdates"
"""In lower case (the Bot API takes any): unparsed, so that one odd update does not hide its batch."""


class PtbWire:
    """One bot's wire; see `handlers.telegram_wire.service.Wire`."""

    def __init__(
        self,
        application: App,
        ear: Ear,
        words: Words,
        about: About,
        hear: Callable[[Heard], Awaitable[None]],
        tapped: Callable[[str], None],
        now: Callable[[], datetime],
    ) -> None:
        self._application = application
        self._bot = application.bot
        self._ear = ear
        self._words = words
        self._about = about
        self._hear = hear
        self._tapped = tapped
        self._now = now

    @property
    def account(self) -> str:
        return self._ear.account

    async def reach(self) -> None:
        await _asked(self._application.initialize())

    async def introduce(self) -> None:
        for about in profiles(self._about, self._words):
            lang = about.language or None
            commands = [BotCommand(name, text) for name, text in about.commands]
            await _asked(self._bot.set_my_commands(commands, language_code=lang))
            await _asked(self._bot.set_my_description(about.description, language_code=lang))
            await _asked(self._bot.set_my_short_description(about.short, language_code=lang))

    async def updates(self, offset: int) -> Sequence[Json]:
        wanted: dict[str, Any] = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": list(WANTED)}
        call = self._bot.do_api_request(RAW_UPDATES, wanted, read_timeout=POLL_SECONDS + ANSWER_SECONDS)
        answer: Sequence[Json] = await _asked(call)
        return answer

    async def set_webhook(self, url: str, secret: str) -> None:
        await _asked(self._bot.set_webhook(url, secret_token=secret, allowed_updates=WANTED))

    async def webhook_url(self) -> str:
        url: str = (await _asked(self._bot.get_webhook_info())).url
        return url

    async def drop_webhook(self) -> None:
        await _asked(self._bot.delete_webhook(drop_pending_updates=False))

    async def hear(self, update: Json) -> None:
        """By hand and not through the application's handlers: those swallow what a handler raises."""
        heard = self._heard(update)
        if heard is not None:
            await self._hear(heard)
        if isinstance(query := update.get("callback_query"), dict):
            self._tapped(str(query.get("id", "")))

    def _heard(self, raw: Json) -> Heard | None:
        """What cannot be read is heard all the same: it would come again and again, before everybody else's."""
        try:
            return self._read(Update.de_json(raw, self._bot))
        except ODD:
            return unread(raw, self._ear.channel, self.account, self._now())

    def _read(self, update: Update) -> Heard | None:
        if (message := update.message) is not None:
            return self._ear.message(message, update.update_id)
        if (edited := update.edited_message) is not None:
            return self._ear.message(edited, update.update_id, edited=True)
        if (query := update.callback_query) is not None:
            return self._ear.tap(query, update.update_id, self._now())
        if (change := update.my_chat_member) is not None:
            return self._ear.membership(change, update.update_id)
        return None

    async def answer_tap(self, query: str) -> None:
        """Stops the button's spinning; a query that is too old is no harm."""
        try:
            await self._bot.answer_callback_query(query)
        except TelegramError:
            return


async def _asked(call: Awaitable[T]) -> T:
    try:
        return await call
    except TelegramError as error:
        raise ptb_trouble(error) from None
