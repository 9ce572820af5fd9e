"""The courier with campaigns: right of way, stops, quiet hours, crashes, and the freezing that comes before."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.campaigns.campaign import State
from bot.domain.campaigns.subscribers import LetterState, RunState
from bot.domain.messages import Lane
from bot.ports import Deferred, NewLetter, Refused, Scope, UnitOfWork, Why
from handlers.courier import Courier
from handlers.freezer import Freezer
from handlers.gate import Gate
from storage.engine import SqlStore
from tests.handlers.office import Postbox, carried_by, eventually, office, running, somebody
from tests.handlers.telegram import UNLIMITED
from tests.storage.outreach import NEWS, a_campaign, begun, claim, crowd, frozen, subscribed, the_run

NOON = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
NIGHT = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
SLOW = replace(UNLIMITED, per_second=20.0)


def a_gate(store: SqlStore, begins: datetime = NOON) -> Gate:
    """Its clock runs from there."""
    loop = asyncio.get_running_loop()
    start = loop.time()

    def now() -> datetime:
        return begins + timedelta(seconds=loop.time() - start)

    return Gate(store, office(store), now)


async def told(
    gate: Gate, text: str, person: str, channel: str = NEWS, lane: Lane = Lane.CONVERSATION
) -> None:
    """A letter of its own, now."""
    letter = NewLetter(lane, somebody(person, channel), text)
    await gate.ask(lambda uow: uow.outbox.post(letter, gate.now()))


def counted(store: SqlStore, run: int) -> Callable[[LetterState], int]:
    return lambda state: the_run(store, run).counts.get(state, 0)


async def test_a_run_is_frozen_sent_and_done_without_anybody_doing_anything(sqlite_store: SqlStore) -> None:
    people = subscribed(sqlite_store, 40)
    gate, box = a_gate(sqlite_store), Postbox(NEWS)
    run = await gate.ask(begun)
    async with running(carried_by(gate, box), Freezer(gate)):
        await eventually(lambda: the_run(sqlite_store, run).state is RunState.DONE)
    assert sorted(letter.to.person for letter in box.letters) == sorted(p.address.person for p in people)
    assert the_run(sqlite_store, run).counts == {LetterState.SENT: 40}
    assert not any(letter.private for letter in box.letters)


async def test_with_a_hundred_thousand_letters_waiting_an_alert_is_out_within_a_second(
    sqlite_store: SqlStore,
) -> None:
    await asyncio.to_thread(crowd, sqlite_store, 100_000)
    gate, box = a_gate(sqlite_store), Postbox(NEWS, traits=replace(UNLIMITED, per_second=30.0))
    run = await gate.ask(begun)
    async with running(carried_by(gate, box), Freezer(gate)):
        await eventually(lambda: len(box.letters) > 20, within=60)
        assert the_run(sqlite_store, run).counts[LetterState.WAITING] > 99_000
        for person in ("hoa", "minh", "lan"):
            await told(gate, f"khẩn cấp {person}", person, lane=Lane.ALERT)
            await eventually(lambda p=person: f"khẩn cấp {p}" in box.texts, within=1.0)


async def test_an_alert_does_not_wait_while_a_hundred_thousand_are_being_frozen(
    sqlite_store: SqlStore,
) -> None:
    await asyncio.to_thread(crowd, sqlite_store, 100_000)
    gate, box = a_gate(sqlite_store), Postbox(NEWS)
    run = await gate.ask(begun)
    async with running(carried_by(gate, box), Freezer(gate)):
        await eventually(lambda: the_run(sqlite_store, run).frozen > 0)
        await told(gate, "khẩn cấp", "hoa", lane=Lane.ALERT)
        await eventually(lambda: "khẩn cấp" in box.texts, within=1.0)
        assert not the_run(sqlite_store, run).ready, "the audience was too small for this test"


@pytest.mark.parametrize("state", [RunState.STOPPED, RunState.PAUSED])
async def test_a_stop_takes_effect_within_the_letters_that_are_under_way(
    sqlite_store: SqlStore, state: RunState
) -> None:
    subscribed(sqlite_store, 200)
    run = frozen(sqlite_store)
    gate, box = a_gate(sqlite_store), Postbox(NEWS, traits=SLOW)
    async with running(carried_by(gate, box)):
        await eventually(lambda: len(box.letters) > 10)
        await gate.ask(lambda uow: uow.runs.set_state(run, state, gate.now()))
        sent = len(box.letters)
        await asyncio.sleep(1.0)
        assert len(box.letters) - sent <= 6, "no more than what may go within a quarter of a second"
        of = counted(sqlite_store, run)
        await eventually(lambda: of(LetterState.IN_FLIGHT) == 0)
        assert of(LetterState.SENT) == len(box.letters)


async def test_whoever_says_stop_while_their_letter_waits_for_its_turn_does_not_get_it(
    sqlite_store: SqlStore,
) -> None:
    people = subscribed(sqlite_store, 16)
    frozen(sqlite_store)
    gate, box = a_gate(sqlite_store), Postbox(NEWS, traits=SLOW)
    async with running(carried_by(gate, box)):
        await eventually(lambda: len(box.letters) > 1)
        await gate.ask(lambda uow: [uow.subscribers.stop(one.address, gate.now()) for one in people[12:]])
        await asyncio.sleep(1.2)
    assert {letter.to for letter in box.letters} == {one.address for one in people[:12]}


async def test_while_people_sleep_only_an_urgent_notice_goes_out(sqlite_store: SqlStore) -> None:
    subscribed(sqlite_store, 3)
    usual = frozen(sqlite_store)
    gate, box = a_gate(sqlite_store, NIGHT), Postbox(NEWS)
    async with running(carried_by(gate, box)):
        await asyncio.sleep(0.3)
        assert box.letters == []
        urgent = await asyncio.to_thread(frozen, sqlite_store, a_campaign("lu", urgent=True))
        await eventually(lambda: len(box.letters) == 3)
    assert {letter.run for letter in box.letters} == {urgent}
    assert the_run(sqlite_store, usual).counts == {LetterState.WAITING: 3}


async def test_a_flood_wait_of_one_account_leaves_the_others_alone(sqlite_store: SqlStore) -> None:
    subscribed(sqlite_store, 5)
    frozen(sqlite_store)
    limited = Postbox(NEWS, outcomes=[Deferred(timedelta(seconds=60), Scope.ACCOUNT, Why.RATE)])
    gate, other = a_gate(sqlite_store), Postbox("telegram_public")
    async with running(carried_by(gate, limited, other)):
        await eventually(lambda: limited.letters)
        await told(gate, "trả lời", "an", "telegram_public")
        await eventually(lambda: other.texts == ["trả lời"], within=1.0)


async def test_blocked_people_are_marked_and_counted(sqlite_store: SqlStore) -> None:
    subscribed(sqlite_store, 3)
    run = frozen(sqlite_store)
    gate, box = a_gate(sqlite_store), Postbox(NEWS, outcomes=[Refused(Why.BLOCKED)])
    async with running(carried_by(gate, box)):
        await eventually(lambda: the_run(sqlite_store, run).state is RunState.DONE)
    assert the_run(sqlite_store, run).counts == {LetterState.SENT: 2, LetterState.REFUSED: 1}
    blocked = the_run(sqlite_store, frozen(sqlite_store, a_campaign("lan-hai"))).reasons
    assert blocked == {"blocked": 1}


async def test_a_program_that_dies_with_letters_in_flight_sends_none_of_them_again(
    sqlite_store: SqlStore,
) -> None:
    subscribed(sqlite_store, 30)
    run = frozen(sqlite_store)
    lost = {letter.to for letter in claim(sqlite_store, 16, NOON)}  # and its program is no more
    gate, box = a_gate(sqlite_store, NOON + timedelta(minutes=2)), Postbox(NEWS)
    async with running(carried_by(gate, box)):
        await eventually(lambda: the_run(sqlite_store, run).state is RunState.DONE)
    of = counted(sqlite_store, run)
    assert (of(LetterState.UNKNOWN), of(LetterState.SENT)) == (16, 14)
    assert not lost & {letter.to for letter in box.letters}


async def test_the_campaigns_of_a_shared_account_are_sent_by_their_own_sender(sqlite_store: SqlStore) -> None:
    subscribed(sqlite_store, 4)
    frozen(sqlite_store)
    gate = a_gate(sqlite_store)
    public, sender = Postbox(NEWS), Postbox(NEWS)
    async with running(Courier(gate, [public], {(NEWS, "main"): sender})):
        await told(gate, "trả lời", "an")
        await eventually(lambda: len(sender.letters) == 4 and public.letters)
    assert public.texts == ["trả lời"]


async def test_a_campaign_that_is_edited_or_stopped_while_it_freezes_sends_nothing(
    sqlite_store: SqlStore,
) -> None:
    subscribed(sqlite_store, 10)
    gate, box = a_gate(sqlite_store), Postbox(NEWS)
    run = await gate.ask(begun)

    def stop(uow: UnitOfWork) -> None:
        campaign = uow.campaigns.get(the_run(sqlite_store, run).campaign)
        assert campaign is not None
        assert uow.campaigns.save(replace(campaign, state=State.STOPPED))
        uow.runs.set_state(run, RunState.STOPPED, gate.now())

    await gate.ask(stop)
    async with running(carried_by(gate, box), Freezer(gate)):
        await asyncio.sleep(0.2)
    assert (box.letters, the_run(sqlite_store, run).frozen) == ([], 0)
