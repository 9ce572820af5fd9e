"""Both Zalo channels on their fakes."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from bot.domain.messages import Address, Attachment, HeardKind, Media
from handlers.zalo_bot.channel import NAME as BOT
from handlers.zalo_oa.signature import Keys
from handlers.zalo_oa.webhook import PATH, Webhook
from handlers.zalo_wire.media import Rules
from storage.engine import SqlStore
from tests.fakes.zalo_bot import Fault as BotFault
from tests.fakes.zalo_bot import ZaloBotApi
from tests.fakes.zalo_oa import Fault
from tests.fakes.zalo_oa.bodies import APP, OA, PERSON, RECORDED, Body
from tests.fakes.zalo_oa.push import SECRET, Push
from tests.handlers.office import wall_clock
from tests.handlers.rigs.rig import Doing, Listening, Rig, Shown, Went
from tests.handlers.telegram import Ledge
from tests.handlers.zalo_bot import AN, a_bot, hooked
from tests.handlers.zalo_sending import a_desk

TYPED = "a tap arrives as a typed text: its payload"
NO_EVENT = "Zalo has no event for it"


@asynccontextmanager
async def zalo_oa(store: SqlStore) -> AsyncIterator[Rig]:
    async with a_desk(store, media=Rules(loopback=True)) as desk, _webhook(desk.tools, store) as (push, gate):
        to = desk.heard_from(PERSON, minutes=1)

        def sends(body: Body) -> Doing:
            return lambda: push.post(body)

        async def shown() -> Sequence[Shown]:
            return [
                Shown(one.text, tuple(str(button["title"]) for button in one.buttons))
                for one in desk.zalo.people[PERSON].letters
            ]

        def fails(**what: Any) -> Callable[[], object]:
            return lambda: desk.zalo.fails(Fault("/message/cs", **what))

        yield Rig(
            channel=desk.channel,
            to=to,
            does={
                HeardKind.TEXT: sends(RECORDED["text"]),
                HeardKind.MEDIA: sends(RECORDED["image with words"]),
                HeardKind.LOCATION: sends(RECORDED["location"]),
                HeardKind.CONTACT: sends(RECORDED["business card"]),
                HeardKind.STICKER: sends(RECORDED["sticker"]),
                HeardKind.START: sends(RECORDED["follow"]),
                HeardKind.GROUP: sends(RECORDED["group text"]),
                HeardKind.BLOCKED: sends(RECORDED["unfollow"]),
                HeardKind.UNSUPPORTED: sends(RECORDED["a kind of a later version"]),
                HeardKind.NOTICE: sends(RECORDED["a human's text"]),
            },
            cannot={
                HeardKind.TAP: TYPED,
                HeardKind.UNBLOCKED: "who follows again starts again",
                HeardKind.EDITED: NO_EVENT,
                HeardKind.POLL: NO_EVENT,
                HeardKind.LIVE_LOCATION: NO_EVENT,
            },
            heard=gate.heard,
            shown=shown,
            goes_wrong={
                Went.DELIVERED: lambda: None,
                Went.CHAT_WAITS: fails(code=-200, message="Send message failed"),
                Went.ACCOUNT_WAITS: fails(code=-32, message="Your application reached limit"),
                Went.UNWANTED: fails(code=-213, message="User has blocked your OA"),
                Went.GONE: fails(code=-227, message="User is banned or inactive"),
                Went.CONTENT: fails(code=-248, message="Violates the content policy"),
            },
            never={},
            hear=_nothing,
            file=lambda content: Attachment(Media.PHOTO, desk.zalo.serves("1.jpg", content)),
        )


@asynccontextmanager
async def _webhook(tools: Any, store: SqlStore) -> AsyncIterator[tuple[Push, Listening]]:
    gate = Listening(store, tools, wall_clock)
    application = web.Application()
    application.add_routes(Webhook(gate, Keys(APP, OA, SECRET), OA).routes())
    served = web.AppRunner(application, access_log=None)
    await served.setup()
    await web.TCPSite(served, "127.0.0.1", 0).start()
    try:
        async with Push(f"http://127.0.0.1:{served.addresses[0][1]}{PATH}") as push:
            yield push, gate
    finally:
        await served.cleanup()
        gate.close()


@asynccontextmanager
async def zalo_bot(store: SqlStore) -> AsyncIterator[Rig]:
    async with ZaloBotApi() as fake, hooked(fake, ledge := Ledge()), a_bot(fake) as bot:
        an, group = fake.person(AN), fake.person(AN, group="9f9f")

        async def shown() -> Sequence[Shown]:
            return [Shown(text) for text in an.told]

        def fails(**what: Any) -> Callable[[], object]:
            return lambda: fake.fails(BotFault("sendMessage", **what))

        yield Rig(
            channel=bot,
            to=Address(BOT, bot.account, AN),
            does={
                HeardKind.TEXT: lambda: an.says("bạn em bị đánh"),
                HeardKind.MEDIA: lambda: an.shows("https://photo-stal-1.zdn.vn/1.jpg", "tay em"),
                HeardKind.STICKER: an.sticks,
                HeardKind.GROUP: lambda: group.says("@bot"),
                HeardKind.UNSUPPORTED: an.is_withheld,
            },
            cannot={
                HeardKind.TAP: "nothing can be pressed: numbers are typed",
                HeardKind.LOCATION: NO_EVENT,
                HeardKind.LIVE_LOCATION: NO_EVENT,
                HeardKind.CONTACT: NO_EVENT,
                HeardKind.POLL: NO_EVENT,
                HeardKind.EDITED: NO_EVENT,
                HeardKind.START: NO_EVENT,
                HeardKind.BLOCKED: NO_EVENT,
                HeardKind.UNBLOCKED: NO_EVENT,
                HeardKind.NOTICE: NO_EVENT,
            },
            heard=ledge.heard,
            shown=shown,
            goes_wrong={
                Went.DELIVERED: lambda: None,
                Went.CHAT_WAITS: fails(code=408, description="Request timeout"),
                Went.ACCOUNT_WAITS: fails(code=429, description="quota exceeded"),
                Went.UNWANTED: fails(code=403, description="Forbidden: user blocked the bot"),
                Went.GONE: fails(code=400, description="Bad Request: chat not found"),
                Went.CONTENT: fails(code=400, description="Bad Request: text"),
            },
            never={},
            hear=_nothing,
            file=lambda content: Attachment(Media.PHOTO, fake.file("1.jpg", content)),
        )


async def _nothing() -> None:
    """The webhook has brought it already."""
