"""The web pages as a browser without a screen meets them: real server, real services, real database."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from itertools import count

from aiohttp import ClientResponse, ClientSession, CookieJar

from bot.data.units import load_units
from bot.domain.messages import Address
from bot.domain.officers import Officer
from bot.domain.understanding import Unit
from bot.ports import Traits, UnitOfWork
from handlers.gate import Gate
from handlers.http import CONNECTIONS, Http
from handlers.web_chat.options import Chat, Limits, Options
from handlers.web_chat.routes import PAGE
from handlers.web_chat.routes import routes as chat_routes
from handlers.web_desk.desk import Desk
from handlers.web_desk.routes import TEMPLATES
from handlers.web_desk.routes import routes as desk_routes
from handlers.web_wire.pages import Pages
from handlers.web_wire.streams import STRANGERS, Streams
from storage.engine import SqlStore
from tests.handlers.office import office, running
from tests.stories.world import START
from tests.ticking import tick

_numbers = count(1)
BEATEN = "Cứu em với, bố đang đánh bạn em ở xã Ea Kao, chảy máu nhiều lắm"


@dataclass
class Site:
    """The pages on a free port; its clock stands still unless moved."""

    store: SqlStore
    url: str = ""
    now: datetime = START
    gate: Gate = field(init=False)

    def officer(self, code: str) -> Officer:
        roster = self.store.read(lambda uow: uow.office.roster())
        return next(one for one in roster.officers if one.code == code)

    @asynccontextmanager
    async def browser(self, **headers: str) -> AsyncIterator["Browser"]:
        jar = CookieJar(unsafe=True)  # on loopback addresses too
        async with ClientSession(self.url, cookie_jar=jar, headers=headers) as session:
            yield Browser(session)


@dataclass
class Browser:
    """Cookies of its own."""

    session: ClientSession

    async def says(self, text: str, **more: object) -> ClientResponse:
        said = {"id": f"message-{next(_numbers)}", "text": text, **more}
        async with self.session.post("/chat/say", json=said) as answer:
            await answer.read()
            return answer

    async def hears(self, letters: int, after: int = 0) -> list[dict[str, object]]:
        """So many letters from the stream, from where it was cut off."""
        found: list[dict[str, object]] = []
        headers = {"Last-Event-ID": str(after)} if after else {}
        async with asyncio.timeout(30), self.session.get("/chat/stream", headers=headers) as stream:
            async for line in stream.content:
                if line.startswith(b"data: "):
                    found.append(json.loads(line[6:]))
                if len(found) == letters:
                    break
        return found

    async def confirms(self, upto: object) -> None:
        async with self.session.post("/chat/seen", json={"upto": upto}) as answer:
            assert answer.status == 204

    async def enters(self, officer: Officer) -> str:
        """Logs in as the demo does; returns the token of the forms."""
        async with self.session.post("/desk/login", data={"officer": officer.id}) as answer:
            page = await answer.text()
        return page.split('name="csrf" value="')[1].split('"')[0]


@cache
def _communes() -> tuple[Unit, ...]:
    return tuple(unit for unit in load_units().communes if unit.province == "66")


def _everybody_on_the_desk(uow: UnitOfWork) -> None:
    for officer in uow.office.roster().officers:
        uow.office.enrol(officer.id, Address("web_desk", "main", str(officer.id)), START)


@asynccontextmanager
async def site(
    store: SqlStore,
    *,
    limits: Limits | None = None,
    demo: bool = True,
    secure: bool = False,
    traits: Mapping[str, Traits] | None = None,
    connections: int = CONNECTIONS,
    strangers: int = STRANGERS,
) -> AsyncIterator[Site]:
    """`traits`: of further channels; `strangers`: streams of people without a log-in."""
    tools = office(store)
    tools = replace(tools, traits={**tools.traits, **(traits or {})})
    place = Site(store)
    clock: Callable[[], datetime] = lambda: place.now  # noqa: E731
    place.gate = Gate(store, tools, clock, ticks=[tick])
    store.write(_everybody_on_the_desk)
    streams = Streams(strangers)
    chat = Chat(
        place.gate,
        Pages(PAGE, tools.words),
        streams,
        clock,
        tools.assess,
        Options(exit_url="https://weather.example/", secure=secure, demo=demo),
        limits or Limits(),
    )
    desk = Desk(place.gate, tools, Pages(TEMPLATES, tools.words), streams, clock, _communes(), demo=demo)
    routes = [*chat_routes(chat), *desk_routes(desk)]
    http = Http("127.0.0.1", 0, place.gate, routes, connections=connections)
    async with running(place.gate, http):
        place.url = f"http://127.0.0.1:{await http.ready()}"
        try:
            yield place
        finally:
            streams.close()
    place.gate.close()
