"""The citizens' bot as a channel: letters out through aiogram, files and updates in."""

import asyncio
from collections.abc import Sequence

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import AiogramError
from aiogram.types import LinkPreviewOptions
from aiogram.utils.token import TokenValidationError
from aiohttp import ClientError, web

from bot.domain.messages import Attachment, Letter
from bot.ports import Delivered, Fetched, FetchOutcome, NotFetched, Outcome, Refused, TooLarge, Traits, Words
from handlers.hearing import Hearing, Mode, WrongToken
from handlers.inlet import Inlet
from handlers.telegram_public.errors import of_aiogram, too_big
from handlers.telegram_public.keyboards import markup
from handlers.telegram_public.router import dispatcher
from handlers.telegram_public.wire import AiogramWire
from handlers.telegram_wire.heard.translate import Ear
from handlers.telegram_wire.letters.plan import Labels, Message
from handlers.telegram_wire.letters.sending import Sending
from handlers.telegram_wire.service import serve
from handlers.telegram_wire.taps import Taps
from handlers.telegram_wire.traits import LARGEST_DOWNLOAD, TELEGRAM
from handlers.telegram_wire.webhook import route

NAME = "telegram_public"
PATH = "/telegram/public"
SETTING = "TINBAO_TELEGRAM_PUBLIC_TOKEN"
SEND_SECONDS = 20
DOWNLOAD_SECONDS = 90
NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class TelegramPublic:
    """One public bot."""

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
        session = AiohttpSession(api=TelegramAPIServer.from_base(api_base), limit=128)
        try:
            self._bot = Bot(token, session=session)
        except TokenValidationError:
            raise WrongToken(f"{SETTING}: this is no bot token (digits, a colon, letters)") from None
        self.traits = traits
        self._hearing = hearing or Hearing()
        self._taps = Taps()
        self._sending = Sending(Labels.of(words))
        ear = Ear(NAME, str(self._bot.id))
        updates = dispatcher(ear, gate.hear, self._taps.tapped, gate.now)
        self.wire = AiogramWire(self._bot, updates, words, gate.hear, gate.now, NAME)

    @property
    def name(self) -> str:
        return NAME

    @property
    def account(self) -> str:
        return str(self._bot.id)

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
        await self._bot.session.close()

    async def send(self, letter: Letter) -> Outcome:
        return await self._sending.send(letter, self._send_one)

    async def _send_one(self, chat: int, message: Message) -> Outcome:
        try:
            sent = await self._bot.send_message(
                chat,
                message.text,
                reply_markup=markup(message),
                protect_content=message.protect or None,
                link_preview_options=NO_PREVIEW,
                request_timeout=SEND_SECONDS,
            )
        except AiogramError as error:
            return of_aiogram(error)
        return Delivered(str(sent.message_id))

    async def fetch(self, attachment: Attachment) -> FetchOutcome:
        if attachment.size is not None and attachment.size > LARGEST_DOWNLOAD:
            return TooLarge(attachment.size)
        try:
            file = await self._bot.get_file(attachment.ref, request_timeout=SEND_SECONDS)
            if file.file_path is None:
                return NotFetched(again=True)
            content = await self._bot.download_file(file.file_path, timeout=DOWNLOAD_SECONDS)
        except AiogramError as error:
            if too_big(error):
                return TooLarge(attachment.size)
            return NotFetched(again=not isinstance(of_aiogram(error), Refused))
        except (ClientError, TimeoutError):
            return NotFetched(again=True)
        return Fetched(content.read(), attachment.mime) if content else NotFetched(again=True)
