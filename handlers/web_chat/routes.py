"""The citizens' page and what it speaks with."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path

from aiohttp import web

from bot.domain.messages import Address, Ask, Letter
from bot.ports import UnitOfWork
from handlers.web_chat import session
from handlers.web_chat.about import about
from handlers.web_chat.channel import address
from handlers.web_chat.heard import language
from handlers.web_chat.options import Chat
from handlers.web_chat.outreach import follow, poster
from handlers.web_chat.talking import bye, say, seen
from handlers.web_chat.uploads import upload
from handlers.web_wire.headers import COMMON, Handler, guarded
from handlers.web_wire.numbers import number
from handlers.web_wire.pages import assets
from handlers.web_wire.streams import Event

PAGE = Path(__file__).parent / "page"
SHOWN = 30
"""Letters on the page for browsers without scripts; older ones are taken as read."""


def routes(chat: Chat) -> list[web.RouteDef]:
    """All of them under `/`, `/chat/`, `/l/` (counted links) and `/tin/` (posters)."""

    files = assets(PAGE)

    def at(work: Callable[[Chat, web.Request], Awaitable[web.StreamResponse]]) -> Handler:
        async def answer(request: web.Request) -> web.StreamResponse:
            return await work(chat, request)

        return guarded(answer, chat.csp)

    return [
        web.get("/", at(page)),
        web.get("/chat/plain", at(plain)),
        web.get("/chat/assets/{name}", guarded(files, chat.csp)),
        web.get("/chat/stream", at(stream), allow_head=False),
        web.post("/chat/say", at(say)),
        web.post("/chat/file", at(upload)),
        web.post("/chat/seen", at(seen)),
        web.post("/chat/bye", at(bye)),
        web.get(r"/l/{run:\d{1,12}}/{code:[a-z0-9_]{1,16}}", at(follow), allow_head=False),
        web.get("/tin/{code}", at(poster)),
    ]


async def page(chat: Chat, request: web.Request) -> web.Response:
    """The page itself: it knows nobody and starts no conversation."""
    lang = language(request.query.get("lang", ""))
    return chat.pages.answer("chat.html", lang, await about(chat))


async def plain(chat: Chat, request: web.Request) -> web.Response:
    """The conversation for browsers without scripts."""
    who = session.person(request)
    letters = await _letters(chat, who) if who else ()
    values = {**await about(chat), "letters": letters}
    return chat.pages.answer("plain.html", language(request.query.get("lang", "")), values)


async def _letters(chat: Chat, who: str) -> Sequence[Letter]:
    now = chat.clock()

    def work(uow: UnitOfWork) -> Sequence[Letter]:
        letters = uow.outbox.waiting_for(address(who), 0, 10 * SHOWN)
        if len(letters) > SHOWN:
            uow.outbox.seen(address(who), letters[-SHOWN - 1].id, now)
        return letters[-SHOWN:]

    return await chat.door.ask(work)


async def stream(chat: Chat, request: web.Request) -> web.StreamResponse:
    """Letters as they are committed; 204 for somebody without a conversation, which ends the asking."""
    who = session.person(request)
    if who is None:
        return web.Response(status=204)
    news = _News(chat, address(who), _after(request))
    headers = {**COMMON, "Content-Security-Policy": chat.csp}
    with chat.door.listen(address(who)) as woken:
        network = session.digest(chat.options.network(request))
        return await chat.streams.pour(request, headers, who, woken, news, network=network)


class _News:
    """Letters not yet written to this stream."""

    def __init__(self, chat: Chat, to: Address, after: int) -> None:
        self._chat = chat
        self._to = to
        self._after = after

    async def __call__(self) -> Sequence[Event]:
        letters = await self._chat.door.look(lambda uow: uow.outbox.waiting_for(self._to, self._after))
        if letters:
            self._after = letters[-1].id
        return [Event("letter", as_json(letter), letter.id) for letter in letters]


def as_json(letter: Letter) -> Mapping[str, object]:
    """A letter as the page's script reads it."""
    return {
        "id": letter.id,
        "text": letter.text,
        "buttons": [[{"text": b.text, "tap": b.tap, "url": b.url} for b in row] for row in letter.buttons],
        "ask": letter.ask if letter.ask in (Ask.LOCATION, Ask.PHOTO) else "",
        "at": letter.at.isoformat() if letter.at else "",
    }


def _after(request: web.Request) -> int:
    """Where the reader was cut off."""
    return number(request.headers.get("Last-Event-ID") or request.query.get("after", "")) or 0
