"""The three Telegram accounts on the fake Bot API."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from bot.domain.messages import Address, Attachment, HeardKind, Media
from bot.ports import Store
from handlers.telegram_news.channel import TelegramNews
from handlers.telegram_officers.channel import TelegramOfficers
from handlers.telegram_public.channel import TelegramPublic
from storage.engine import SqlStore
from tests.fakes.bot_api import TOKEN, BotApi, Fault, Person
from tests.handlers.rigs.rig import Doing, Rig, Shown, Went
from tests.handlers.telegram import WORDS, Ledge

AN = 7654321
CANNOT = {HeardKind.NOTICE: "the Bot API tells nothing of people who said nothing"}


@dataclass
class Door(Ledge):
    """A ledge with a store behind it: pictures of campaigns stand there."""

    store: Store = field(kw_only=True)

    async def look(self, work: Callable[[Any], Any]) -> Any:
        return self.store.read(work)

    async def ask(self, work: Callable[[Any], Any]) -> Any:
        return self.store.write(work)


def doings(an: Person) -> dict[HeardKind, Doing]:
    return {
        HeardKind.TEXT: lambda: an.says("bạn em bị đánh"),
        HeardKind.MEDIA: lambda: an.sends_photo("vết thương"),
        HeardKind.LOCATION: an.shares_location,
        HeardKind.LIVE_LOCATION: lambda: an.shares_location(live=True),
        HeardKind.CONTACT: an.shares_contact,
        HeardKind.STICKER: an.sends_sticker,
        HeardKind.POLL: an.sends_poll,
        HeardKind.EDITED: lambda: an.edits(5, "bạn em tên Bình"),
        HeardKind.TAP: lambda: an.taps_data("q:1:kind:violence"),
        HeardKind.START: an.starts,
        HeardKind.GROUP: an.adds_to_group,
        HeardKind.BLOCKED: an.blocks,
        HeardKind.UNBLOCKED: an.unblocks,
        HeardKind.UNSUPPORTED: lambda: an.sends({"hologram": {"x": 1}}),
    }


def telegram_public(store: SqlStore) -> Any:
    return _rig(TelegramPublic, store)


def telegram_officers(store: SqlStore) -> Any:
    return _rig(TelegramOfficers, store)


def telegram_news(store: SqlStore) -> Any:
    return _rig(TelegramNews, store)


@asynccontextmanager
async def _rig(
    library: type[TelegramPublic] | type[TelegramOfficers] | type[TelegramNews], store: SqlStore
) -> AsyncIterator[Rig]:
    door = Door(store=store)
    async with BotApi() as fake:
        an, channel = fake.person(AN), library(TOKEN, door, WORDS, api_base=fake.base_url)  # type: ignore[arg-type]

        async def hear() -> None:
            updates = [*fake.bot().updates]
            fake.bot().updates.clear()
            for update in updates:
                await channel.wire.hear(update)

        async def shown() -> Sequence[Shown]:
            return [Shown(sent.text, tuple(sent.labels)) for sent in fake.sent_to(AN)]

        def held(content: bytes) -> Attachment:
            return Attachment(Media.DOCUMENT, an.uploads(content, "documents/a.pdf", len(content)).file_id)

        def fails(**what: Any) -> Callable[[], object]:
            return lambda: fake.fails(Fault("sendMessage", **what))

        try:
            yield Rig(
                channel=channel,
                to=Address(channel.name, channel.account, str(AN)),
                does=doings(an),
                cannot=CANNOT,
                heard=door.heard,
                shown=shown,
                goes_wrong={
                    Went.DELIVERED: lambda: None,
                    Went.CHAT_WAITS: fails(code=429, retry_after=2),
                    Went.ACCOUNT_WAITS: fails(code=429, retry_after=30),
                    Went.UNWANTED: fails(code=403),
                    Went.GONE: fails(code=400),
                    Went.CONTENT: fails(code=400, description="Bad Request: message text is empty"),
                },
                never={},
                hear=hear,
                file=held,
            )
        finally:
            await channel.close()
