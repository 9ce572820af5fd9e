"""The account's key: renewed once by however many processes, stored before it is used, a human called in time."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.ports import Deferred, Delivered, Scope, Why
from handlers.zalo_oa.api.oauth import OAuth, Unreachable, code_in, pair_of
from handlers.zalo_oa.api.renewal import NoToken
from handlers.zalo_oa.api.tokens import Keys
from handlers.zalo_oa.traits import NAME
from storage.engine import SqlStore, open_store
from tests.fakes.zalo_oa import OA_ID, Cut, Fault
from tests.fakes.zalo_oa import ZaloOa as Zalo
from tests.handlers.zalo_sending import CS, START, Clock, PlainBooks, a_desk, a_letter, an_account, office

OAUTH = "/v4/oa/access_token"


@dataclass
class Process:
    """One process of the program: a store and keys of its own."""

    keys: Keys
    store: SqlStore
    session: ClientSession

    async def current(self) -> str:
        return await self.keys.current(self.session)

    async def renewed(self, used: str) -> str:
        return await self.keys.renewed(self.session, used)


class Threads(PlainBooks):
    """Transactions beside the loop, as in the program."""

    async def ask(self, work):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
        return await asyncio.to_thread(self.store.write, work)


@asynccontextmanager
async def a_process(
    zalo: Zalo, url: str, folder: Path, clock: Clock, pair: tuple[str, str] | None = None
) -> AsyncIterator[Process]:
    store = open_store(url, folder / "keys.json", folder / "files")
    account = an_account(zalo, pair, clock.now)
    tools = office(store)
    keys = Keys(
        Threads(store, clock), tools, account.oauth, OA_ID, account.first, look_again=0.005, save_wait=0.02
    )
    try:
        async with ClientSession() as session:
            yield Process(keys, store, session)
    finally:
        store.close()


async def test_two_processes_at_once_renew_once(database_url: str, tmp_path: Path) -> None:
    clock = Clock()
    async with Zalo(clock=clock) as zalo:
        pair = zalo.oauth.pair()
        zalo.fails(Fault(OAUTH, delay=0.1, times=9))
        async with (
            a_process(zalo, database_url, tmp_path, clock, pair) as one,
            a_process(zalo, database_url, tmp_path, clock, pair) as two,
        ):
            tokens = await asyncio.gather(*(process.current() for process in (one, two, one, two)))
            assert len(set(tokens)) == 1
            assert zalo.oauth.used == [pair[1]], "a refresh token works once"
            for _ in range(3):
                clock.forward(hours=26)
                again = await asyncio.gather(*(p.renewed(tokens[0]) for p in (one, two, one, two)))
                assert set(again).isdisjoint(tokens)
                assert len(set(again)) == 1
                tokens = again
            assert len(zalo.oauth.used) == len(set(zalo.oauth.used)) == zalo.oauth.granted == 4


async def test_the_new_pair_is_stored_before_it_is_used(sqlite_url: str, tmp_path: Path) -> None:
    clock = Clock()
    async with Zalo(clock=clock) as zalo:
        async with a_process(zalo, sqlite_url, tmp_path, clock, zalo.oauth.pair()) as process:
            first = await process.current()
        # the settings still hold the pair that is used up: the database's counts
        async with a_process(zalo, sqlite_url, tmp_path, clock, ("access-1", "refresh-1")) as process:
            clock.forward(hours=1)
            stored = process.store.read(lambda uow: uow.tokens.get(NAME, OA_ID))
            assert stored is not None
            assert stored.pair.access == first
        raw = await asyncio.to_thread(Path(sqlite_url.removeprefix("sqlite:///")).read_bytes)
        assert first.encode() not in raw
        assert b"refresh-" not in raw


async def test_the_settings_pair_counts_once_and_a_new_one_of_a_human_replaces_what_broke(
    sqlite_url: str, tmp_path: Path
) -> None:
    clock = Clock()
    async with Zalo(clock=clock) as zalo:
        old = zalo.oauth.pair()
        async with a_process(zalo, sqlite_url, tmp_path, clock, old) as process:
            kept = await process.current()
        async with a_process(zalo, sqlite_url, tmp_path, clock, old) as process:
            assert await process.current() == kept
        zalo.oauth.refresh.clear()
        zalo.oauth.access.clear()
        fresh = zalo.oauth.pair()
        async with a_process(zalo, sqlite_url, tmp_path, clock, fresh) as process:
            assert await process.current() in zalo.oauth.access


async def test_a_pair_that_the_database_does_not_take_at_once_is_not_lost(
    sqlite_url: str, tmp_path: Path
) -> None:
    clock = Clock()
    async with Zalo(clock=clock) as zalo:
        pair = zalo.oauth.pair()
        async with a_process(zalo, sqlite_url, tmp_path, clock, pair) as process:
            await process.current()
            clock.forward(hours=26)
            zalo.fails(Fault(OAUTH, delay=0.2))
            renewing = asyncio.ensure_future(process.current())
            while len(zalo.oauth.used) < 1 or len(zalo.calls) < 2:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.01)
            broken = _Broken(process.store)
            with broken:
                await asyncio.sleep(0.4)
                assert not renewing.done(), "used before it was stored"
            token = await renewing
            stored = process.store.read(lambda uow: uow.tokens.get(NAME, OA_ID))
            assert stored is not None
            assert stored.pair.access == token


class _Broken:
    """The table is away for a while."""

    def __init__(self, store: SqlStore) -> None:
        self._path = store.engine.url.database or ""

    def __enter__(self) -> None:
        self._rename("account_tokens", "elsewhere")

    def __exit__(self, *_: object) -> None:
        self._rename("elsewhere", "account_tokens")

    def _rename(self, old: str, new: str) -> None:
        connection = sqlite3.connect(self._path, timeout=5)
        connection.execute(f"ALTER TABLE {old} RENAME TO {new}")
        connection.commit()
        connection.close()


async def test_a_pair_that_comes_after_its_lease_has_ended_is_stored_all_the_same(
    sqlite_url: str, tmp_path: Path
) -> None:
    clock = Clock()
    async with Zalo(clock=clock) as zalo:
        pair = zalo.oauth.pair()
        async with (
            a_process(zalo, sqlite_url, tmp_path, clock, pair) as slow,
            a_process(zalo, sqlite_url, tmp_path, clock, pair) as quick,
        ):
            zalo.fails(Fault(OAUTH, delay=0.4, answered_first=True))
            late = asyncio.ensure_future(slow.current())
            while not zalo.oauth.used:  # noqa: ASYNC110 - no event tells
                await asyncio.sleep(0.01)
            clock.forward(minutes=2)
            # the lease is over, the refresh token used up: the other process is refused and goes on with the old one
            assert await quick.current() == pair[0]
            assert await late in zalo.oauth.access
            stored = slow.store.read(lambda uow: uow.tokens.get(NAME, OA_ID))
            assert stored is not None
            assert (stored.version, stored.failed_at) == (2, None)
            assert await quick.renewed(pair[0]) == await late


async def test_a_token_is_renewed_long_before_it_ends(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        session = desk.channel.client.session()
        await desk.channel.keys.look_after(session)
        assert desk.zalo.oauth.granted == 1
        for _ in range(100):
            desk.clock.forward(hours=12)
            await desk.channel.keys.look_after(session)
        assert desk.zalo.oauth.granted == 51
        assert desk.alarms() == []


async def test_a_worn_out_token_is_renewed_in_the_middle_of_a_letter(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)
        desk.clock.forward(hours=1)
        desk.zalo.oauth.access.clear()
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)
        assert len(desk.zalo.people["1001"].letters) == 2


async def test_a_key_that_zalo_goes_on_refusing_is_renewed_once_an_hour_and_a_human_is_called(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)
        granted = desk.zalo.oauth.granted
        fault = desk.zalo.fails(Fault(CS, code=-216, message="Access token is invalid", times=1_000))
        for _ in range(120):
            outcome = await desk.channel.send(a_letter(to))
            assert isinstance(outcome, Deferred)
            assert (outcome.why, outcome.scope) == (Why.TOKEN, Scope.CHAT)
            desk.clock.forward(minutes=1)
        assert desk.zalo.oauth.granted - granted == 1
        assert desk.alarms() == ["zalo_oa.account"]
        fault.times = 0
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)


async def test_when_zalo_takes_the_refresh_token_no_more_a_human_is_called_while_letters_still_go(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001")
        session = desk.channel.client.session()
        await desk.channel.keys.look_after(session)
        desk.zalo.oauth.refresh.clear()
        desk.clock.forward(hours=13)
        with pytest.raises(NoToken):
            await desk.channel.keys.look_after(session)
        assert desk.alarms() == ["zalo_oa.token"]
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)
        desk.clock.forward(hours=13)
        waits = await desk.channel.send(a_letter(to))
        assert isinstance(waits, Deferred)
        assert (waits.why, waits.scope) == (Why.TOKEN, Scope.CHAT)
        assert "zalo_oa.token_over" in desk.alarms()
        # a human logs in: all is well, and the alarms are over
        access, refresh = desk.zalo.oauth.pair()
        pair = pair_of(
            {"access_token": access, "refresh_token": refresh, "expires_in": "90000"}, desk.clock.now
        )
        assert pair is not None
        desk.store.write(lambda uow: uow.tokens.logged_in(NAME, OA_ID, pair, desk.clock.now))
        desk.clock.forward(minutes=11)
        assert isinstance(await desk.channel.send(a_letter(to)), Delivered)


async def test_an_outage_of_zalo_calls_nobody_as_long_as_there_is_time(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        session = desk.channel.client.session()
        await desk.channel.keys.look_after(session)
        desk.zalo.down = True
        for hours, alarms in ((13, []), (7, ["zalo_oa.token"])):
            desk.clock.forward(hours=hours)
            with pytest.raises(NoToken):
                await desk.channel.keys.look_after(session)
            assert desk.alarms() == alarms
        desk.zalo.down = False
        desk.clock.forward(minutes=1)
        await desk.channel.keys.look_after(session)
        assert desk.alarms() == []


async def test_a_refresh_token_that_was_left_alone_for_months_calls_a_human_days_before(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        now = desk.clock.now
        access, refresh = desk.zalo.oauth.pair()
        told = {"access_token": access, "refresh_token": refresh, "expires_in": "90000"}
        pair = pair_of({**told, "refresh_token_expires_in": str(13 * 86400)}, now)
        assert pair is not None
        await desk.channel.keys.look_after(desk.channel.client.session())
        desk.store.write(lambda uow: uow.tokens.logged_in(NAME, OA_ID, pair, now))
        await desk.channel.keys.look_after(desk.channel.client.session())
        assert desk.alarms() == ["zalo_oa.token_old"]


async def test_an_answer_that_got_lost_is_asked_for_again_and_then_a_human_is_called(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        session = desk.channel.client.session()
        await desk.channel.keys.look_after(session)
        desk.clock.forward(hours=20)
        desk.zalo.fails(Fault(OAUTH, cut=Cut.AFTER))
        for _ in range(2):
            with pytest.raises(NoToken):
                await desk.channel.keys.look_after(session)
            desk.clock.forward(minutes=1)
        stored = desk.store.read(lambda uow: uow.tokens.get(NAME, OA_ID))
        assert stored is not None
        assert stored.failed_at is not None
        assert stored.failed_why.startswith("-14014")
        assert desk.alarms() == ["zalo_oa.token"]


def test_the_life_of_a_token_is_read_from_text_and_number_alike() -> None:
    told = {"access_token": "a", "refresh_token": "r"}
    for expires, seconds in (("90000", 90_000), (3600, 3600), (None, 3600), ("soon", 3600)):
        pair = pair_of({**told, "expires_in": expires}, START)
        assert pair is not None
        assert pair.access_until - START == timedelta(seconds=seconds)
    assert pair_of({"error": -14014, "error_name": "Invalid refresh token"}, START) is None


def test_a_code_is_found_in_what_was_pasted() -> None:
    url = "https://baotin.example.vn/zalo/callback?oa_id=4200&code=AbC-1_2"
    assert code_in(url) == ("AbC-1_2", "4200")
    assert code_in("code=AbC&oa_id=7") == ("AbC", "7")
    assert code_in("  AbC-1_2 \n") == ("AbC-1_2", "")
    assert code_in("https://baotin.example.vn/?error=denied") == ("", "")


async def test_a_server_that_answers_nonsense_is_unreachable(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        oauth: OAuth = desk.account.oauth
        for fault in (Fault(OAUTH, status=502), Fault(OAUTH, cut=Cut.BEFORE)):
            desk.zalo.fails(fault)
            with pytest.raises(Unreachable):
                await oauth.exchange(desk.channel.client.session(), "code", START)
