"""The officers' bot as a channel: cards and letters out through python-telegram-bot, commands and taps in."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiohttp import web
from telegram import LinkPreviewOptions
from telegram.error import TelegramError

from bot.domain.messages import Attachment, Letter
from bot.ports import Delivered, Fetched, FetchOutcome, NotFetched, Outcome, Refused, TooLarge, Traits, Words
from handlers.inlet import Inlet
from handlers.telegram_officers.application import SETTING, build
from handlers.telegram_officers.buttons import markup
from handlers.telegram_officers.wire import PtbWire
from handlers.telegram_wire.heard.translate import Ear
from handlers.telegram_wire.letters.plan import Labels, Message
from handlers.telegram_wire.letters.sending import Sending
from handlers.telegram_wire.ptb import of_ptb
from handlers.telegram_wire.request import AiohttpRequest
from handlers.telegram_wire.service import Hearing, Mode, serve
from handlers.telegram_wire.taps import Taps
from handlers.telegram_wire.traits import LARGEST_DOWNLOAD, TELEGRAM
from handlers.telegram_wire.webhook import route

NAME = "telegram_officers"
PATH = "/telegram/officers"
DOWNLOAD_SECONDS = 90
SEND = "sendmessage"
"""In lower case for the raw answer: only its number is needed, and the library's Message costs as much again."""
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramOfficers:
    """The officers' bot."""

    def __init__(
        self,
        token: str,
        gate: Inlet,
        words: Words,
        *,
        api_base: str = "https://api.telegram.org",
        hearing: Hearing | None = None,
        traits: Traits = TELEGRAM,
    ) -> None:
        self._account = token.partition(":")[0]
        self._request = AiohttpRequest()
        application = build(token, api_base, traits.per_second, self._request)
        self._bot = application.bot
        self.traits = traits
        self._hearing = hearing or Hearing()
        self._taps = Taps()
        self._sending = Sending(Labels.of(words))
        ear = Ear(NAME, self._account)
        self.wire = PtbWire(application, ear, words, gate.hear, self._taps.tapped, gate.now)

    @property
    def name(self) -> str:
        return NAME

    @property
    def account(self) -> str:
        return self._account

    def routes(self) -> Sequence[web.RouteDef]:
        """The webhook's, if it is wanted."""
        if self._hearing.mode is Mode.POLLING:
            return ()
        return (route(PATH, self._hearing.secret, self.wire.hear),)

    async def run(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._taps.run(self.wire.answer_tap))
                group.create_task(serve(self.wire, self._hearing, SETTING))
        finally:
            await self._sending.end()
            await self.close()

    async def close(self) -> None:
        await self._request.shutdown()

    async def send(self, letter: Letter) -> Outcome:
        return await self._sending.send(letter, self._send_one)

    async def _send_one(self, chat: int, message: Message) -> Outcome:
        wanted: dict[str, Any] = {
            "chat_id": chat,
            "text": message.text,
            "reply_markup": markup(message),
            "link_preview_options": NO_PREVIEW,
        }
        if message.protect:
            wanted["protect_content"] = True
        try:
            sent = await self._bot.do_api_request(SEND, wanted)
        except TelegramError as error:
            return of_ptb(error)
        return Delivered(str(sent["message_id"]))

    async def fetch(self, attachment: Attachment) -> FetchOutcome:
        if attachment.size is not None and attachment.size > LARGEST_DOWNLOAD:
            return TooLarge(attachment.size)
        try:
            file = await self._bot.get_file(attachment.ref)
            content = bytes(await file.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS))
        except TelegramError as error:
            if "too big" in error.message.lower():
                return TooLarge(attachment.size)
            return NotFetched(again=not isinstance(of_ptb(error), Refused))
        return Fetched(content, attachment.mime)
