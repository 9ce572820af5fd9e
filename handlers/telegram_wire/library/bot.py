"""A Telegram account that python-telegram-bot speaks for: letters out, files in, updates heard."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiohttp import web
from telegram.error import TelegramError

from bot.domain.messages import Attachment, Letter
from bot.ports import Delivered, Fetched, FetchOutcome, NotFetched, Outcome, Refused, TooLarge, Traits, Words
from handlers.hearing import Hearing, Mode
from handlers.inlet import Inlet
from handlers.telegram_wire.heard.translate import Ear
from handlers.telegram_wire.letters.plan import Labels, Message
from handlers.telegram_wire.letters.sending import Sending
from handlers.telegram_wire.library.application import build
from handlers.telegram_wire.library.buttons import markup
from handlers.telegram_wire.library.showing import Showing
from handlers.telegram_wire.library.wire import PtbWire
from handlers.telegram_wire.profile import About
from handlers.telegram_wire.ptb import of_ptb
from handlers.telegram_wire.request import AiohttpRequest
from handlers.telegram_wire.service import serve
from handlers.telegram_wire.taps import Taps
from handlers.telegram_wire.traits import LARGEST_DOWNLOAD
from handlers.telegram_wire.webhook import route

DOWNLOAD_SECONDS = 90
SEND = "sendmessage"
"""In lower case for the raw answer: only its number is needed, and the library's Message costs as much again."""
NO_PREVIEW = {"is_disabled": True}
"""LinkPreviewOptions, plain: the library's own would be taken apart again for every letter."""


class LibraryBot:
    """What the accounts of this library have in common; each names itself."""

    NAME = ""
    PATH = ""
    """Of its webhook."""
    SETTING = ""
    """The setting that holds its token, for whoever must mend it."""
    ABOUT: About

    def __init__(
        self, token: str, gate: Inlet, words: Words, *, api_base: str, hearing: Hearing | None, traits: Traits
    ) -> None:
        self._account = token.partition(":")[0]
        self._request = AiohttpRequest()
        application = build(token, self.SETTING, api_base, self._free_rate(traits), self._request)
        self.bot = application.bot
        self.traits = traits
        self._hearing = hearing or Hearing()
        self._taps = Taps()
        self._sending = Sending(Labels.of(words))
        self._showing: Showing | None = None
        ear = Ear(self.NAME, self._account)
        self.wire = PtbWire(application, ear, words, self.ABOUT, gate.hear, self._taps.tapped, gate.now)

    def _free_rate(self, traits: Traits) -> float:
        """Letters a second that nobody pays for."""
        return traits.per_second

    @property
    def name(self) -> str:
        return self.NAME

    @property
    def account(self) -> str:
        return self._account

    def routes(self) -> Sequence[web.RouteDef]:
        """The webhook's, if it is wanted."""
        if self._hearing.mode is Mode.POLLING:
            return ()
        return (route(self.PATH, self._hearing.secret, self.wire.hear),)

    async def run(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._taps.run(self.wire.answer_tap))
                group.create_task(serve(self.wire, self._hearing, self.SETTING))
        finally:
            await self.end()

    async def end(self) -> None:
        """Lets what is in flight arrive, then closes the connections."""
        await self._sending.end()
        await self.close()

    async def close(self) -> None:
        await self._request.shutdown()

    async def send(self, letter: Letter) -> Outcome:
        return await self._sending.send(letter, self._send_one)

    async def _send_one(self, chat: int, message: Message) -> Outcome:
        if message.picture is not None and self._showing is not None:
            return await self._showing.show(chat, message, message.picture, {})
        return await self._ask(SEND, words_of(chat, message))

    async def _ask(self, method: str, wanted: dict[str, Any]) -> Outcome:
        try:
            sent = await self.bot.do_api_request(method, wanted)
        except TelegramError as error:
            return self._outcome(error)
        return Delivered(str(sent["message_id"]))

    def _outcome(self, error: TelegramError) -> Outcome:
        return of_ptb(error)

    async def fetch(self, attachment: Attachment) -> FetchOutcome:
        if attachment.size is not None and attachment.size > LARGEST_DOWNLOAD:
            return TooLarge(attachment.size)
        try:
            file = await self.bot.get_file(attachment.ref)
            content = bytes(await file.download_as_bytearray(read_timeout=DOWNLOAD_SECONDS))
        except TelegramError as error:
            if "too big" in error.message.lower():
                return TooLarge(attachment.size)
            return NotFetched(again=not isinstance(of_ptb(error), Refused))
        return Fetched(content, attachment.mime)


def words_of(chat: int, message: Message) -> dict[str, Any]:
    """The parameters of a sendMessage."""
    wanted: dict[str, Any] = {
        "chat_id": chat,
        "text": message.text,
        "reply_markup": markup(message),
        "link_preview_options": NO_PREVIEW,
    }
    if message.protect:
        wanted["protect_content"] = True
    return wanted
