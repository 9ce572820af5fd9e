"""The whole program on a free port of loopback, in a thread, as `make demo` serves it, on a fresh database."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.app import Hotline, Office, build, office
from bot.domain.cases import Case, CaseId
from bot.domain.officers import Officer
from bot.office.files import on_the_desk
from bot.ports import UnitOfWork
from bot.settings import load
from tests.stories.office import demo_roster

T = TypeVar("T")
SECONDS = 30
"""To start and to stop."""


@dataclass
class Served:
    """A running office; `forward` lets its clock run ahead of ours."""

    url: str
    exit_url: str
    found: Office
    ahead: timedelta = timedelta(0)
    hotline: Hotline | None = None
    loop: asyncio.AbstractEventLoop | None = None
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.ahead  # noqa: TID251 - browsers live in real time

    def read(self, work: Callable[[UnitOfWork], T]) -> T:
        return self.found.store.read(work)

    def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return self.found.store.write(work)

    def officer(self, code: str) -> Officer:
        roster = self.read(lambda uow: uow.office.roster())
        return next(one for one in roster.officers if one.code == code)

    def case(self, number: int) -> Case:
        case = self.read(lambda uow: uow.cases.get(CaseId(number)))
        assert case is not None, f"no case {number}"
        return case

    def forward(self, **time: float) -> None:
        """Later, as far as the program knows; then whatever is due is done."""
        self.ahead += timedelta(**time)
        assert self.hotline is not None
        assert self.loop is not None
        asyncio.run_coroutine_threadsafe(self.hotline.gate.tick(), self.loop).result(SECONDS)


@contextmanager
def served(folder: Path) -> Iterator[Served]:
    """An office of invented people until the end of the block."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = load(
        database_url=f"sqlite:///{folder}/office.db",
        seal_key_file=folder / "keys.json",
        files_dir=folder / "files",
        http_port=port,
        public_url=url,
        exit_url=f"http://localhost:{port}/health",
        demo=True,
    )
    with office(settings) as found:
        found.store.write(lambda uow: uow.office.replace(on_the_desk(demo_roster())))
        place = Served(url, settings.exit_url, found)
        place.hotline = build(settings, found, place.now)
        ready = threading.Event()
        thread = threading.Thread(target=lambda: asyncio.run(_serve(place, ready)))
        thread.start()
        try:
            assert ready.wait(SECONDS), "the server did not start"
            yield place
        finally:
            assert place.loop is not None
            place.loop.call_soon_threadsafe(place.stop.set)
            thread.join(SECONDS)


async def _serve(place: Served, ready: threading.Event) -> None:
    place.loop = asyncio.get_running_loop()
    hotline = place.hotline
    assert hotline is not None
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(service.run()) for service in hotline.services]
        await hotline.http.ready()
        ready.set()
        await place.stop.wait()
        hotline.streams.close()
        for task in tasks:
            task.cancel()
    hotline.gate.close()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
