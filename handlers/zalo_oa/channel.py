"""The Official Account as a channel: letters out through the OpenAPI, events in through the webhook."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from aiohttp import web

from bot.domain.messages import Address, Attachment, Enclosure, Lane, Letter, Line
from bot.ports import Deferred, Delivered, FetchOutcome, Outcome, Refused, Scope, TokenPair, Traits, Why
from bot.services.duty import alarms
from bot.services.tools import Tools
from handlers.books import Books
from handlers.zalo_oa.api.client import Answered, Bases, Client, Failed
from handlers.zalo_oa.api.errors import Fault, outcome, until_morning
from handlers.zalo_oa.api.oauth import OAuth
from handlers.zalo_oa.api.tokens import Keys
from handlers.zalo_oa.letters.answers import spent_of
from handlers.zalo_oa.letters.pictures import Pictures
from handlers.zalo_oa.letters.plan import Message, Sayings, body, path
from handlers.zalo_oa.letters.replies import Replies
from handlers.zalo_oa.letters.sending import Sending
from handlers.zalo_oa.letters.templates import Templates
from handlers.zalo_oa.letters.window import Windows
from handlers.zalo_oa.traits import LARGEST_DOWNLOAD, NAME, ZALO_OA
from handlers.zalo_wire.media import Media, Rules

THUMB_UP = "/-strong"
STRANGE = timedelta(days=1)
"""After so long with errors that nobody knows a letter is given up: what comes after it must not wait for ever."""


@dataclass(frozen=True, slots=True, repr=False)
class Account:
    """What the settings say of the Official Account."""

    oa_id: str
    oauth: OAuth
    bases: Bases
    first: TokenPair | None = None
    proof_secret: str = ""
    templates: Templates | None = None
    share_image: str = ""
    media: Rules = Rules()


class ZaloOa:
    """Citizens, collaborators and officers write to the same account."""

    def __init__(
        self,
        account: Account,
        books: Books,
        tools: Tools,
        *,
        routes: Sequence[web.AbstractRouteDef] = (),
        traits: Traits = ZALO_OA,
    ) -> None:
        self._account = account
        self._books = books
        self._tools = tools
        self._routes = tuple(routes)
        self.traits = traits
        self.keys = Keys(books, tools, account.oauth, account.oa_id, account.first)
        self.client = Client(self.keys, account.bases, proof_secret=account.proof_secret)
        self._sayings = Sayings.of(tools.words, account.share_image)
        self._windows = Windows(self.client, books, tools, account.templates or {})
        self._replies = Replies(self.client, books)
        self._sending = Sending(self._sayings)
        self._strange: dict[int, datetime] = {}
        """Letters that met such an error, and when first."""
        self._pictures = Pictures(self.client, books, account.oa_id)
        self._media = Media(account.media, LARGEST_DOWNLOAD)

    @property
    def name(self) -> str:
        return NAME

    @property
    def account(self) -> str:
        return self._account.oa_id

    def routes(self) -> Sequence[web.AbstractRouteDef]:
        """The webhook's."""
        return self._routes

    async def run(self) -> None:
        """Keeps the key fresh until cancelled; what is heard comes by the webhook."""
        try:
            await self.keys.keep(self.client.session)
        finally:
            await self._sending.end()
            await self.close()

    async def close(self) -> None:
        await self.client.close()
        await self._media.close()

    # --- letters ---

    async def send(self, letter: Letter) -> Outcome:
        """Asks the window and the replies left first: where there are none nothing is tried blindly."""
        if letter.react:
            return await self.react(letter.to, letter.react)
        way = await self._windows.way(letter.to)
        if way.contact is not None and way.contact.blocked:
            return Refused(Why.BLOCKED)
        if _sleeps(letter) and (night := until_morning(self._books.now())):
            return Deferred(night, Scope.CHAT, Why.NIGHT)
        if letter.outside and letter.approved is not None:
            return await self._windows.by_template(letter, letter.approved)
        urgent = letter.alert is not None
        if not await self._windows.is_open(letter.to, way.contact, urgent=urgent):
            return await self._windows.around(letter, way)
        if await self._replies.none_left(letter.to, way, urgent=urgent):
            return await self._windows.around(letter, way, Why.QUOTA)

        async def send_one(person: str, message: Message) -> Outcome:
            return await self._send_one(person, message, urgent=urgent)

        sent = self._given_up(letter, await self._sending.send(letter, send_one))
        if isinstance(sent, Delivered) or sent.why not in (Why.WINDOW, Why.QUOTA):
            return sent
        if sent.why is Why.WINDOW:
            await self._windows.closed(letter.to)
        found = await self._windows.around(letter, way, sent.why)
        return replace(found, spent=(*sent.spent, *found.spent))

    def _given_up(self, letter: Letter, sent: Outcome) -> Outcome:
        if not isinstance(sent, Deferred) or sent.why is not Why.UNKNOWN:
            self._strange.pop(letter.id, None)
            return sent
        now = self._books.now()
        if now - self._strange.setdefault(letter.id, now) < STRANGE:
            return sent
        del self._strange[letter.id]
        return Refused(Why.UNKNOWN, spent=sent.spent)

    async def _send_one(self, person: str, message: Message, *, urgent: bool) -> Outcome:
        if message.enclosure is not None:
            return await self._show(person, message, message.enclosure, urgent=urgent)
        answer = await self.client.post(path(person), body(person, message, self._sayings))
        if isinstance(answer, Answered):
            id_ = str(answer.data.get("message_id") or "")
            return Delivered(id_, (spent_of(answer, "cs"),), (id_,) if id_ else ())
        await self._alarm(answer)
        await self._replies.used_up(Address(NAME, self.account, person), answer.fault)
        return outcome(answer.fault, self._books.now(), urgent=urgent, wait=answer.wait)

    async def _show(self, person: str, message: Message, picture: Enclosure, *, urgent: bool) -> Outcome:
        """The picture with the words under it; the words alone where Zalo does not take it."""
        words = replace(message, enclosure=None)
        if ref := await self._pictures.ref(picture):
            shown = await self._send_one(person, replace(words, picture=ref), urgent=urgent)
            if shown != Refused(Why.CONTENT):
                return shown
            self._pictures.forget(picture)
        return await self._send_one(person, words, urgent=urgent)

    async def _alarm(self, failed: Failed) -> None:
        """What only an administrator can mend is told to people, once a day."""
        match failed.fault:
            case Fault.HUMAN | Fault.UNKNOWN | Fault.RENEW if failed.code:  # a new key did not help either
                code, line = "account", Line("alarm.zalo.account", {"code": failed.code})
            case Fault.QUOTA:
                code, line = "quota", Line("alarm.zalo.quota", {"code": failed.code})
            case _:
                return
        now = self._books.now()
        await self._books.ask(
            lambda uow: alarms.raise_alarm(uow, self._tools, f"{NAME}.{code}", line, now, avoid=NAME)
        )

    # --- what else the account can do ---

    async def react(self, to: Address, message_id: str, icon: str = THUMB_UP) -> Outcome:
        """A sign that a message arrived; costs nothing and opens nothing."""
        wanted = {
            "recipient": {"user_id": to.person},
            "sender_action": {"react_icon": icon, "react_message_id": message_id},
        }
        answer = await self.client.post("/v2.0/oa/message", wanted)
        if isinstance(answer, Answered):
            return Delivered(message_id)
        return outcome(answer.fault, self._books.now(), urgent=False, wait=answer.wait)

    async def fetch(self, attachment: Attachment) -> FetchOutcome:
        """From Zalo's own servers only, wherever the link leads."""
        return await self._media.fetch(attachment)


def _sleeps(letter: Letter) -> bool:
    """Campaigns do not go out at night; a template may that was not approved as advertising (an urgent notice)."""
    if letter.outside and letter.approved is not None:
        return letter.approved.promotional
    return letter.lane is Lane.CAMPAIGN
