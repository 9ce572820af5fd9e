"""Clock, fetcher, server and the courier with a real bot: what runs beside the gate."""

import asyncio
from dataclasses import dataclass, field

import aiohttp
import pytest

from bot.domain.messages import Address, Attachment, Lane, Media
from bot.ports import Fetched, FetchOutcome, FileState, NotFetched, TooLarge
from handlers.clock import Clock
from handlers.courier import Courier
from handlers.fetcher import Fetcher, wait_after
from handlers.http import Http
from handlers.pulse import Pulse
from handlers.telegram_public.channel import TelegramPublic
from storage.engine import SqlStore
from tests.fakes.bot_api import BotApi, Fault, Limits
from tests.handlers.office import (
    Postbox,
    a_gate,
    carried_by,
    eventually,
    office,
    posting,
    running,
    somebody,
    unsettled,
    wall_clock,
    words,
)
from tests.handlers.telegram import UNLIMITED, WORDS

TOKEN = "700001:FAKE-public_token_for_tests"


# --- the clock ---


async def test_the_clock_knocks_again_and_again_and_stops_when_told() -> None:
    knocks: list[int] = []

    async def tick() -> None:
        knocks.append(1)

    async with running(Clock(tick, every=0.02)):
        await eventually(lambda: len(knocks) >= 3)
    seen = len(knocks)
    await asyncio.sleep(0.06)
    assert len(knocks) == seen


async def test_a_tick_that_takes_long_is_not_overtaken() -> None:
    inside: list[int] = []
    most: list[int] = []

    async def tick() -> None:
        inside.append(1)
        most.append(len(inside))
        await asyncio.sleep(0.08)
        inside.pop()

    async with running(Clock(tick, every=0.02)):
        await eventually(lambda: len(most) >= 3)
    assert max(most) == 1


# --- health and metrics ---


def test_a_service_that_stops_beating_is_silent_and_one_that_never_began_too() -> None:
    now = [0.0]
    pulse = Pulse(lambda: now[0])
    pulse.expect("clock", "courier")
    now[0] = 29.0
    pulse.beat("courier")
    assert pulse.silent() == ()
    now[0] = 31.0
    assert pulse.silent() == ("clock",)


async def test_health_is_503_and_names_who_is_silent(sqlite_store: SqlStore) -> None:
    gate = a_gate(sqlite_store, office(sqlite_store))
    http = Http("127.0.0.1", 0, gate)
    async with running(http), aiohttp.ClientSession() as client:
        url = f"http://127.0.0.1:{await http.ready()}"
        async with client.get(f"{url}/health") as answer:
            assert (answer.status, await answer.json()) == (200, {"ok": True, "silent": [], "alarms": []})
        now = [0.0]
        gate.pulse = Pulse(lambda: now[0])
        gate.pulse.expect("clock")
        now[0] = 1000.0
        async with client.get(f"{url}/health") as answer:
            told = {"ok": False, "silent": ["clock"], "alarms": []}
            assert (answer.status, await answer.json()) == (503, told)


async def test_metrics_are_counts_and_hold_no_words(sqlite_store: SqlStore) -> None:
    gate = a_gate(sqlite_store, office(sqlite_store))
    http = Http("127.0.0.1", 0, gate)
    await gate.hear(words("cứu em với", somebody("nguoi-bi-mat")))
    async with running(http), aiohttp.ClientSession() as client:
        answer = await client.get(f"http://127.0.0.1:{await http.ready()}/metrics")
        text = await answer.text()
    assert "tinbao_heard_total 1" in text
    assert "tinbao_inbox_waiting 1" in text
    assert "nguoi-bi-mat" not in text
    assert "cứu" not in text


# --- the fetcher ---


@dataclass
class Shelf(Postbox):
    """Hands over files as told."""

    files: list[FetchOutcome | Exception] = field(default_factory=list)

    async def fetch(self, attachment: Attachment) -> FetchOutcome:
        outcome = self.files.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def _waiting_file(store: SqlStore) -> int:
    photo = Attachment(Media.PHOTO, "ref", None, "image/jpeg")
    return store.write(lambda uow: uow.files.put(None, "telegram_public", "main", photo, wall_clock()))


