"""The awareness account on the fake Bot API: pictures uploaded once, paid broadcasts, lost answers, shared tokens."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest

from bot.domain.messages import Button, Enclosure, HeardKind, Lane
from bot.ports import Deferred, Delivered, Refused, Why
from handlers.telegram_news.channel import TelegramNews
from handlers.telegram_officers.channel import TelegramOfficers
from storage.engine import SqlStore
from tests.fakes.bot_api import TOKEN, BotApi, Cut, Fault
from tests.handlers.office import eventually, running
from tests.handlers.telegram import NOW, UNLIMITED, WORDS, Ledge, a_letter

PIXELS = b"\x89PNG" + b"pixels" * 50
LONG = "Trẻ em không xuống ao, suối khi không có người lớn. " * 30


@dataclass
class Door(Ledge):
    """A ledge with a store behind it."""

    store: SqlStore = field(kw_only=True)

    async def look(self, work: Callable[[Any], Any]) -> Any:
        return self.store.read(work)

    async def ask(self, work: Callable[[Any], Any]) -> Any:
        return self.store.write(work)

    def now(self) -> datetime:
        return NOW


@asynccontextmanager
async def news(fake: BotApi, store: SqlStore, **more: Any) -> AsyncIterator[TelegramNews]:
    door = more.pop("door", None) or Door(store=store)
    bot = TelegramNews(TOKEN, door, WORDS, api_base=fake.base_url, traits=UNLIMITED, **more)
    try:
        yield bot
    finally:
        await bot.close()


def a_picture(store: SqlStore, content: bytes = PIXELS, mime: str = "image/png") -> Enclosure:
    return Enclosure(store.write(lambda uow: uow.pictures.put(content)), mime)


async def test_a_picture_goes_out_with_its_words_and_is_uploaded_once(sqlite_store: SqlStore) -> None:
    picture = a_picture(sqlite_store)
    async with BotApi() as fake:
        people = [fake.person(chat) for chat in (101, 102, 103)]
        async with news(fake, sqlite_store) as bot:
            for person in people[:2]:
                letter = a_letter(
                    "Phòng đuối nước",
                    (Button("Đăng ký học bơi", "e:1"),),
                    to=str(person.id),
                    enclosure=picture,
                )
                assert isinstance(await bot.send(letter), Delivered)
        async with news(fake, sqlite_store) as restarted:
            await restarted.send(a_letter("Phòng đuối nước", to="103", enclosure=picture))
        sent = [fake.sent_to(person.id)[0] for person in people]
        assert [one.method for one in sent] == ["sendPhoto"] * 3
        assert [one.text for one in sent] == ["Phòng đuối nước"] * 3
        assert sent[0].labels == ["Đăng ký học bơi"]
        assert sent[0].params["photo"] == PIXELS
        assert [one.params["photo"] for one in sent[1:]] == ["sent-photo"] * 2


async def test_many_at_once_wait_for_the_first_upload(sqlite_store: SqlStore) -> None:
    import asyncio

    picture = a_picture(sqlite_store)
    async with BotApi() as fake:
        for chat in range(101, 111):
            fake.person(chat)
        async with news(fake, sqlite_store) as bot:
            letters = [
                a_letter("x", to=str(chat), number=chat, enclosure=picture) for chat in range(101, 111)
            ]
            await asyncio.gather(*(bot.send(letter) for letter in letters))
        uploads = [one for one in fake.bot().sent if isinstance(one.params["photo"], bytes)]
        assert (len(fake.bot().sent), len(uploads)) == (10, 1)


async def test_a_text_too_long_for_a_caption_follows_its_picture(sqlite_store: SqlStore) -> None:
    picture = a_picture(sqlite_store)
    async with BotApi() as fake:
        person = fake.person(101)
        async with news(fake, sqlite_store) as bot:
            await bot.send(a_letter(LONG, enclosure=picture))
        assert [one.method for one in fake.sent_to(person.id)] == ["sendPhoto", "sendMessage"]
        assert fake.sent_to(person.id)[1].text == LONG.strip()


async def test_a_video_goes_as_a_video(sqlite_store: SqlStore) -> None:
    film = a_picture(sqlite_store, b"film", "video/mp4")
    async with BotApi() as fake:
        person = fake.person(101)
        async with news(fake, sqlite_store) as bot:
            await bot.send(a_letter("Xem", enclosure=film))
            await bot.send(a_letter("Xem", number=2, enclosure=film))
        first, second = fake.sent_to(person.id)
        assert (first.method, first.params["video"], second.params["video"]) == (
            "sendVideo",
            b"film",
            "sent-video",
        )


async def test_a_picture_that_is_lost_costs_nobody_the_words(sqlite_store: SqlStore) -> None:
    async with BotApi() as fake:
        person = fake.person(101)
        async with news(fake, sqlite_store) as bot:
            outcome = await bot.send(a_letter("Đừng tắm sông", enclosure=Enclosure("0" * 64, "image/png")))
        assert isinstance(outcome, Delivered)
        assert [one.text for one in fake.sent_to(person.id)] == ["Đừng tắm sông"]


async def test_a_name_that_telegram_forgot_is_uploaded_again(sqlite_store: SqlStore) -> None:
    picture = a_picture(sqlite_store)
    async with BotApi() as fake:
        fake.person(101)
        sqlite_store.write(
            lambda uow: uow.pictures.keep("telegram_news", "700001", picture.digest, "old-name")
        )
        fake.fails(Fault("sendPhoto", code=400, description="Bad Request: wrong file identifier"))
        async with news(fake, sqlite_store) as bot:
            assert isinstance(await bot.send(a_letter("x", enclosure=picture)), Delivered)
        assert fake.bot().sent[0].params["photo"] == PIXELS
    kept = sqlite_store.read(lambda uow: uow.pictures.ref("telegram_news", "700001", picture.digest))
    assert kept == "sent-photo"


@pytest.mark.parametrize(("lane", "paid"), [(Lane.CAMPAIGN, True), (Lane.CONVERSATION, False)])
async def test_only_campaigns_are_paid_for(sqlite_store: SqlStore, lane: Lane, paid: bool) -> None:
    async with BotApi() as fake:
        fake.person(101)
        async with news(fake, sqlite_store, paid=True) as bot:
            await bot.send(a_letter("x", lane=lane))
        assert fake.bot().sent[0].params.get("allow_paid_broadcast", False) is paid


async def test_whoever_blocked_the_account_is_refused_and_a_flood_waits(sqlite_store: SqlStore) -> None:
    async with BotApi() as fake:
        fake.person(101)
        fake.fails(Fault("sendMessage", code=429, retry_after=7))
        async with news(fake, sqlite_store) as bot:
            waits = await bot.send(a_letter("x"))
            assert isinstance(waits, Deferred)
            assert (waits.wait.total_seconds(), waits.why) == (7, Why.RATE)
            fake.bot().blocked_by.add(101)
            assert await bot.send(a_letter("x")) == Refused(Why.BLOCKED)


async def test_a_lost_answer_is_told_from_a_telegram_that_cannot_be_reached(sqlite_store: SqlStore) -> None:
    async with BotApi() as fake:
        fake.person(101)
        fake.fails(Fault("sendMessage", cut=Cut.AFTER))
        async with news(fake, sqlite_store) as bot:
            lost = await bot.send(a_letter("x"))
            assert isinstance(lost, Deferred)
            assert lost.why is Why.NETWORK
    async with news(fake, sqlite_store) as bot:
        unreached = await bot.send(a_letter("x"))
        assert isinstance(unreached, Deferred)
        assert unreached.why is Why.PLATFORM


async def test_whatever_is_written_to_it_is_heard_and_an_account_that_shares_hears_nothing(
    sqlite_store: SqlStore,
) -> None:
    async with BotApi() as fake:
        person = fake.person(101)
        door = Door(store=sqlite_store)
        async with news(fake, sqlite_store, door=door, name="telegram_public", listens=False) as quiet:
            assert (quiet.name, quiet.account) == ("telegram_public", "700001")
            async with running(quiet):
                person.says("cứu em với")
                assert fake.bot().calls.get("getUpdates", 0) == 0
        async with news(fake, sqlite_store, door=door) as bot, running(bot):
            await eventually(lambda: len(door.heard) == 1)
            person.starts("truong-abc")
            person.blocks()
            person.unblocks()
            await eventually(lambda: len(door.heard) == 4)
        kinds = [one.kind for one in door.heard]
        assert kinds == [HeardKind.TEXT, HeardKind.START, HeardKind.BLOCKED, HeardKind.UNBLOCKED]
        assert {one.sender.channel for one in door.heard} == {"telegram_news"}
        assert door.heard[1].tap == "truong-abc"


async def test_an_officer_who_tries_a_campaign_out_sees_its_picture_and_buttons(
    sqlite_store: SqlStore,
) -> None:
    picture, door = a_picture(sqlite_store), Door(store=sqlite_store)
    async with BotApi() as fake:
        hoa = fake.person(101)
        bot = TelegramOfficers(TOKEN, door, WORDS, api_base=fake.base_url, traits=UNLIMITED, shelf=door)
        letter = a_letter("Mời đến lớp", (Button("Tôi sẽ đến", "k:e:0:y"),), to="101", enclosure=picture)
        assert isinstance(await bot.send(letter), Delivered)
        await bot.close()
        (sent,) = fake.sent_to(hoa.id)
        assert (sent.method, sent.text, sent.labels) == ("sendPhoto", "Mời đến lớp", ["Tôi sẽ đến"])
