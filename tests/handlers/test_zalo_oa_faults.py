"""What goes wrong at Zalo: every class of errors, broken connections, used-up limits, people who blocked us."""

import asyncio
import hashlib
import hmac

import pytest

from bot.domain.messages import Lane
from bot.ports import Deferred, Delivered, Refused, Scope, Why
from handlers.zalo_oa.api.client import Answered, Client, Failed
from handlers.zalo_oa.api.errors import Fault as Class
from storage.engine import SqlStore
from tests.fakes.zalo_oa import Cut, Fault
from tests.handlers.zalo_sending import CS, a_desk, a_letter, short

CONTENT, WINDOW = Refused(Why.CONTENT), Why.WINDOW
CLASSES: tuple[tuple[int, str, object, object], ...] = (
    # code, words, what becomes of a letter, what becomes of an alert
    (-32, "Your application reached limit", (Why.RATE, Scope.ACCOUNT), (Why.RATE, Scope.ACCOUNT)),
    (-200, "Send message failed", (Why.PLATFORM, Scope.CHAT), (Why.PLATFORM, Scope.CHAT)),
    (-211, "Out of quota", (Why.QUOTA, Scope.CHAT), Refused(Why.QUOTA)),
    (-218, "Out of quota receive", (Why.QUOTA, Scope.CHAT), Refused(Why.QUOTA)),
    (-234, "Not allowed at night", (Why.NIGHT, Scope.CHAT), Refused(Why.NIGHT)),
    (-224, "OA must upgrade", (Why.TOKEN, Scope.CHAT), Refused(Why.TOKEN)),
    (-204, "OA is disabled", (Why.TOKEN, Scope.CHAT), Refused(Why.TOKEN)),
    (-248, "Violates content policy", CONTENT, CONTENT),
    (-213, "User has not followed OA", Refused(Why.BLOCKED), Refused(Why.BLOCKED)),
    (-227, "User is banned", Refused(Why.GONE), Refused(Why.GONE)),
    (-201, "user_id is invalid", Refused(Why.GONE), Refused(Why.GONE)),
    (-201, "message is invalid", CONTENT, CONTENT),
    (-210, "You have exceeded the call limit", (Why.RATE, Scope.ACCOUNT), (Why.RATE, Scope.ACCOUNT)),
    (-9999, "something new", (Why.UNKNOWN, Scope.CHAT), Refused(Why.UNKNOWN)),
)


@pytest.mark.parametrize(("code", "message", "letter", "alert"), CLASSES)
async def test_every_class_of_errors_has_its_outcome(
    sqlite_store: SqlStore, code: int, message: str, letter: object, alert: object
) -> None:
    for alert_id, expected in ((None, letter), (5, alert)):
        async with a_desk(sqlite_store) as desk:
            to = desk.heard_from("1001")
            desk.zalo.fails(Fault(CS, code=code, message=message))
            outcome = await desk.channel.send(a_letter(to, alert=alert_id))
            assert short(outcome) == expected
            assert desk.zalo.people["1001"].letters == []


