"""The real process is killed while it freezes an audience and while it sends: nobody gets a letter twice."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.app import wall_clock
from bot.domain.campaigns.campaign import Audience
from bot.domain.campaigns.subscribers import LetterState, Run, RunState
from bot.domain.messages import Address
from storage.engine import SqlStore, open_store
from tests.fakes.bot_api import BotApi
from tests.storage.outreach import NEWS, WORDS, a_campaign, a_subscriber, crowd
from tests.stories.program import OFFICE, Program

TOKEN = "700003:FAKE-news_token_for_the_tests"
ACCOUNT = "700003"
CROWD, WANTED = 120_000, 150
CHAT = 8_000_000
KILLS = 2
PATIENCE = 120.0


async def test_killed_while_freezing_and_while_sending_nobody_gets_a_letter_twice(tmp_path: Path) -> None:
    dice = random.Random(20261121)  # noqa: S311 - repeatable, not secret
    async with BotApi() as api, Program(tmp_path, api) as program:
        program.env["TINBAO_TELEGRAM_NEWS_TOKEN"] = TOKEN
        await program.command("import", *map(str, OFFICE))
        store = open_store(program.env["TINBAO_DATABASE_URL"], tmp_path / "keys.json", tmp_path / "files")
        try:
            run = await asyncio.to_thread(_begin, store, api)
            await _kill_while_freezing(store, program, run)
            await _kill_while_sending(store, program, run, dice)
            await _until(lambda: _count(store, run, LetterState.WAITING) == 0)
            await program.kill()
            _check(store, api, run)
        finally:
            store.close()


def _begin(store: SqlStore, api: BotApi) -> int:
    """A crowd that it is not for, and some in it whom it is for."""
    crowd(store, CROWD // 2, NEWS, ACCOUNT)
    for number in range(WANTED):
        api.person(CHAT + number, token=TOKEN)
        address = Address(NEWS, ACCOUNT, str(CHAT + number))
        person = replace(a_subscriber(number), address=address, tags=frozenset({"river_bank"}))
        store.write(lambda uow, one=person: uow.subscribers.put(one, wall_clock()))
    crowd(store, CROWD // 2, NEWS, f"{ACCOUNT}0")
    # urgent: the test runs at night too
    campaign = replace(a_campaign(urgent=True), audience=Audience(tags=("river_bank",)))
    id_ = store.write(lambda uow: uow.campaigns.add(campaign))
    run = store.write(lambda uow: uow.runs.begin(id_, wall_clock(), RunState.FREEZING, wall_clock()))
    assert run is not None
    store.write(lambda uow: uow.runs.text(run, "vi", NEWS, WORDS))
    return run


async def _kill_while_freezing(store: SqlStore, program: Program, run: int) -> None:
    starting = asyncio.ensure_future(program.start())
    await _until(lambda: _run(store, run).frozen > 0 or _run(store, run).ready)
    assert not _run(store, run).ready, "the crowd was too small for this test"
    await program.kill()
    starting.cancel()
    with suppress(asyncio.CancelledError, AssertionError):
        await starting


async def _kill_while_sending(store: SqlStore, program: Program, run: int, dice: random.Random) -> None:
    for _ in range(KILLS):
        sent = _count(store, run, LetterState.SENT)
        await program.start()
        await _until(lambda before=sent: _count(store, run, LetterState.SENT) > before)
        await asyncio.sleep(dice.uniform(0.0, 0.5))
        await program.kill()
    assert _count(store, run, LetterState.WAITING) > 0, "everything was sent before the last kill"
    await program.start()


def _check(store: SqlStore, api: BotApi, run: int) -> None:
    got = [len(api.sent_to(CHAT + number, token=TOKEN)) for number in range(WANTED)]
    assert max(got) == 1
    later = wall_clock() + timedelta(minutes=5)
    store.write(lambda uow: uow.runs.claim(NEWS, ACCOUNT, 1, later, timedelta(minutes=1)))
    counts = _run(store, run).counts
    assert set(counts) <= {LetterState.SENT, LetterState.UNKNOWN}
    assert sum(counts.values()) == WANTED
    assert counts[LetterState.SENT] <= sum(got) <= WANTED
    assert _run(store, run).state is RunState.DONE


def _run(store: SqlStore, run: int) -> Run:
    found = store.read(lambda uow: uow.runs.get(run))
    assert found is not None
    return found


def _count(store: SqlStore, run: int, state: LetterState) -> int:
    return _run(store, run).counts.get(state, 0)


async def _until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110 - another process changes the database
            await asyncio.sleep(0.02)
