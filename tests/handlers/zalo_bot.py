"""The Zalo bot on its fake platform: what its tests have in common."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from aiohttp import web

from bot.domain.messages import Address, Lane, Letter
from handlers.hearing import Hearing, Mode
from handlers.zalo_bot.channel import PATH, ZaloBot
from handlers.zalo_bot.pictures import Pictures
from handlers.zalo_wire.media import Rules
from tests.fakes.zalo_bot import TOKEN, ZaloBotApi
from tests.handlers.telegram import Ledge

AN = "a1b2c3d4e5f60718293a"
SECRET = "a secret of the webhook"
LOOPBACK = Rules(loopback=True)


@asynccontextmanager
async def a_bot(
    fake: ZaloBotApi,
    inlet: Ledge | None = None,
    hearing: Hearing | None = None,
    counts: list[str] | None = None,
    pictures: Pictures | None = None,
) -> AsyncIterator[ZaloBot]:
    """Not running: only its calls; its connections are closed at the end."""
    count = (lambda _: None) if counts is None else counts.append
    bot = ZaloBot(
        TOKEN,
        inlet or Ledge(),
        api_base=fake.base_url,
        hearing=hearing,
        media=LOOPBACK,
        pictures=pictures,
        count=count,
    )
    try:
        yield bot
    finally:
        await bot.close()


@asynccontextmanager
async def running(bot: ZaloBot) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(bot.run())
        yield
        task.cancel()


@asynccontextmanager
async def hooked(
    fake: ZaloBotApi, inlet: Ledge, counts: list[str] | None = None, secret: str = SECRET
) -> AsyncIterator[str]:
    """The bot's webhook on a server of its own, registered with the fake; its address."""
    async with a_bot(fake, inlet, Hearing(Mode.WEBHOOK, secret=secret), counts) as bot:
        app = web.Application(client_max_size=1024 * 1024)
        app.add_routes(bot.routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        fake.webhook, fake.secret = f"http://127.0.0.1:{runner.addresses[0][1]}{PATH}", secret
        try:
            yield fake.webhook
        finally:
            await runner.cleanup()


def a_letter(
    text: str = "Chào em", number: int = 1, lane: Lane = Lane.CONVERSATION, **more: object
) -> Letter:
    return Letter(number, lane, Address("zalo_bot", "459201", AN), text, **more)  # type: ignore[arg-type]


async def until(fake: ZaloBotApi, true: Callable[[], bool], seconds: float = 5.0) -> None:
    """What is waited for may also happen on our own side of the wire."""
    async with asyncio.timeout(seconds):
        while not true():
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN):
                    await fake.changed.wait()
            fake.changed.clear()


LOOK_AGAIN = 0.02
