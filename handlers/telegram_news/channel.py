"""The awareness account as a channel: campaigns out through python-telegram-bot, and whatever people write to it in."""

import asyncio
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Final

from telegram import InputFile
from telegram.error import BadRequest, TelegramError

from bot.domain.messages import Enclosure, Lane, Letter
from bot.ports import Delivered, Outcome, Refused, Traits, Why, Words
from handlers.telegram_news.pictures import Door, Pictures, kind_of
from handlers.telegram_wire.letters.plan import MOST_TEXTS, Labels, Message
from handlers.telegram_wire.letters.sending import Sending
from handlers.telegram_wire.library.bot import NO_PREVIEW, SEND, LibraryBot, words_of
from handlers.telegram_wire.library.buttons import markup
from handlers.telegram_wire.profile import NEWS as ABOUT_NEWS
from handlers.telegram_wire.ptb import of_campaign
from handlers.telegram_wire.service import Hearing
from handlers.telegram_wire.traits import NEWS

NAME: Final = "telegram_news"
PATH: Final = "/telegram/news"
PAID: Final = {"allow_paid_broadcast": True}


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
        self._pictures = Pictures(name, self.account, gate)

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
                return await self._show(chat, message, message.picture, extra)
            words = (
                words_of(chat, message) if letter.run is None else {"chat_id": chat, **_words_of_all(message)}
            )
            return await self._ask(SEND, words | extra)

        return await self._sending.send(letter, send_one)

    def _outcome(self, error: TelegramError) -> Outcome:
        return of_campaign(error)

    # --- pictures ---

    async def _show(self, chat: int, message: Message, picture: Enclosure, extra: dict[str, Any]) -> Outcome:
        ref = await self._pictures.ref(picture)
        if not ref:
            async with self._pictures.uploading(picture):
                ref = await self._pictures.ref(picture)
                if not ref:
                    return await self._upload(chat, message, picture, extra)
        outcome = await self._picture(chat, message, picture, ref, extra)
        if outcome != Refused(Why.CONTENT):
            return outcome
        self._pictures.forget(picture)
        return await self._upload(chat, message, picture, extra)

    async def _upload(
        self, chat: int, message: Message, picture: Enclosure, extra: dict[str, Any]
    ) -> Outcome:
        content = await self._pictures.content(picture)
        if content is None:
            return Refused(Why.CONTENT)
        return await self._picture(chat, message, picture, content, extra)

    async def _picture(
        self, chat: int, message: Message, picture: Enclosure, content: InputFile | str, extra: dict[str, Any]
    ) -> Outcome:
        kind = kind_of(picture)
        wanted: dict[str, Any] = {"chat_id": chat, kind.parameter: content, **extra}
        if message.text:
            wanted |= {"caption": message.text, "reply_markup": markup(message)}
        try:
            sent = await self.bot.do_api_request(kind.method, wanted)
        except TelegramError as error:
            return _refused_picture(error)
        if isinstance(content, InputFile):
            await self._pictures.keep(picture, sent)
        return Delivered(str(sent["message_id"]))


@lru_cache(MOST_TEXTS)
def _words_of_all(message: Message) -> Mapping[str, Any]:
    """The parameters of a campaign's sendMessage but for the chat, plain, so that they are made once for all.

    Without a keyboard of its own it puts none away that somebody is just being offered.
    """
    words: dict[str, Any] = {"text": message.text, "link_preview_options": NO_PREVIEW}
    if message.buttons:
        words["reply_markup"] = markup(message).to_dict()
    return words


def _refused_picture(error: TelegramError) -> Outcome:
    """A picture that is too large or unknown counts as content, so that the words go without it."""
    if isinstance(error, BadRequest) or "Entity Too Large" in error.message:
        found = of_campaign(error)
        return found if isinstance(found, Refused) else Refused(Why.CONTENT)
    return of_campaign(error)
