"""The courier: lanes, order, outcomes, and what the ladder hears of a refusal."""

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import AlertState
from bot.domain.messages import Lane
from bot.ports import Deferred, Queue, Refused, Scope, UnitOfWork, Why
from storage.engine import SqlStore
from tests.handlers.office import (
    PATIENCE,
    Postbox,
    a_gate,
    backlog,
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
from tests.handlers.telegram import UNLIMITED

MOMENT = timedelta(seconds=0.05)


async def test_a_letter_is_carried_as_soon_as_it_is_committed(sqlite_store: SqlStore) -> None:
    gate, box = a_gate(sqlite_store, office(sqlite_store)), Postbox()
    async with running(carried_by(gate, box)):
        await eventually(lambda: gate.pulse.silent() == ())
        await asyncio.sleep(0.05)
        await gate.ask(posting("Chào em"))
        await eventually(lambda: box.texts == ["Chào em"], within=0.5)
    assert unsettled(sqlite_store) == 0


async def test_letters_of_before_the_start_are_carried(sqlite_store: SqlStore) -> None:
    gate, box = a_gate(sqlite_store, office(sqlite_store)), Postbox()
    await gate.ask(posting("từ hôm qua"))
    async with running(carried_by(gate, box)):
        await eventually(lambda: box.texts == ["từ hôm qua"])


async def test_one_person_gets_letters_one_at_a_time_in_order(sqlite_store: SqlStore) -> None:
    gate, box = a_gate(sqlite_store, office(sqlite_store)), Postbox()
    texts = [f"thư {number}" for number in range(10)]
    async with running(carried_by(gate, box)):
        for text in texts:
            await gate.ask(posting(text))
        await eventually(lambda: len(box.letters) == 10)
    assert box.texts == texts


async def test_several_people_are_served_side_by_side(sqlite_store: SqlStore) -> None:
    gate, box = a_gate(sqlite_store, office(sqlite_store)), Postbox(slow=asyncio.Event())
    async with running(carried_by(gate, box)):
        for number in range(5):
            await gate.ask(posting("thư", somebody(f"p{number}")))
        await eventually(lambda: len(box.letters) == 5)
        assert box.slow is not None
        box.slow.set()


async def test_an_alert_does_not_wait_behind_a_conversation_that_hangs(sqlite_store: SqlStore) -> None:
    gate, box = a_gate(sqlite_store, office(sqlite_store)), Postbox(slow=asyncio.Event())
    async with running(carried_by(gate, box)):
        for number in range(60):
            await gate.ask(posting("chậm", somebody(f"p{number}")))
        await gate.ask(posting("khẩn cấp", somebody("hoa"), Lane.ALERT))
        await eventually(lambda: "khẩn cấp" in box.texts)
        assert box.slow is not None
        box.slow.set()


async def test_an_alert_overtakes_what_waits_for_the_accounts_rate(sqlite_store: SqlStore) -> None:
    slow = replace(UNLIMITED, per_second=8.0)
    gate, box = a_gate(sqlite_store, office(sqlite_store)), Postbox(traits=slow)
    for number in range(20):
        await gate.ask(posting("thường", somebody(f"p{number}")))
    async with running(carried_by(gate, box)):
        await eventually(lambda: len(box.letters) >= 4)
        await gate.ask(posting("khẩn cấp", somebody("hoa"), Lane.ALERT))
        await eventually(lambda: "khẩn cấp" in box.texts)
    assert box.texts.index("khẩn cấp") < 15


async def test_no_more_goes_out_than_the_account_may_send(sqlite_store: SqlStore) -> None:
    slow = replace(UNLIMITED, per_second=50.0)
    gate, box = a_gate(sqlite_store, office(sqlite_store)), Postbox(traits=slow)
    for number in range(30):
        await gate.ask(posting("thư", somebody(f"p{number}")))
    loop = asyncio.get_running_loop()
    begun = loop.time()
    async with running(carried_by(gate, box)):
        await eventually(lambda: len(box.letters) == 30)
        assert loop.time() - begun >= 27 / 50


async def test_a_person_gets_no_two_letters_within_the_chats_pause(sqlite_store: SqlStore) -> None:
    polite = replace(UNLIMITED, per_chat=timedelta(seconds=0.2))
    gate, box = a_gate(sqlite_store, office(sqlite_store)), Postbox(traits=polite)
    loop = asyncio.get_running_loop()
    begun = loop.time()
    async with running(carried_by(gate, box)):
        for number in range(3):
            await gate.ask(posting(f"thư {number}"))
        await eventually(lambda: len(box.letters) == 3)
        assert loop.time() - begun >= 0.4


async def test_a_letter_that_was_put_off_comes_again_and_keeps_its_place(sqlite_store: SqlStore) -> None:
    gate = a_gate(sqlite_store, office(sqlite_store))
    box = Postbox(outcomes=[Deferred(MOMENT, Scope.CHAT, Why.NETWORK)])
    async with running(carried_by(gate, box)):
        await gate.ask(posting("một"))
        await gate.ask(posting("hai"))
        await eventually(lambda: len(box.letters) == 3)
    assert box.texts == ["một", "một", "hai"]


async def test_a_pause_of_the_account_holds_every_lane(sqlite_store: SqlStore) -> None:
    gate = a_gate(sqlite_store, office(sqlite_store))
    box = Postbox(outcomes=[Deferred(timedelta(seconds=0.5), Scope.ACCOUNT, Why.RATE)])
    loop = asyncio.get_running_loop()
    async with running(carried_by(gate, box)):
        await gate.ask(posting("một"))
        await eventually(lambda: len(box.letters) == 1)
        await asyncio.sleep(0.02)
        begun = loop.time()
        await gate.ask(posting("hai", somebody("binh"), Lane.ALERT))
        await eventually(lambda: len(box.letters) == 3)
        assert loop.time() - begun >= 0.3


async def test_a_letter_that_breaks_the_channel_is_tried_again_and_in_the_end_given_up(
    sqlite_store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    gate = a_gate(sqlite_store, office(sqlite_store))
    box = Postbox(outcomes=[ValueError("Chào em")] * 5)
    courier = carried_by(gate, box)
    courier.breaking.wait = timedelta(0)
    async with running(courier):
        await gate.ask(posting("Chào em"))
        await eventually(lambda: gate.pulse.counts.get("letters_refused_conversation"), within=15)
    assert len(box.letters) == 5
    assert gate.pulse.counts["letters_refused_conversation"] == 1
    assert "Chào" not in caplog.text


async def test_pages_fetch_for_themselves(sqlite_store: SqlStore) -> None:
    page = Postbox("web_chat", traits=replace(UNLIMITED, pull=True))
    gate = a_gate(sqlite_store, office(sqlite_store))
    async with running(carried_by(gate, page)):
        await gate.ask(posting("Chào em", somebody("an", "web_chat")))
        await asyncio.sleep(0.1)
    assert page.letters == []
    assert backlog(sqlite_store) == 1


async def test_stopping_lets_a_letter_in_flight_arrive_and_records_it(sqlite_store: SqlStore) -> None:
    gate, box = a_gate(sqlite_store, office(sqlite_store)), Postbox(slow=asyncio.Event())
    async with running(carried_by(gate, box)):
        await gate.ask(posting("Chào em"))
        await eventually(lambda: len(box.letters) == 1)
        assert box.slow is not None
        asyncio.get_running_loop().call_later(0.05, box.slow.set)
    assert unsettled(sqlite_store) == 0


async def test_stopping_in_the_middle_of_a_claim_hands_the_letters_back(sqlite_store: SqlStore) -> None:
    gate, box = a_gate(sqlite_store, office(sqlite_store)), Postbox()
    await gate.ask(posting("Chào em"))
    busy, go_on = threading.Event(), threading.Event()

    def hold(_: UnitOfWork) -> None:
        busy.set()
        go_on.wait(PATIENCE)

    held = sqlite_store.submit(hold)
    await asyncio.to_thread(busy.wait, PATIENCE)
    async with running(carried_by(gate, box)):
        await asyncio.sleep(0.05)  # its claims wait behind the one that holds the writer
        asyncio.get_running_loop().call_later(0.05, go_on.set)
    held.result(PATIENCE)
    now = wall_clock()
    left = sqlite_store.write(
        lambda uow: uow.outbox.claim("telegram_public", "main", Lane.CONVERSATION, 9, now, timedelta(0))
    )
    assert len(left) + len(box.letters) == 1


async def test_a_refused_alert_is_failed_at_once_and_the_next_officer_is_rung(sqlite_store: SqlStore) -> None:
    tools = office(sqlite_store)
    gate, box = a_gate(sqlite_store, tools), Postbox("telegram_officers")
    box.outcomes = [Refused(Why.BLOCKED)]
    _enrol_all(sqlite_store)
    async with running(gate, carried_by(gate, box)):
        await gate.hear(words("cứu em với, bố đang đánh em ở Phường Buôn Ma Thuột"))
        await eventually(lambda: len(box.letters) >= 2)
    first, second = box.letters[:2]
    assert first.to != second.to
    assert sqlite_store.read(_states)[:2] == [AlertState.FAILED, AlertState.SENT]


def _enrol_all(store: SqlStore) -> None:
    def enrol(uow: UnitOfWork) -> None:
        for officer in uow.office.roster().officers:
            uow.office.enrol(officer.id, somebody(f"officer-{officer.id}", "telegram_officers"), wall_clock())

    store.write(enrol)


def _states(uow: UnitOfWork) -> list[AlertState]:
    (case,) = uow.cases.queue(Queue())
    return [alert.state for alert in uow.watches.alerts(case.id)]
