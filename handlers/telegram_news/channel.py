"""The awareness account as a channel: campaigns out through python-telegram-bot, and whatever people write to it in."""

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final, Protocol

from telegram.error import TelegramError

from bot.domain.messages import Lane, Letter
from bot.ports import Outcome, Traits, Words
from handlers.hearing import Hearing
from handlers.inlet import Inlet
from handlers.telegram_wire.letters.plan import MOST_TEXTS, Labels, Message
from handlers.telegram_wire.letters.sending import Sending
from handlers.telegram_wire.library.bot import NO_PREVIEW, SEND, LibraryBot, words_of
from handlers.telegram_wire.library.buttons import markup
from handlers.telegram_wire.library.pictures import Pictures, Shelf
from handlers.telegram_wire.library.showing import Showing
from handlers.telegram_wire.profile import NEWS as ABOUT_NEWS
from handlers.telegram_wire.ptb import of_campaign
from handlers.telegram_wire.traits import NEWS

NAME: Final = "telegram_news"
PATH: Final = "/telegram/news"
PAID: Final = {"allow_paid_broadcast": True}


class Door(Inlet, Shelf, Protocol):
    """The gate, as far as this account needs it."""


class TelegramNews(LibraryBot):
    """Where it shares the token of the public bot (`listens=False`) it only speaks: one token has one reader."""

    NAME = NAME
    PATH = PATH
    SETTING = "TINBAO_TELEGRAM_NEWS_TOKEN"
    ABOUT = ABOUT_NEWS

    def __init__(
        self,
        token: str,
        gate: Door,
        words: Words,
        *,
        api_base: str = "https://api.telegram.org",
        hearing: Hearing | None = None,
        traits: Traits = NEWS,
        paid: bool = False,
        listens: bool = True,
        name: str = NAME,
    ) -> None:
        self._name = name
        self._paid = paid
        super().__init__(token, gate, words, api_base=api_base, hearing=hearing, traits=traits)
        self._sending = Sending(Labels.of(words), pictures=True)
        self._listens = listens
        self._album = Showing(self.bot, Pictures(name, self.account, gate), self._outcome)

    def _free_rate(self, traits: Traits) -> float:
        return NEWS.per_second if self._paid else traits.per_second

    @property
    def name(self) -> str:
        return self._name

    async def run(self) -> None:
        if self._listens:
            await super().run()
            return
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            await self.end()

    async def send(self, letter: Letter) -> Outcome:
        """Only campaigns are paid for: what people ask is answered within the free rate."""
        extra = PAID if self._paid and letter.lane is Lane.CAMPAIGN else {}

        async def send_one(chat: int, message: Message) -> Outcome:
            if message.picture is not None:
                return await self._album.show(chat, message, message.picture, extra)
            words = (
                words_of(chat, message) if letter.run is None else {"chat_id": chat, **_words_of_all(message)}
            )
            return await self._ask(SEND, words | extra)

        return await self._sending.send(letter, send_one)

    def _outcome(self, error: TelegramError) -> Outcome:
        return of_campaign(error)


@lru_cache(MOST_TEXTS)
def _words_of_all(message: Message) -> Mapping[str, Any]:
    """The parameters of a campaign's sendMessage but for the chat, plain, so that they are made once for all.

    Without a keyboard of its own it puts none away that somebody is just being offered.
    """
    words: dict[str, Any] = {"text": message.text, "link_preview_options": NO_PREVIEW}
    if message.buttons:
        words["reply_markup"] = markup(message).to_dict()
    return words
