"""The hotline's web pages on a free port of loopback: real services, real database, real server, in a thread."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from bot.data.units import load_units
from bot.domain.places import Gazetteer
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services import duty
from handlers.fetcher import Fetcher
from handlers.gate import Gate
from handlers.http import Http
from handlers.web_chat import channel as chat_channel
from handlers.web_chat import routes as chat_routes
from handlers.web_chat.options import Chat, Options
from handlers.web_desk import channel as desk_channel
from handlers.web_desk import routes as desk_routes
from handlers.web_desk.desk import Desk
from handlers.web_wire.pages import Pages
from handlers.web_wire.streams import Streams
from storage.engine import SqlStore, open_store
from tests.stories.office import demo_roster
from tests.stories.world import tools_for

T = TypeVar("T")
EXIT = "data:text/plain,weather"
START_SECONDS = 20


@dataclass
class Served:
    """A running office."""

    url: str
    store: SqlStore
    gate: Gate
    loop: asyncio.AbstractEventLoop
    exit_url: str

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return self.store.read(work)

    def officer(self, code: str) -> Officer:
        return next(one for one in self.read(lambda uow: uow.office.roster()).officers if one.code == code)

    def tick(self) -> None:
        """What the clock would do now."""
        asyncio.run_coroutine_threadsafe(self.gate.tick(), self.loop).result(START_SECONDS)


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """An office of its own until the end of the block."""
    store = open_store(f"sqlite:///{folder}/office.db", folder / "keys.json", folder / "files")
    store.write(lambda uow: uow.office.replace(demo_roster()))
    ready: threading.Event = threading.Event()
    found: list[Served] = []
    stop: list[Callable[[], object]] = []
    thread = threading.Thread(target=lambda: asyncio.run(_serve(store, found, stop, ready)), daemon=True)
    thread.start()
    assert ready.wait(START_SECONDS), "the server did not start"
    try:
        yield found[0]
    finally:
        found[0].loop.call_soon_threadsafe(stop[0])
        thread.join(START_SECONDS)
        store.close()


async def _serve(
    store: SqlStore, found: list[Served], stop: list[Callable[[], object]], ready: threading.Event
) -> None:
    loop = asyncio.get_running_loop()
    tools = replace(
        tools_for(store),
        traits={chat_channel.NAME: chat_channel.TRAITS, desk_channel.NAME: desk_channel.TRAITS},
    )
    gate = Gate(store, tools, lambda: datetime.now(UTC), ticks=[duty.tick])
    streams = Streams()
    away = asyncio.Event()
    exit_page = "/elsewhere"
    chat = Chat(
        gate,
        Pages(chat_routes.PAGE, tools.words),
        streams,
        gate.now,
        tools.assess,
        Options(exit_url=exit_page, demo=True),
    )
    communes = Gazetteer(load_units()).communes("66")
    desk = Desk(
        gate, tools, Pages(desk_routes.TEMPLATES, tools.words), streams, gate.now, communes, demo=True
    )
    http = Http("127.0.0.1", 0, gate, [*chat_routes.routes(chat), *desk_routes.routes(desk)])
    fetcher = Fetcher(gate, [chat_channel.WebChat(gate)])
    stop.append(away.set)
    with suppress(asyncio.CancelledError):
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(service.run()) for service in (gate, http, fetcher)]
            port = await http.ready()
            found.append(Served(f"http://127.0.0.1:{port}", store, gate, loop, exit_page))
            ready.set()
            await away.wait()
            streams.close()
            for task in tasks:
                task.cancel()
    gate.close()
