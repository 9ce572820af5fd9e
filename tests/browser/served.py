"""The whole program on a free port of loopback, in a thread, as `make demo` serves it, on a fresh database."""

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from bot.app import Hotline, Office, assemble, build
from bot.domain.cases import Case, CaseId
from bot.domain.messages import Address
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.settings import Settings, load
from storage.engine import open_store
from tests.stories.office import demo_roster
from tests.stories.world import START

T = TypeVar("T")
SECONDS = 30
"""To start and to stop."""


@dataclass
class Served:
    """A running office on a Friday afternoon; `forward` lets its clock jump."""

    url: str
    exit_url: str
    found: Office
    ahead: timedelta = field(default_factory=lambda: START - _wall_clock())
    hotline: Hotline | None = None
    loop: asyncio.AbstractEventLoop | None = None
    stop: asyncio.Event = field(default_factory=asyncio.Event)

    def now(self) -> datetime:
        return _wall_clock() + self.ahead

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
    with _office(settings) as found:
        found.store.write(lambda uow: uow.office.replace(demo_roster()))
        place = Served(url, settings.exit_url, found)
        found.store.write(lambda uow: _everybody_on_the_desk(uow, place.now()))
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


def _everybody_on_the_desk(uow: UnitOfWork, now: datetime) -> None:
    """As in the demo."""
    for officer in uow.office.roster().officers:
        uow.office.enrol(officer.id, Address("web_desk", "main", str(officer.id)), now)


@contextmanager
def _office(settings: Settings) -> Iterator[Office]:
    """As the program opens it, but what ships (words, units, triage) is loaded once for all tests."""
    store = open_store(settings.database_url, settings.seal_key_file, settings.files_dir)
    try:
        shipped = _shipped()
        tools = replace(shipped.tools, signer=store.signer, public_url=settings.public_url)
        yield replace(shipped, store=store, tools=tools)
    finally:
        store.close()


@cache
def _shipped() -> Office:
    with TemporaryDirectory() as folder:
        settings = load(
            database_url=f"sqlite:///{folder}/x.db", seal_key_file=f"{folder}/k", files_dir=f"{folder}/f"
        )
        store = open_store(settings.database_url, settings.seal_key_file, settings.files_dir)
        try:
            return assemble(settings, store)
        finally:
            store.close()


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


def _wall_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - browsers live in real time


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
