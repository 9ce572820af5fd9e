"""A hotline whose people write to a Zalo Official Account: the real channel against Zalo's stand-in."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count

from bot.domain.messages import Address, Heard, HeardKind, Lane, Letter
from bot.ports import Outcome, Settled, UnitOfWork
from bot.services import duty, reaching, windows
from handlers.zalo_oa.channel import ZaloOa
from handlers.zalo_oa.traits import NAME
from storage.engine import SqlStore
from tests.fakes.zalo_oa import OA_ID, Sent
from tests.fakes.zalo_oa import ZaloOa as Zalo
from tests.handlers.zalo_sending import CALM, PlainBooks, an_account
from tests.stories.world import LEASE, World

_messages = count(1)
STEP = timedelta(minutes=1)


@dataclass
class Phone:
    """Somebody's Zalo."""

    house: "ZaloHouse"
    address: Address

    async def says(self, text: str) -> "Phone":
        return await self._sends(HeardKind.TEXT, text=text)

    async def presses(self, title: str) -> "Phone":
        """A tap is a typed text: the payload."""
        return await self._sends(HeardKind.TEXT, text=self.payload(title))

    async def sticks(self) -> "Phone":
        """A sticker."""
        return await self._sends(HeardKind.STICKER)

    async def submits(self, text: str) -> "Phone":
        """The form that asks for contact details, filled in."""
        return await self._sends(HeardKind.CONTACT, text=text)

    def payload(self, title: str) -> str:
        for letter in reversed(self.letters):
            for button in letter.buttons:
                if str(button["title"]).startswith(title):
                    return str(button["payload"])
        raise AssertionError(f"no button {title!r}")

    async def _sends(self, kind: HeardKind, **what: str) -> "Phone":
        world = self.house.world
        self.house.zalo.person(self.address.person).interacts(world.now)
        world.hear(Heard(self.address, f"z{next(_messages)}", kind, world.now, **what))  # type: ignore[arg-type]
        await self.house.carry()
        return self

    @property
    def letters(self) -> list[Sent]:
        return self.house.zalo.people[self.address.person].letters

    @property
    def texts(self) -> list[str]:
        return self.house.zalo.people[self.address.person].texts

    def was_told(self, words: str) -> bool:
        return any(words in text for text in self.texts)


class ZaloWorld(World):
    """Outcomes are recorded as the courier's settler records them."""

    def _settle(self, letter: Letter, outcome: Outcome) -> None:
        def work(uow: UnitOfWork) -> None:
            uow.outbox.settle([Settled(letter.id, outcome)], self.now)
            reaching.settled(uow, self.tools, letter, outcome, self.now)
            if letter.alert is not None:
                duty.alert_settled(uow, self.tools, letter.alert, outcome, self.now)

        self.store.write(work)


@dataclass
class ZaloHouse:
    world: ZaloWorld
    zalo: Zalo
    channel: ZaloOa
    tried: int = 0
    """How often a letter was given to the channel."""

    def citizen(self) -> Phone:
        return self._phone(f"10{len(self.zalo.people):04d}")

    def officer(self, code: str, **ago: float) -> Phone:
        """Enrolled with this account as the first channel; last spoke to it so long ago."""
        roster = self.world.roster()
        officers = tuple(
            replace(one, channels=(NAME, *one.channels))
            if one.code == code and NAME not in one.channels
            else one
            for one in roster.officers
        )
        self.world.store.write(lambda uow: uow.office.replace(replace(roster, officers=officers)))
        officer = next(one for one in self.world.roster().officers if one.code == code)
        phone = self._phone(f"20{len(self.zalo.people):04d}")
        at = self.world.now - timedelta(**ago)
        self.zalo.people[phone.address.person].interacts(at)

        def enrol(uow: UnitOfWork) -> None:
            uow.office.enrol(officer.id, phone.address, at)
            reaching.interacted(uow, self.world.tools, phone.address, at, self.world.now)

        self.world.store.write(enrol)
        return phone

    def _phone(self, id_: str) -> Phone:
        self.zalo.person(id_, interacted=False)
        return Phone(self, Address(NAME, OA_ID, id_))

    async def carry(self) -> None:
        """All lanes until nothing is due; then the other channels."""
        while any([await self._lane(lane) for lane in Lane]):
            pass
        self.world.deliver()

    async def _lane(self, lane: Lane) -> bool:
        world = self.world
        claimed = world.store.write(lambda uow: uow.outbox.claim(NAME, OA_ID, lane, 50, world.now, LEASE))
        for letter in claimed:
            self.tried += 1
            world._settle(letter, await self.channel.send(letter))
        return bool(claimed)

    async def forward(self, step: timedelta = STEP, **time: float) -> None:
        """The clock runs, tick by tick."""
        end = self.world.now + timedelta(**time)
        while self.world.now < end:
            self.world.now = min(end, self.world.now + step)
            self.world.tick()
            self.world.store.write(lambda uow: windows.keep_open(uow, self.world.tools, self.world.now))
            await self.carry()


@asynccontextmanager
async def a_zalo_house(store: SqlStore, **what: str) -> AsyncIterator[ZaloHouse]:
    """The demo office with an Official Account."""
    world = ZaloWorld(store)
    world.tools = replace(world.tools, traits={**world.tools.traits, NAME: CALM})

    def clock() -> datetime:
        return world.now

    async with Zalo(clock=clock) as zalo:
        books = PlainBooks(store, clock)
        channel = ZaloOa(
            an_account(zalo, zalo.oauth.pair(), world.now, **what), books, world.tools, traits=CALM
        )
        try:
            yield ZaloHouse(world, zalo, channel)
        finally:
            await channel.close()
