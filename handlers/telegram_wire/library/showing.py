"""A picture of a campaign, with the words that fit under it."""

from collections.abc import Callable
from typing import Any

from telegram import Bot, InputFile
from telegram.error import BadRequest, TelegramError

from bot.domain.messages import Enclosure
from bot.ports import Delivered, Outcome, Refused, Why
from handlers.telegram_wire.letters.plan import Message
from handlers.telegram_wire.library.buttons import markup
from handlers.telegram_wire.library.pictures import Pictures, kind_of


class Showing:
    """For one account; the words that no caption holds are another message's."""

    def __init__(self, bot: Bot, pictures: Pictures, outcome: Callable[[TelegramError], Outcome]) -> None:
        self._bot = bot
        self._pictures = pictures
        self._outcome = outcome

    async def show(self, chat: int, message: Message, picture: Enclosure, extra: dict[str, Any]) -> Outcome:
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
            sent = await self._bot.do_api_request(kind.method, wanted)
        except TelegramError as error:
            return self._refused(error)
        if isinstance(content, InputFile):
            await self._pictures.keep(picture, sent)
        return Delivered(str(sent["message_id"]))

    def _refused(self, error: TelegramError) -> Outcome:
        """A picture that is too large or unknown counts as content, so that the words go without it."""
        found = self._outcome(error)
        if isinstance(error, BadRequest) or "Entity Too Large" in error.message:
            return found if isinstance(found, Refused) else Refused(Why.CONTENT)
        return found
