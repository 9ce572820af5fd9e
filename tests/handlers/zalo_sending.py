"""The Official Account's sending half on a real database, against Zalo's stand-in on loopback."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, TypeVar

from bot.domain.messages import Address, Button, Lane, Letter
from bot.ports import Contact, Deferred, Outcome, Store, TokenPair, UnitOfWork
from bot.services import reaching
from bot.services.tools import Tools
from handlers.zalo_oa.api.client import Bases
from handlers.zalo_oa.api.oauth import REFRESH_LIFE, OAuth
from handlers.zalo_oa.channel import Account, ZaloOa
from handlers.zalo_oa.traits import NAME, ZALO_OA
from storage.engine import SqlStore
from tests.fakes.zalo_oa import APP_ID, APP_SECRET, OA_ID
from tests.fakes.zalo_oa import ZaloOa as Zalo
from tests.stories.office import demo_roster
from tests.stories.world import tools_for

T = TypeVar("T")
CS = "/v3.0/oa/message/cs"
START = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
"""Ten in the morning in Vietnam."""
CALM = replace(ZALO_OA, per_second=10_000.0, per_chat=timedelta())
_numbers = count(1)


@dataclass
class Clock:
    """Goes when told to."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class PlainBooks:
    """A store without a gate."""

    store: Store
    clock: Callable[[], datetime]

    async def ask(self, work: Callable[[UnitOfWork], T]) -> T:
        return self.store.write(work)

    async def look(self, work: Callable[[UnitOfWork], T]) -> T:
        return self.store.read(work)

    def now(self) -> datetime:
        return self.clock()


@dataclass
class Desk:
    """One office with an Official Account."""

    zalo: Zalo
    store: SqlStore
    tools: Tools
    clock: Clock
    channel: ZaloOa
    account: Account
    books: PlainBooks
    letters: list[Letter] = field(default_factory=list)

    def heard_from(self, person: str, **ago: float) -> Address:
        """They wrote to the account so long ago; both sides know it."""
        at = self.clock.now - timedelta(**ago)
        self.zalo.person(person).interacts(at)
        to = Address(NAME, OA_ID, person)
        self.store.write(lambda uow: reaching.interacted(uow, self.tools, to, at, self.clock.now))
        return to

    def contact(self, to: Address) -> Contact:
        found = self.store.read(lambda uow: uow.contacts.get(to))
        assert found is not None
        return found

    def alarms(self) -> list[str]:
        since = self.clock.now - timedelta(days=9)
        return [one.code for one in self.store.read(lambda uow: uow.alarms.standing(since))]


def a_letter(to: Address, text: str = "Chào bạn.", *, lane: Lane = Lane.CONVERSATION, **what: Any) -> Letter:
    return Letter(next(_numbers), lane, to, text, at=START, **what)


def buttons(*labels: str) -> tuple[tuple[Button, ...], ...]:
    return tuple((Button(label, f"#{number}.0.abcdefgh"),) for number, label in enumerate(labels, 1))


def an_account(zalo: Zalo, pair: tuple[str, str] | None, now: datetime, **what: Any) -> Account:
    first = None if pair is None else TokenPair(pair[0], pair[1], now, now + REFRESH_LIFE)
    bases = Bases(zalo.base_url, zalo.base_url, zalo.base_url)
    return Account(OA_ID, OAuth(zalo.base_url, APP_ID, APP_SECRET), bases, first, **what)


_tools: list[Tools] = []
"""Loaded once: words, triage and units are the same for every store."""


def office(store: SqlStore) -> Tools:
    """The demo office in the database, and the tools."""
    store.write(lambda uow: uow.office.replace(demo_roster()))
    if not _tools:
        _tools.append(tools_for(store))
    return replace(_tools[0], signer=store.signer)


@asynccontextmanager
async def a_desk(store: SqlStore, **what: Any) -> AsyncIterator[Desk]:
    """An account with a fresh pair in the settings."""
    clock = Clock()
    tools = office(store)
    tools = replace(tools, traits={**tools.traits, NAME: CALM})
    async with Zalo(clock=clock) as zalo:
        account = an_account(zalo, zalo.oauth.pair(), clock.now, **what)
        books = PlainBooks(store, clock)
        channel = ZaloOa(account, books, tools, traits=CALM)
        try:
            yield Desk(zalo, store, tools, clock, channel, account, books)
        finally:
            await channel.close()


def short(outcome: Outcome) -> object:
    return (outcome.why, outcome.scope) if isinstance(outcome, Deferred) else outcome


def enrolled(store: SqlStore, to: Address, now: datetime) -> str:
    """The address is an officer's; their telephone."""
    officer = next(one for one in store.read(lambda uow: uow.office.roster()).officers if one.phone)
    store.write(lambda uow: uow.office.enrol(officer.id, to, now))
    return officer.phone
