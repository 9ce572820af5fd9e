"""Too many at once: pages say whom to call and wait; a report is taken all the same."""

import asyncio
import resource
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from handlers.web_wire.crowd import OUR_OWN, allow_files
from storage.engine import SqlStore
from tests.handlers.web import BEATEN, Site, site

FEW = 3


@asynccontextmanager
async def silent(place: Site, connections: int) -> AsyncIterator[None]:
    """Connections that are opened and say nothing."""
    host, port = place.url.removeprefix("http://").split(":")
    writers = [(await asyncio.open_connection(host, int(port)))[1] for _ in range(connections)]
    try:
        yield
    finally:
        for writer in writers:
            writer.close()


async def test_beyond_the_limit_a_page_names_111_and_a_report_is_taken(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store, connections=FEW) as place:
        async with silent(place, FEW), place.browser() as child:
            async with child.session.get("/") as answer:
                assert answer.status == 503
                assert "111" in await answer.text()
                assert answer.headers["Retry-After"]
            assert (await child.says(BEATEN)).status == 202
            assert sqlite_store.read(lambda uow: uow.cases.count_open() + uow.inbox.waiting()) > 0
            async with child.session.get("/health") as answer:
                assert answer.status in (200, 503)
                assert answer.content_type == "application/json"
        async with place.browser() as later, asyncio.timeout(10):
            while True:  # the server notices in its own time that they went
                async with later.session.get("/") as answer:
                    if answer.status == 200:
                        break


async def test_no_crowd_locks_officers_or_platforms_out(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store, connections=FEW) as place, silent(place, FEW), place.browser() as desk:
        await desk.enters(place.officer("TE-24169"))
        for path in ("/desk", "/desk/login", "/desk/stream", "/metrics"):
            async with desk.session.get(path) as answer:
                assert answer.status == 200, path
        async with desk.session.get("/zalo/oa") as answer:
            assert answer.status == 404, "there is no such channel here, which is not 503"
        for path in ("/", "/chat/plain", "/chat/stream", "/l/1/x", "/tin/x"):
            async with desk.session.get(path, allow_redirects=False) as answer:
                assert answer.status == 503, path


async def test_a_form_without_a_script_reports_however_many_are_there(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store, connections=FEW) as place, silent(place, FEW), place.browser() as child:
        data = {"id": "message-000", "text": BEATEN}
        async with child.session.post("/chat/say", data=data, allow_redirects=False) as answer:
            assert answer.status == 303


async def test_strangers_streams_are_limited_in_all_and_officers_hear_on(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store, strangers=2) as place, AsyncExitStack() as open_:
        statuses = []
        for network in ("10.0.0.1", "10.0.0.2", "10.0.0.3"):
            child = await open_.enter_async_context(place.browser(**{"X-Forwarded-For": network}))
            await child.says("xin chào")
            stream = await open_.enter_async_context(child.session.get("/chat/stream"))
            statuses.append(stream.status)
        assert statuses == [200, 200, 503]
        desk = await open_.enter_async_context(place.browser())
        await desk.enters(place.officer("TE-24169"))
        stream = await open_.enter_async_context(desk.session.get("/desk/stream"))
        assert stream.status == 200


async def test_one_network_cannot_take_every_stream(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store, strangers=8) as place, AsyncExitStack() as open_:
        statuses = []
        for network in ("10.0.0.1", "10.0.0.1", "10.0.0.1", "10.0.0.2"):
            child = await open_.enter_async_context(place.browser(**{"X-Forwarded-For": network}))
            await child.says("xin chào")
            stream = await open_.enter_async_context(child.session.get("/chat/stream"))
            statuses.append(stream.status)
        assert statuses == [200, 200, 503, 200]


def test_so_many_files_are_asked_of_the_system(caplog: pytest.LogCaptureFixture) -> None:
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    low = min(before[1], 512)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (low, before[1]))
        allow_files(low)
        soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert soft == min(low + OUR_OWN, before[1])
        assert ("TINBAO_HTTP_CONNECTIONS" in caplog.text) is (before[1] < low + OUR_OWN)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
