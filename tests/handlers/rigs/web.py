"""Both pages: nobody sends there, people come and fetch."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from itertools import count

from aiohttp import ClientSession, CookieJar, FormData

from bot.domain.messages import HeardKind, Letter
from bot.ports import NewLetter
from handlers.http import Http
from handlers.web_chat.channel import WebChat
from handlers.web_chat.options import Chat
from handlers.web_chat.routes import PAGE
from handlers.web_chat.routes import routes as chat_routes
from handlers.web_desk.channel import WebDesk
from handlers.web_desk.channel import address as of_officer
from handlers.web_desk.desk import Desk
from handlers.web_desk.notices import notice
from handlers.web_desk.routes import TEMPLATES
from handlers.web_desk.routes import routes as desk_routes
from handlers.web_wire.pages import Pages
from handlers.web_wire.streams import Streams
from storage.engine import SqlStore
from tests.handlers.office import office, running, wall_clock
from tests.handlers.rigs.rig import Listening, Rig, Shown, Went
from tests.handlers.web import Browser

_numbers = count(1)
PULLED = "nothing is sent: the page fetches its letters"
NEVER = {went: PULLED for went in Went if went is not Went.CHAT_WAITS}
OURS = "our own page offers no such thing"
NOT_ON_THE_PAGE = (
    HeardKind.LIVE_LOCATION,
    HeardKind.CONTACT,
    HeardKind.STICKER,
    HeardKind.POLL,
    HeardKind.EDITED,
    HeardKind.GROUP,
    HeardKind.UNBLOCKED,
    HeardKind.UNSUPPORTED,
    HeardKind.NOTICE,
)
FORMS = "officers press buttons of pages and fill in forms: nothing is heard as a message"


@asynccontextmanager
async def web_chat(store: SqlStore) -> AsyncIterator[Rig]:
    tools = office(store)
    gate = Listening(store, tools, wall_clock)
    streams = Streams()
    chat = Chat(gate, Pages(PAGE, tools.words), streams, wall_clock, tools.assess)
    async with _served(gate, streams, chat_routes(chat)) as url, _browser(url) as browser:
        await browser.says("chào")
        to = gate.heard[0].sender
        store.write(lambda uow: uow.inbox.mark(uow.inbox.oldest(to).id))  # type: ignore[union-attr]

        async def shows() -> None:
            form = FormData()
            form.add_field("id", f"upload-{next(_numbers)}")
            form.add_field("file", b"\xff\xd8 pixels", filename="a.jpg", content_type="image/jpeg")
            async with browser.session.post("/chat/file", data=form, allow_redirects=False) as answer:
                assert answer.status in (202, 303), answer.status

        async def leaves() -> None:
            async with browser.session.post("/chat/bye?quiet=1") as answer:
                assert answer.status == 204

        async def shown() -> Sequence[Shown]:
            waiting = store.read(lambda uow: uow.outbox.waiting_for(to, 0))
            found = await browser.hears(len(waiting))
            return [
                Shown(str(one["text"]), tuple(b["text"] for row in one["buttons"] for b in row))
                for one in found
            ]  # type: ignore[attr-defined]

        yield Rig(
            channel=WebChat(),
            to=to,
            does={
                HeardKind.TEXT: lambda: browser.says("bạn em bị đánh"),
                HeardKind.TAP: lambda: browser.says("", tap="q:1:kind:violence"),
                HeardKind.LOCATION: lambda: browser.says("", lat=12.66, lon=108.05),
                HeardKind.START: lambda: browser.says("", start=True),
                HeardKind.MEDIA: shows,
                HeardKind.BLOCKED: leaves,
            },
            cannot=dict.fromkeys(NOT_ON_THE_PAGE, OURS),
            heard=gate.heard,
            shown=shown,
            goes_wrong={Went.CHAT_WAITS: lambda: None},
            never=NEVER,
            hear=_nothing,
            post=lambda letter: _posted(store, letter),
        )


@asynccontextmanager
async def web_desk(store: SqlStore) -> AsyncIterator[Rig]:
    tools = office(store)
    gate = Listening(store, tools, wall_clock)
    streams = Streams()
    desk = Desk(gate, tools, Pages(TEMPLATES, tools.words), streams, wall_clock, (), demo=True)
    officer = store.read(lambda uow: uow.office.roster()).officers[0]
    to = of_officer(officer.id)
    store.write(lambda uow: uow.office.enrol(officer.id, to, wall_clock()))
    async with _served(gate, streams, desk_routes(desk)) as url, _browser(url) as browser:
        await browser.enters(officer)

        async def shown() -> Sequence[Shown]:
            async with browser.session.get("/desk") as answer:
                page = await answer.text()
            letters = store.read(lambda uow: uow.outbox.waiting_for(to, 0))
            told = [notice(desk, officer, letter) for letter in letters]
            assert all(one.text in page for one in told)
            return [Shown(one.text, tuple(f"Vụ {case}" for case in one.cases)) for one in told]

        yield Rig(
            channel=WebDesk(),
            to=to,
            does={},
            cannot=dict.fromkeys(HeardKind, FORMS),
            heard=gate.heard,
            shown=shown,
            goes_wrong={Went.CHAT_WAITS: lambda: None},
            never=NEVER,
            post=lambda letter: _posted(store, letter),
        )


async def _posted(store: SqlStore, letter: Letter) -> int:
    new = NewLetter(letter.lane, letter.to, letter.text, letter.buttons)
    return store.write(lambda uow: uow.outbox.post(new, wall_clock()))


@asynccontextmanager
async def _served(gate: Listening, streams: Streams, routes: Sequence[object]) -> AsyncIterator[str]:
    """Turns are not taken: what is heard stays in the inbox."""
    http = Http("127.0.0.1", 0, gate, routes)  # type: ignore[arg-type]
    async with running(http):
        try:
            yield f"http://127.0.0.1:{await http.ready()}"
        finally:
            streams.close()
    gate.close()


@asynccontextmanager
async def _browser(url: str) -> AsyncIterator[Browser]:
    async with ClientSession(url, cookie_jar=CookieJar(unsafe=True)) as session:
        yield Browser(session)


async def _nothing() -> None:
    """The server has brought it already."""
