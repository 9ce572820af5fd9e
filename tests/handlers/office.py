"""Gate and courier on a real database, running as they do in the program."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Protocol

from bot.domain.messages import Address, Attachment, Heard, HeardKind, Lane, Letter
from bot.ports import (
    Channel,
    Delivered,
    FetchOutcome,
    NewLetter,
    NotFetched,
    Outcome,
    Store,
    Traits,
    UnitOfWork,
)
from bot.services.tools import Tools
from handlers.courier import Courier
from handlers.gate import Gate
from storage.engine import SqlStore
from tests.handlers.telegram import UNLIMITED
from tests.stories.office import demo_roster
from tests.stories.world import tools_for

_numbers = count(1)
PATIENCE = 10.0
_tools: list[Tools] = []
"""Loaded once: words, triage and units are the same for every store."""


class Service(Protocol):
    async def run(self) -> None: ...


@dataclass
class Postbox:
    """A channel that keeps what it is given; `outcomes` are used up first."""

    name: str = "telegram_public"
    account: str = "main"
    traits: Traits = UNLIMITED
    outcomes: list[Outcome | Exception] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    slow: asyncio.Event | None = None
    """Letters that are not alerts wait for it."""

    async def send(self, letter: Letter) -> Outcome:
        self.letters.append(letter)
        if self.slow is not None and letter.lane is not Lane.ALERT:
            await self.slow.wait()
        outcome = self.outcomes.pop(0) if self.outcomes else Delivered(str(letter.id))
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    async def fetch(self, attachment: Attachment) -> FetchOutcome:
        return NotFetched(again=False)

    async def run(self) -> None:
        await asyncio.Event().wait()

    @property
    def texts(self) -> list[str]:
        return [letter.text for letter in self.letters]


@asynccontextmanager
async def running(*services: Service) -> AsyncIterator[None]:
    """Until the block ends."""
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(service.run()) for service in services]
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()


def a_gate(store: Store, tools: Tools, now: Callable[[], datetime] | None = None) -> Gate:
    return Gate(store, tools, now or wall_clock)


def wall_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251


def office(store: SqlStore) -> Tools:
    """A roster in the database, and the tools."""
    store.write(lambda uow: uow.office.replace(demo_roster()))
    if not _tools:
        _tools.append(tools_for(store))
    return replace(_tools[0], signer=store.signer)


def carried_by(gate: Gate, *channels: Channel) -> Courier:
    return Courier(gate, channels)


def somebody(person: str = "an", channel: str = "telegram_public") -> Address:
    return Address(channel, "main", person)


def words(text: str, sender: Address | None = None, message_id: str = "") -> Heard:
    return Heard(
        sender or somebody(), message_id or f"m{next(_numbers)}", HeardKind.TEXT, wall_clock(), text=text
    )


def post(uow: UnitOfWork, text: str, to: Address, lane: Lane = Lane.CONVERSATION) -> int:
    return uow.outbox.post(NewLetter(lane, to, text), wall_clock())


def posting(
    text: str, to: Address | None = None, lane: Lane = Lane.CONVERSATION
) -> Callable[[UnitOfWork], int]:
    return partial(post, text=text, to=to or somebody(), lane=lane)


async def eventually(happened: Callable[[], object], what: str = "it", within: float = PATIENCE) -> None:
    """Gives the loop time until it has happened; AssertionError when it does not."""
    try:
        async with asyncio.timeout(within):
            while not happened():  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.005)
    except TimeoutError:
        raise AssertionError(f"waited {within} s in vain for {what}") from None


def waiting(store: SqlStore) -> int:
    return store.read(lambda uow: uow.inbox.waiting())


def backlog(store: SqlStore) -> int:
    return sum(store.read(lambda uow: uow.outbox.backlog()).values())


def unsettled(store: SqlStore, account: str = "main") -> int:
    """Letters that would be sent (again) in five minutes, when every lease has ended."""

    def claim(uow: UnitOfWork, lane: Lane) -> int:
        return len(uow.outbox.claim("telegram_public", account, lane, 100, later(300), timedelta(0)))

    return sum(store.write(partial(claim, lane=lane)) for lane in Lane)


def later(seconds: float) -> datetime:
    return wall_clock() + timedelta(seconds=seconds)
