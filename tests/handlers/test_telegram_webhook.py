"""The webhook: the secret, the 200 only after the commit, and Telegram's repeats."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web

from handlers.hearing import Hearing, Mode
from handlers.telegram_wire.webhook import HEADER
from tests.fakes.bot_api import BotApi
from tests.fakes.bot_api.people import until
from tests.handlers.telegram import LIBRARIES, Ledge, Library, a_bot

SECRET = "a-secret_of_tests"


@asynccontextmanager
async def a_webhook(library: Library, fake: BotApi, ledge: Ledge) -> AsyncIterator[str]:
    """The bot behind its own server; gives the webhook's address."""
    hearing = Hearing(Mode.WEBHOOK, "", SECRET)
    async with a_bot(library, fake, ledge, hearing) as bot:
        application = web.Application()
        application.add_routes(bot.routes())
        served = web.AppRunner(application, access_log=None)
        await served.setup()
        await web.TCPSite(served, "127.0.0.1", 0).start()
        path = "/telegram/public" if library is LIBRARIES[0] else "/telegram/officers"
        try:
            yield f"http://127.0.0.1:{served.addresses[0][1]}{path}"
        finally:
            await served.cleanup()


UPDATE = {
    "update_id": 5,
    "message": {
        "message_id": 1,
        "date": 1_795_000_000,
        "chat": {"id": 101, "type": "private"},
        "from": {"id": 101, "is_bot": False, "first_name": "An"},
        "text": "cứu",
    },
}


async def _post(url: str, *, secret: str | None = SECRET, body: object = UPDATE) -> int:
    headers = {} if secret is None else {HEADER: secret}
    async with aiohttp.ClientSession() as client:
        raw = {"data": body} if isinstance(body, bytes) else {"json": body}
        async with client.post(url, headers=headers, **raw) as answer:
            return answer.status


@pytest.mark.parametrize("library", LIBRARIES)
async def test_the_right_secret_is_let_in_and_no_other(library: Library) -> None:
    ledge = Ledge()
    async with a_webhook(library, BotApi(), ledge) as url:
        assert [await _post(url, secret=secret) for secret in ("", None, "wrong", SECRET + "x")] == [401] * 4
        assert ledge.heard == []
        assert await _post(url) == 200
    assert [heard.text for heard in ledge.heard] == ["cứu"]


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_database_that_cannot_take_it_gives_no_200(library: Library) -> None:
    ledge = Ledge(refuses=1)
    async with a_webhook(library, BotApi(), ledge) as url:
        assert await _post(url) == 503
        assert await _post(url) == 200
    assert len(ledge.heard) == 1


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("body", [b"no json", b"[]", b"\xff\xfe", {"update_id": "x"}, {"update_id": 3}, {}])
async def test_what_is_no_update_is_taken_off_the_queue(library: Library, body: object) -> None:
    ledge = Ledge()
    async with a_webhook(library, BotApi(), ledge) as url:
        assert await _post(url, body=body) == 200
    assert ledge.heard == []


@pytest.mark.parametrize("library", LIBRARIES)
async def test_telegram_repeats_until_the_message_is_in_and_keeps_each_persons_order(
    library: Library,
) -> None:
    ledge = Ledge(refuses=2)
    async with BotApi() as fake, a_webhook(library, fake, ledge) as url:
        an = fake.person(101)
        hearing = Hearing(Mode.WEBHOOK, url, SECRET)
        async with a_bot(library, fake, ledge, hearing) as bot, asyncio.TaskGroup() as group:
            task = group.create_task(bot.run())
            await until(an.account, lambda: an.account.webhook, 5, "a webhook")
            an.says("một")
            an.says("hai")
            await until(an.account, lambda: True if len(ledge.heard) == 2 else None, 5, "both")
            task.cancel()
    assert [heard.text for heard in ledge.heard] == ["một", "hai"]
    assert [delivery.status for delivery in an.account.deliveries] == [503, 503, 200, 200]


@pytest.mark.parametrize("library", LIBRARIES)
async def test_polling_offers_no_webhook(library: Library) -> None:
    async with a_bot(library, BotApi()) as bot:
        assert list(bot.routes()) == []
