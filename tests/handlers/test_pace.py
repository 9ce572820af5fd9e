"""How fast an account sends: never more than its limit in any second, hardly less over time, replies first."""

import asyncio
import time
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.messages import Address, Lane
from handlers.pace import Meter, Pace
from tests.bench.pacing import fullest_second, let_through
from tests.handlers.telegram import UNLIMITED

AN = Address("telegram_news", "main", "1")


def run_of(meter: Meter, seconds: float, late: float = 0.0) -> list[float]:
    """When each goes if whoever waits is woken so much too late, by arithmetic alone."""
    now, went = 0.0, list[float]()
    while now < seconds:
        wait = meter.wait(now)
        if wait > 0:
            now += wait + late
        else:
            meter.take(now)
            went.append(now)
    return went


def fullest(went: Sequence[float]) -> int:
    return max(bisect_left(went, first + 1.0) - place for place, first in enumerate(went))


@pytest.mark.parametrize("limit", [1.0, 14.0, 20.0, 27.0, 30.0, 1000.0])
@pytest.mark.parametrize("late", [0.0, 0.0005, 0.005])
def test_no_second_holds_more_than_a_twentieth_above_the_limit(limit: float, late: float) -> None:
    went = run_of(Meter(limit), 30.0, late)
    assert fullest(went) <= max(limit, limit * 1.05)
    assert len(went) / 30.0 >= 0.98 * limit


@pytest.mark.parametrize("limit", [30.0, 1000.0])
def test_after_a_long_pause_no_bucket_is_full(limit: float) -> None:
    meter = Meter(limit)
    run_of(meter, 1.0)
    later = [time for time in run_of(meter, 62.0) if time >= 60.0]
    assert fullest(later) <= limit * 1.05


async def test_the_loop_keeps_the_limit_too() -> None:
    went = await let_through(1000.0, 2.0)
    assert fullest_second(went) <= 1050
    assert len(went) > 1500  # how near it comes to the limit is for the bench, on a quiet machine


async def test_a_reply_overtakes_the_campaign_that_waits() -> None:
    pace = Pace(replace(UNLIMITED, per_second=10.0))
    order: list[str] = []

    async def go(name: str, lane: Lane) -> None:
        await pace.turn(lane, AN)
        order.append(name)

    async with asyncio.TaskGroup() as group:
        for number in range(5):
            group.create_task(go(f"c{number}", Lane.CAMPAIGN))
        await asyncio.sleep(0.05)
        group.create_task(go("reply", Lane.CONVERSATION))
        group.create_task(go("alert", Lane.ALERT))
    assert order == ["c0", "alert", "reply", "c1", "c2", "c3", "c4"]


async def test_campaigns_of_a_shared_account_use_their_share_and_replies_the_rest() -> None:
    pace = Pace(replace(UNLIMITED, per_second=40.0, campaign_share=0.5))
    went: dict[Lane, int] = {Lane.CAMPAIGN: 0, Lane.CONVERSATION: 0}

    async def many(lane: Lane) -> None:
        while True:
            await pace.turn(lane, AN)
            went[lane] += 1

    async def for_a_second(*lanes: Lane) -> None:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(many(lane)) for lane in lanes for _ in range(4)]
            await asyncio.sleep(1.0)
            for task in tasks:
                task.cancel()

    await for_a_second(Lane.CAMPAIGN)
    assert 10 < went[Lane.CAMPAIGN] <= 21
    before = went[Lane.CAMPAIGN]
    await for_a_second(Lane.CAMPAIGN, Lane.CONVERSATION)
    assert went[Lane.CONVERSATION] > 20
    assert went[Lane.CAMPAIGN] - before <= 21


async def test_a_chat_waits_its_second_and_others_do_not() -> None:
    pace = Pace(replace(UNLIMITED, per_chat=timedelta(seconds=0.3)))
    loop = asyncio.get_running_loop()
    began = loop.time()
    await pace.turn(Lane.CAMPAIGN, AN)
    await pace.turn(Lane.CAMPAIGN, replace(AN, person="2"))
    assert loop.time() - began < 0.2
    await pace.turn(Lane.CAMPAIGN, AN)
    assert loop.time() - began >= 0.3


async def test_a_loop_that_cannot_keep_up_lets_campaigns_wait_and_replies_go() -> None:
    pace = Pace(replace(UNLIMITED, per_second=20.0))
    loop = asyncio.get_running_loop()
    went: dict[str, float] = {}

    async def go(name: str, lane: Lane) -> None:
        await pace.turn(lane, AN)
        went[name] = loop.time()

    async with asyncio.TaskGroup() as group:
        for number in range(5):
            group.create_task(go(f"c{number}", Lane.CAMPAIGN))
        await asyncio.sleep(0)
        _hold_up(0.3)
        held = loop.time()
        group.create_task(go("reply", Lane.CONVERSATION))
    assert went["reply"] - held < 0.15
    assert went["c1"] - held > 0.2


async def test_while_people_wait_too_long_campaigns_stand_aside_and_replies_go() -> None:
    held_up = True
    pace, went = Pace(replace(UNLIMITED, per_second=1000.0), lambda: held_up), list[str]()

    async def go(name: str, lane: Lane) -> None:
        await pace.turn(lane, AN)
        went.append(name)

    async with asyncio.TaskGroup() as group:
        group.create_task(go("letter", Lane.CAMPAIGN))
        await asyncio.sleep(0.05)
        await go("reply", Lane.CONVERSATION)
        held_up = False
    assert went == ["reply", "letter"]


async def test_a_campaign_that_catches_up_keeps_the_loop_for_a_few_letters_only() -> None:
    pace, rounds, busy = Pace(replace(UNLIMITED, per_second=1000.0)), [0], True

    async def go() -> None:
        await pace.turn(Lane.CAMPAIGN, AN)
        _hold_up(0.001)  # what the library takes to send it
        rounds[-1] += 1

    def next_round() -> None:
        rounds.append(0)
        if busy:
            asyncio.get_running_loop().call_soon(next_round)

    next_round()
    async with asyncio.TaskGroup() as group:
        for _ in range(128):
            group.create_task(go())
    busy = False
    assert sum(rounds) == 128
    assert max(rounds) <= 2 * 8, "as many as two groups may meet in one round"


def _hold_up(seconds: float) -> None:
    """As work that does not let the loop go."""
    end = time.perf_counter() + seconds
    while time.perf_counter() < end:
        pass