async def test_what_only_an_administrator_can_mend_is_told_to_people_once_a_day(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        for _ in range(3):
            desk.zalo.fails(Fault(CS, code=-224, message="needs OA tier upgrade"))
            await desk.channel.send(a_letter(to))
        assert desk.alarms() == ["zalo_oa.account"]
        backlog = desk.store.read(lambda uow: uow.outbox.backlog())
        told = backlog[Lane.ALERT]
        assert told >= 1
        desk.clock.forward(days=1)
        desk.heard_from("1001")
        desk.zalo.fails(Fault(CS, code=-224, message="needs OA tier upgrade"))
        await desk.channel.send(a_letter(to))
        assert desk.store.read(lambda uow: uow.outbox.backlog())[Lane.ALERT] == 2 * told


async def test_an_error_that_nobody_knows_calls_a_human_and_silences_nobody_for_ever(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        letter = a_letter(to)
        desk.zalo.fails(Fault(CS, code=-9999, message="something new", times=9))
        assert isinstance(await desk.channel.send(letter), Deferred)
        assert desk.alarms() == ["zalo_oa.account"]
        desk.clock.forward(hours=23)
        assert isinstance(await desk.channel.send(letter), Deferred)
        desk.clock.forward(hours=1)
        assert await desk.channel.send(letter) == Refused(Why.UNKNOWN)


async def test_a_fresh_key_that_zalo_does_not_take_calls_a_human(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        desk.zalo.fails(Fault(CS, code=-216, message="Access token is invalid", times=2))
        assert short(await desk.channel.send(a_letter(to))) == (Why.TOKEN, Scope.CHAT)
        assert desk.alarms() == ["zalo_oa.account"]


@pytest.mark.parametrize(
    "fault", [Fault(CS, status=502), Fault(CS, cut=Cut.BEFORE), Fault(CS, cut=Cut.AFTER)]
)
async def test_a_broken_connection_is_tried_again(sqlite_store: SqlStore, fault: Fault) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        desk.zalo.fails(Fault(fault.path, status=fault.status, cut=fault.cut))
        assert short(await desk.channel.send(a_letter(to))) == (Why.PLATFORM, Scope.CHAT)
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)


async def test_parts_that_arrived_are_not_said_twice(sqlite_store: SqlStore) -> None:
    text = "Nếu đang nguy hiểm, bạn gọi 113 ngay. " * 150
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        letter = a_letter(to, text)
        desk.zalo.fails(Fault(CS, code=-200, message="Send failed", after=1))
        first = await desk.channel.send(letter)
        assert isinstance(first, Deferred)
        assert len(first.spent) == 1
        assert isinstance(await desk.channel.send(letter), Delivered)
        texts = desk.zalo.people["1001"].texts
        assert " ".join(texts) == text.strip()


async def test_parts_that_arrived_are_not_said_twice_although_the_rest_was_cut_off(
    sqlite_store: SqlStore,
) -> None:
    text = "Phần đầu. " + "Nếu đang nguy hiểm, bạn gọi 113 ngay. " * 150
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        letter = a_letter(to, text)
        desk.zalo.fails(Fault(CS, delay=3, after=1))
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await desk.channel.send(letter)
        assert isinstance(await desk.channel.send(letter), Delivered)
        assert sum("Phần đầu" in said for said in desk.zalo.people["1001"].texts) == 1


async def test_a_share_of_calls_that_is_used_up_holds_the_account(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        desk.zalo.answers_with = {"X-RateLimit-Limit": "4000", "X-RateLimit-Remain": "3"}
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)
        held = await desk.channel.send(a_letter(to))
        assert short(held) == (Why.RATE, Scope.ACCOUNT)
        assert desk.zalo.calls.count(CS) == 1


async def test_somebody_who_blocked_us_is_left_alone_until_they_write(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", hours=1)
        desk.store.write(lambda uow: uow.contacts.blocked(to, desk.clock.now))
        assert await desk.channel.send(a_letter(to)) == Refused(Why.BLOCKED)
        desk.heard_from("1001")
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)


async def test_without_a_key_an_alert_rings_elsewhere_at_once_and_a_letter_waits(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        desk.zalo.oauth.access.clear()
        desk.zalo.oauth.refresh.clear()
        assert await desk.channel.send(a_letter(to, alert=5)) == Refused(Why.TOKEN)
        assert short(await desk.channel.send(a_letter(to))) == (Why.TOKEN, Scope.CHAT)
        assert len(desk.zalo.oauth.used) == 1, "a refresh token that was refused is left alone for a while"


async def test_an_answer_that_does_not_come_is_not_waited_for(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.heard_from("1001")
        impatient = Client(desk.channel.keys, desk.account.bases, seconds=0.1)
        desk.zalo.fails(Fault("/getoa", delay=0.5))
        assert await impatient.get("/v2.0/oa/getoa") == Failed(Class.TRY_AGAIN)
        assert isinstance(await impatient.get("/v2.0/oa/getoa"), Answered)
        await impatient.close()


async def test_calls_carry_the_proof_where_zalo_asks_for_it(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store, proof_secret="app-secret") as desk:
        to = desk.heard_from("1001")
        await desk.channel.send(a_letter(to))
        sent = desk.zalo.headers[-1]
        wanted = hmac.new(b"app-secret", sent["access_token"].encode(), hashlib.sha256).hexdigest()
        assert sent["appsecret_proof"] == wanted
