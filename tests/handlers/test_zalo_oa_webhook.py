"""The webhook over real HTTP: both readings of the signature, probes, quarantine, repeats, a database that is away."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

import aiohttp
import pytest

from bot.domain.messages import Address, HeardKind
from bot.ports import UnitOfWork
from handlers.gate import Gate
from handlers.turns import Failed
from handlers.zalo_oa.heard.bucket import Bucket
from handlers.zalo_oa.heard.event import read
from handlers.zalo_oa.heard.replay import Replay
from handlers.zalo_oa.heard.translate import OTHER_ACCOUNT, Ear, Nothing
from handlers.zalo_oa.signature import Keys
from storage.engine import SqlStore
from storage.quarantine import SqlQuarantine
from tests.fakes.zalo_oa.bodies import APP, CDN, OA, PERSON, RECORDED, SAMPLE, VISITOR, Body, words
from tests.fakes.zalo_oa.push import SECRET, encoded, signed
from tests.handlers.office import wall_clock
from tests.handlers.zalo_hearing import KEYS, a_webhook

T = TypeVar("T")
WRONG = Keys(APP, OA, "another-secret")


@pytest.mark.parametrize("first", [APP, OA])
async def test_both_readings_of_the_signature_are_let_in_and_told_apart(
    sqlite_store: SqlStore, first: str
) -> None:
    async with a_webhook(sqlite_store) as at:
        at.zalo.first = first
        assert await at.zalo.post(words("cứu em")) == 200
        assert at.rows == 1
        assert at.counted("signed_app_id" if first == APP else "signed_oa_id") == 1
        found = at.oldest()
    assert found is not None
    assert (found.heard.kind, found.heard.text) == (HeardKind.TEXT, "cứu em")


async def test_the_prefix_of_the_signature_may_be_missing(sqlite_store: SqlStore) -> None:
    async with a_webhook(sqlite_store) as at:
        body = words("cứu em")
        bare = signed(encoded(body), str(body["timestamp"])).removeprefix("mac=")
        assert await at.zalo.post(body, signature=bare.upper()) == 200
        assert (at.rows, at.shut) == (1, 0)


@pytest.mark.parametrize("name", RECORDED)
async def test_every_event_is_taken(sqlite_store: SqlStore, name: str) -> None:
    async with a_webhook(sqlite_store) as at:
        assert await at.zalo.post(RECORDED[name]) == 200
        assert await at.zalo.post(RECORDED[name]) == 200
        assert at.rows <= 1
        assert at.shut == 0
        assert at.counted("refused") == 0


# --- probes ---------------------------------------------------------------------------------------------


async def test_the_portals_probes_are_answered_and_do_nothing(sqlite_store: SqlStore) -> None:
    async with a_webhook(sqlite_store) as at, aiohttp.ClientSession() as client:
        async with client.get(at.zalo.url) as answer:
            assert answer.status == 200
        async with client.head(at.zalo.url) as answer:
            assert answer.status == 200
        async with client.get(at.zalo.url, params={"hub.challenge": "a1-B_2"}) as answer:
            assert await answer.text() == "a1-B_2"
        async with client.get(at.zalo.url, params={"hub.challenge": "<b>"}) as answer:
            assert await answer.text() == ""
        strange = {**words("a"), "app_id": "1"}
        for body in (b"", b" \n", b"{}", b"not json", SAMPLE, strange):
            assert await at.zalo.post(body, signs=False) == 200
        assert await at.zalo.post(SAMPLE, signature="mac=00") == 200
        assert (at.rows, at.shut, at.alarms) == (0, 0, [])
        assert at.counted("probe") == 11


# --- a wrong signature ----------------------------------------------------------------------------------


@pytest.mark.parametrize("signature", ["mac=" + "0" * 64, "mac=", "", "\xe4", "x" * 5000])
async def test_a_wrong_signature_drops_nothing(sqlite_store: SqlStore, signature: str) -> None:
    async with a_webhook(sqlite_store) as at:
        body = words("bố đánh em")
        assert await at.zalo.post(body, signature=signature) == 200
        assert await at.zalo.post(body, signature=signature) == 200
        assert (at.rows, at.shut) == (0, 1)
        assert at.alarms == ["zalo_oa.signature"]


async def test_one_changed_byte_is_a_wrong_signature(sqlite_store: SqlStore) -> None:
    async with a_webhook(sqlite_store) as at:
        body = words("bố đánh em")
        right = signed(encoded(body), str(body["timestamp"]))
        assert await at.zalo.post(encoded(body).replace(b"em", b"me"), signature=right) == 200
        later = {**body, "timestamp": "1795000000001"}
        assert await at.zalo.post(later, signature=right) == 200
        assert (at.rows, at.shut) == (0, 2)


async def test_without_a_secret_nobody_can_sign(sqlite_store: SqlStore) -> None:
    async with a_webhook(sqlite_store, Keys(APP, OA, "")) as at:
        at.zalo.secret = ""
        assert await at.zalo.post(words("a")) == 200
        assert (at.rows, at.shut) == (0, 1)


async def test_what_was_shut_away_goes_into_the_inbox_once_the_secret_is_right(
    store: SqlStore,
) -> None:
    first, second, stranger = words("một"), words("hai"), words("ba")
    async with a_webhook(store, WRONG) as at:
        for body in (first, second):
            assert await at.zalo.post(body) == 200
        assert await at.zalo.post(RECORDED["tagged"]) == 200
        assert await at.zalo.post(stranger, signature="mac=1") == 200
        assert (at.rows, at.shut) == (0, 4)
    async with a_webhook(store) as at:
        assert await at.zalo.post(first) == 200  # Zalo repeated it meanwhile
        replay = Replay(store, KEYS, OA, wall_clock())
        done = replay.run()
        assert (done.fed, done.nothing, done.stays) == (1, 2, 1)
        again = replay.run()
        assert (again.fed, again.nothing, again.stays) == (0, 0, 1)
        assert (at.rows, at.shut) == (2, 1)


OTHER_OA = "4299999999999999999"


def to_other(body: Body) -> Body:
    """The same event, of another account of the same app."""
    changed: Body = {**body}
    if "oa_id" in body:
        changed["oa_id"] = OTHER_OA
    for role in ("sender", "recipient"):
        part = body.get(role)
        if isinstance(part, dict) and part.get("id") == OA:
            changed[role] = {**part, "id": OTHER_OA}
    return changed


def test_every_event_of_the_catalogue_that_names_its_account_is_ours_or_anothers() -> None:
    ear = Ear(OA)
    for name, body in RECORDED.items():
        ours, others = (read(encoded(one)) for one in (body, to_other(body)))
        assert ours is not None
        assert others is not None
        assert ear.understand(ours, wall_clock()) != Nothing(OTHER_ACCOUNT), name
        understood = ear.understand(others, wall_clock())
        if name in ("group text", "group made", "group joined", "seen", "received", "reacted"):
            continue  # a group may be named as recipient; of our letters only those that we sent are known
        if name == "template delivered":
            continue
        assert understood == Nothing(OTHER_ACCOUNT), name


async def test_before_ours_was_heard_of_an_event_for_another_account_is_kept_and_a_human_is_called(
    sqlite_store: SqlStore,
) -> None:
    async with a_webhook(sqlite_store) as at:
        assert await at.zalo.post(to_other(words("cứu em"))) == 200
        assert (at.rows, at.shut) == (0, 1)
        assert alarms(sqlite_store) == ["zalo_oa.other_account"]
        assert Replay(sqlite_store, KEYS, OA, wall_clock()).run().stays == 1
        # the account's id had been set wrong: it is mended, and nothing was lost
        mended = Replay(sqlite_store, Keys(APP, OTHER_OA, SECRET), OTHER_OA, wall_clock()).run()
        assert (mended.fed, at.shut, alarms(sqlite_store)) == (1, 0, [])


async def test_once_ours_was_heard_of_what_people_say_to_another_account_is_not_kept(
    sqlite_store: SqlStore,
) -> None:
    async with a_webhook(sqlite_store) as at:
        assert await at.zalo.post(words("xin chào")) == 200
        assert [await at.zalo.post(to_other(words(f"{n}"))) for n in range(3)] == [200] * 3
        assert (at.rows, at.shut) == (1, 0)
        assert alarms(sqlite_store) == ["zalo_oa.other_account"]


def alarms(store: SqlStore) -> list[str]:
    since = wall_clock() - timedelta(days=2)
    return [one.code for one in store.read(lambda uow: uow.alarms.standing(since))]


async def test_strangers_cannot_fill_the_disk(sqlite_store: SqlStore) -> None:
    async with a_webhook(sqlite_store) as at:
        at.webhook.shutting.bucket = Bucket(burst=3, per_second=0)
        assert await at.zalo.post(b'{"app_id":"' + b"x" * 70_000, signature="mac=1") == 503
        assert await at.zalo.post(b" " * 300_000 + b"{}", signature="mac=1") == 413
        statuses = [await at.zalo.post(words(f"{n}"), signature="mac=1") for n in range(5)]
        assert statuses == [200, 200, 200, 503, 503]
        assert at.shut == 3
        assert await at.zalo.post(words("thật")) == 200, "whoever signs is heard all the same"
        assert at.rows == 1


def test_a_bucket_fills_again_with_time() -> None:
    bucket = Bucket(burst=2, per_second=0.5)
    assert [bucket.take(at) for at in (0.0, 0.0, 0.0, 1.0, 2.0, 2.0, 1_000.0, 1_000.0, 1_000.0)] == [
        True, True, False, False, True, False, True, True, False,
    ]  # fmt: skip


def test_a_full_quarantine_takes_no_more(store: SqlStore) -> None:
    from bot.ports import Put, Suspect

    def fill(uow: object) -> list[Put]:
        db, seals = uow._db, uow._memory.seals  # type: ignore[attr-defined]
        small = SqlQuarantine(db, seals, most_rows=2)
        return [
            small.put("zalo_oa", Suspect(f"{n}".encode(), "s"), "signature", wall_clock())
            for n in (1, 1, 2, 3)
        ]

    assert store.write(fill) == [Put.KEPT, Put.KNOWN, Put.KEPT, Put.FULL]


def test_a_body_comes_out_as_it_went_in(store: SqlStore) -> None:
    from bot.ports import Suspect

    body = bytes(range(256))
    store.write(
        lambda uow: uow.quarantine.put("zalo_oa", Suspect(body, "mac=\xe9"), "signature", wall_clock())
    )
    (row,) = store.read(lambda uow: uow.quarantine.listing("zalo_oa"))
    found = store.read(lambda uow: uow.quarantine.get(row.id))
    assert found is not None
    assert (found.body, found.signature) == (body, "mac=\xe9")
    assert store.write(lambda uow: uow.quarantine.drop(row.id))
    assert not store.write(lambda uow: uow.quarantine.drop(row.id))


# --- repeats --------------------------------------------------------------------------------------------


async def test_five_repeats_are_one_row_and_the_last_ones_call_a_human(store: SqlStore) -> None:
    async with a_webhook(store) as at:
        body = words("cứu em")
        for retry in range(6):
            assert await at.zalo.post(body, retry=retry) == 200
            assert at.alarms == ([] if retry < 4 else ["zalo_oa.retries"])
        assert at.rows == 1
        assert [at.counted(f"retry_{n}") for n in range(1, 6)] == [1] * 5


@dataclass
class StuckAlarms:
    """A gate whose alarms never get anywhere."""

    gate: Gate

    def __post_init__(self) -> None:
        self.tools, self.pulse = self.gate.tools, self.gate.pulse
        self.hear, self.now = self.gate.hear, self.gate.now

    async def attempt(self, name: str, work: Callable[[UnitOfWork], T]) -> T | Failed:
        if name == "alarm":
            await asyncio.Event().wait()
        return await self.gate.attempt(name, work)


async def test_an_alarm_that_gets_stuck_does_not_cost_the_last_repeat_its_200(sqlite_store: SqlStore) -> None:
    async with a_webhook(sqlite_store) as at:
        at.webhook._door = StuckAlarms(at.gate)
        assert await at.zalo.post(words("cứu em"), retry=5) == 200
        assert at.rows == 1


@pytest.mark.parametrize("said", ["x", "-1", "", "²", "9" * 400])
async def test_an_odd_count_of_repeats_is_none(sqlite_store: SqlStore, said: str) -> None:
    async with a_webhook(sqlite_store) as at, aiohttp.ClientSession() as client:
        body = words("a")
        headers = {"X-ZEvent-Signature": signed(encoded(body), str(body["timestamp"])), "num_retry": said}
        async with client.post(at.zalo.url, data=encoded(body), headers=headers) as answer:
            assert answer.status == 200
        assert (at.rows, at.alarms) == (1, [])


async def test_events_out_of_order_are_each_heard_once(sqlite_store: SqlStore) -> None:
    bodies = [words(f"câu {n}") for n in range(20)]
    async with a_webhook(sqlite_store) as at:
        assert all(await at.zalo.deliver_all([*reversed(bodies), *bodies]))
        assert at.rows == 20
    assert SECRET not in repr(KEYS)


# --- what came along ------------------------------------------------------------------------------------


async def test_a_photo_is_sent_for_at_once_and_once_although_no_case_needs_it_yet(
    store: SqlStore,
) -> None:
    async with a_webhook(store) as at:
        for retry in range(3):
            assert await at.zalo.post(RECORDED["image"], retry=retry) == 200
        rows = store.read(lambda uow: uow.files.due(at.gate.now(), 10))
        assert [(row.case, row.attachment.ref) for row in rows] == [(None, f"{CDN}/1.jpg")]
        found = at.oldest()
        assert found is not None
        assert [one.sealed for one in found.heard.attachments] == [rows[0].id]


# --- privacy --------------------------------------------------------------------------------------------


async def test_no_word_and_no_id_of_a_person_is_in_a_log_or_a_count(
    sqlite_store: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with a_webhook(sqlite_store) as at:
        for body in (words("MARKED bố đánh em"), *RECORDED.values()):
            await at.zalo.post(body, retry=5)
            await at.zalo.post(body, signature="mac=1")
        at.gate.turns.schedule(Address("zalo_oa", OA, PERSON))
        counts = " ".join(at.gate.pulse.counts)
    whole = caplog.text + counts
    assert "event" in caplog.text
    for secret in ("MARKED", "đánh", PERSON, VISITOR, "0900000001", "Lê Thị Mẫu", SECRET):
        assert secret not in whole