async def _after_a_round(store: SqlStore, outcome: FetchOutcome | Exception) -> tuple[FileState, int]:
    gate, number = a_gate(store, office(store)), _waiting_file(store)
    assert await Fetcher(gate, [Shelf(files=[outcome])]).round() == 1
    row = store.read(lambda uow: uow.files.get(number))
    assert row is not None
    return row.state, row.tries


async def test_a_file_is_kept_whole(sqlite_store: SqlStore) -> None:
    content = bytes(range(256)) * 100
    assert (await _after_a_round(sqlite_store, Fetched(content)))[0] is FileState.KEPT
    assert sqlite_store.read(lambda uow: uow.files.content(1)) == content


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (TooLarge(25_000_000), FileState.TOO_LARGE),
        (NotFetched(again=False), FileState.LOST),
        (NotFetched(again=True), FileState.WAITING),
        (ValueError("odd"), FileState.WAITING),
    ],
    ids=["too large", "gone", "later", "broken"],
)
async def test_a_file_that_did_not_come_is_marked_or_waits(
    sqlite_store: SqlStore, outcome: FetchOutcome | Exception, state: FileState
) -> None:
    assert (await _after_a_round(sqlite_store, outcome))[0] is state


async def test_a_file_that_waits_is_not_due_at_once(sqlite_store: SqlStore) -> None:
    state, tries = await _after_a_round(sqlite_store, NotFetched(again=True))
    gate = a_gate(sqlite_store, office(sqlite_store))
    assert (state, tries) == (FileState.WAITING, 1)
    assert await Fetcher(gate, [Shelf()]).round() == 0


def test_waits_for_a_file_grow_to_hours() -> None:
    waits = [wait_after(tries).total_seconds() for tries in range(20)]
    assert waits[:3] == [5, 10, 20]
    assert max(waits) == 4 * 3600


# --- with a real bot ---


async def test_a_letter_in_flight_when_the_program_stops_arrives_once(sqlite_store: SqlStore) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        fake.fails(Fault("sendMessage", delay=0.3))
        gate = a_gate(sqlite_store, office(sqlite_store))
        bot = TelegramPublic(TOKEN, gate, WORDS, api_base=fake.base_url, traits=UNLIMITED)
        async with running(bot, carried_by(gate, bot)):
            await gate.ask(posting("Chào em", Address("telegram_public", "700001", "101")))
            await eventually(lambda: an.account.calls.get("sendMessage"))
    assert an.texts == ["Chào em"]
    assert unsettled(sqlite_store, "700001") == 0


async def test_telegrams_real_limits_are_kept_without_a_single_429(sqlite_store: SqlStore) -> None:
    async with BotApi() as fake:
        fake.keeps_limits(Limits())
        gate = a_gate(sqlite_store, office(sqlite_store))
        for number in range(50):
            fake.person(100 + number)
            await gate.ask(posting("Chào em", Address("telegram_public", "700001", str(100 + number))))
        bot = TelegramPublic(TOKEN, gate, WORDS, api_base=fake.base_url)
        async with running(carried_by(gate, bot)):
            await eventually(lambda: len(fake.bot().sent) == 50)
        await bot.close()
    assert fake.bot().calls["sendMessage"] == 50


async def test_words_travel_from_a_person_to_an_answer(store: SqlStore) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        gate = a_gate(store, office(store))
        bot = TelegramPublic(TOKEN, gate, WORDS, api_base=fake.base_url, traits=UNLIMITED)
        async with running(gate, bot, Courier(gate, [bot])):
            an.says("cứu em với, bố đang đánh em")
            answer = await an.hears("113", within=15)
    assert answer.params["protect_content"] is True
    assert gate.pulse.counts[f"letters_delivered_{Lane.CONVERSATION}"] >= 1
