"""Gate, courier and the Official Account as they run in the program: what waits goes out with the next word."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.domain.messages import Address, Heard, HeardKind, Lane
from bot.ports import NewLetter
from bot.services import reaching
from bot.services.tools import Tools
from handlers.courier import Courier
from handlers.gate import Gate
from handlers.zalo_oa.channel import ZaloOa
from handlers.zalo_oa.traits import NAME
from storage.engine import SqlStore
from tests.fakes.zalo_oa import OA_ID, Fault
from tests.fakes.zalo_oa import ZaloOa as Zalo
from tests.handlers.office import eventually, running
from tests.handlers.zalo_sending import CALM, CS, Clock, an_account, office

AN = Address(NAME, OA_ID, "1001")


@dataclass
class Hotline:
    zalo: Zalo
    gate: Gate
    tools: Tools
    store: SqlStore
    clock: Clock

    async def hears(self, text: str) -> None:
        self.zalo.person(AN.person).interacts(self.clock.now)
        await self.gate.hear(Heard(AN, f"m{self.clock.now}", HeardKind.TEXT, self.clock.now, text=text))

    async def posts(self, text: str) -> int:
        letter = NewLetter(Lane.CONVERSATION, AN, text)
        return await self.gate.ask(lambda uow: uow.outbox.post(letter, self.clock.now))

    def waiting(self) -> int:
        return sum(self.store.read(lambda uow: uow.outbox.backlog()).values())

    def held(self) -> bool:
        contact = self.store.read(lambda uow: uow.contacts.get(AN))
        return contact is not None and contact.held_at is not None

    def spent(self) -> int:
        return sum(self.store.read(lambda uow: uow.contacts.cost_of_person(AN)).values())

    @property
    def texts(self) -> list[str]:
        return self.zalo.people[AN.person].texts


@asynccontextmanager
async def a_hotline(store: SqlStore) -> AsyncIterator[Hotline]:
    clock = Clock()
    tools = office(store)
    tools = replace(tools, traits={**tools.traits, NAME: CALM})
    async with Zalo(clock=clock) as zalo:
        gate = Gate(store, tools, clock)
        channel = ZaloOa(an_account(zalo, zalo.oauth.pair(), clock.now), gate, tools, traits=CALM)
        async with running(gate, Courier(gate, (channel,)), channel):
            yield Hotline(zalo, gate, tools, store, clock)


async def test_a_letter_that_waits_for_the_window_goes_out_with_the_next_word(sqlite_store: SqlStore) -> None:
    async with a_hotline(sqlite_store) as hotline:
        await hotline.hears("xin chào")
        await eventually(lambda: hotline.texts, "the greeting")
        hotline.clock.forward(days=8)
        await hotline.posts("Em ở đâu?")
        await eventually(hotline.held, "the letter to come back")
        assert "Em ở đâu?" not in hotline.texts
        await hotline.hears("em đây")
        await eventually(lambda: "Em ở đâu?" in hotline.texts, "the letter", within=5)
        await eventually(lambda: hotline.waiting() == 0)
        assert hotline.texts.count("Em ở đâu?") == 1
        assert not hotline.held()


async def test_the_cost_of_each_letter_is_recorded_with_its_outcome(sqlite_store: SqlStore) -> None:
    async with a_hotline(sqlite_store) as hotline:
        hotline.zalo.person(AN.person).interacts(hotline.clock.now)
        await hotline.gate.ask(
            lambda uow: reaching.interacted(uow, hotline.tools, AN, hotline.clock.now, hotline.clock.now)
        )
        for number in range(3):
            await hotline.posts(f"Thư {number}")
        await eventually(lambda: len(hotline.texts) == 3 and hotline.waiting() == 0)
        await eventually(lambda: hotline.spent() == 3, "the costs")
        contact = hotline.store.read(lambda uow: uow.contacts.get(AN))
        assert contact is not None
        assert contact.total == 8


async def test_a_limit_of_calls_holds_the_account_for_a_moment_and_loses_nothing(
    sqlite_store: SqlStore,
) -> None:
    async with a_hotline(sqlite_store) as hotline:
        hotline.zalo.person(AN.person).interacts(hotline.clock.now)
        hotline.zalo.fails(Fault(CS, code=-32, message="Your application reached limit call api"))
        await hotline.posts("Thư")
        await eventually(lambda: CS in hotline.zalo.calls)
        await eventually(lambda: hotline.gate.pulse.counts.get("letters_deferred_conversation", 0) == 1)
        assert hotline.texts == []

        def arrived() -> bool:
            hotline.clock.now += timedelta(seconds=1)
            return hotline.texts == ["Thư"]

        await eventually(arrived, "the letter after the pause")
