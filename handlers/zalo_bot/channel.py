"""The Zalo bot as a channel: letters out as plain texts, words, pictures and voices in."""

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from aiohttp import web

from bot.domain.messages import Attachment, Lane, Letter
from bot.ports import Delivered, FetchOutcome, Outcome, Refused, Traits, Why
from handlers.hearing import Hearing, Mode
from handlers.inlet import Inlet
from handlers.sending import Sending
from handlers.zalo_bot.client import Client, Refusal
from handlers.zalo_bot.heard import EVENTS, GROUP_PERSON, NAME, Json, heard
from handlers.zalo_bot.outcomes import outcome
from handlers.zalo_bot.pictures import Pictures
from handlers.zalo_bot.plan import Message, plan
from handlers.zalo_bot.service import serve
from handlers.zalo_bot.traits import ZALO_BOT
from handlers.zalo_bot.webhook import routes
from handlers.zalo_bot.writing import Writing
from handlers.zalo_wire.media import Media, Rules

PATH = "/zalo/bot"
WITHHELD = "message.unsupported.received"


class ZaloBot:
    """One bot on Zalo's Bot Platform."""

    def __init__(
        self,
        token: str,
        gate: Inlet,
        *,
        api_base: str = "https://bot-api.zaloplatforms.com",
        hearing: Hearing | None = None,
        media: Rules | None = None,
        pictures: Pictures | None = None,
        traits: Traits = ZALO_BOT,
        count: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`pictures`: where Zalo can fetch them; `count` takes names of what is counted: no words, no ids."""
        self.traits = traits
        self._account = token.partition(":")[0]
        self._gate = gate
        self._hearing = hearing or Hearing()
        self._client = Client(token, api_base)
        self._media = Media(media or Rules())
        self._pictures = pictures
        self._writing = Writing(self._client.typing)
        self._count = count
        self._sending = Sending()

    @property
    def name(self) -> str:
        return NAME

    @property
    def account(self) -> str:
        return self._account

    def routes(self) -> Sequence[web.RouteDef]:
        """The webhook's, if it is wanted, and where pictures stand."""
        shown = () if self._pictures is None else self._pictures.routes()
        if self._hearing.mode is Mode.POLLING:
            return shown
        return (*routes(PATH, self._hearing.secret, self.hear, self._counted), *shown)

    async def run(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._writing.run())
                group.create_task(serve(self._client, self.hear, self._account, self._hearing))
        finally:
            await self.close()

    async def close(self) -> None:
        """Lets what is in flight arrive, for a short while."""
        await self._sending.end()
        await self._client.close()
        await self._media.close()

    # --- in ---

    async def hear(self, update: Json) -> None:
        """Returns when it is in the inbox; raises NotTaken."""
        event = str(update.get("event_name", ""))
        if event not in EVENTS:
            self._counted("unknown_event")
        said = heard(update, self._account, self._gate.now())
        if said is None:
            self._counted("nobody")
            return
        await self._gate.hear(said)
        self._counted("withheld" if event == WITHHELD else "heard")
        if not said.sender.person.startswith(GROUP_PERSON):
            self._writing.waits(said.sender.person)

    async def fetch(self, attachment: Attachment) -> FetchOutcome:
        return await self._media.fetch(attachment)

    # --- out ---

    async def send(self, letter: Letter) -> Outcome:
        self._writing.answered(letter.to.person)
        picture = "" if self._pictures is None else self._pictures.address(letter.enclosure)
        return await self._sending.send_all(letter, plan(letter, picture), partial(self._say, letter))

    async def _say(self, letter: Letter, message: Message) -> Outcome:
        told = await self._say_once(letter, message)
        if message.picture and told == Refused(Why.CONTENT):
            # a picture that Zalo cannot fetch costs nobody the words below it
            return await self._say_once(letter, Message(message.text))
        return told

    async def _say_once(self, letter: Letter, message: Message) -> Outcome:
        chat = letter.to.person.removeprefix(GROUP_PERSON)
        try:
            if message.picture:
                return Delivered(await self._client.send_photo(chat, message.picture, message.text))
            return Delivered(await self._client.send_message(chat, message.text))
        except Refusal as refused:
            self._counted(f"refused_{refused.code}")
            return outcome(refused, urgent=letter.lane is Lane.ALERT)

    def _counted(self, what: str) -> None:
        self._count(f"zalo_bot_{what}")
