"""The Zalo bot against its fake over real HTTP: hearing by polling and webhook, sending, every refusal."""

import asyncio
import io
import logging
from collections.abc import Callable
from datetime import timedelta

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.domain.messages import Attachment, Button, Enclosure, HeardKind, Lane, Media
from bot.ports import Deferred, Delivered, Fetched, NotFetched, Outcome, Refused, Scope, UnitOfWork, Why
from handlers.hearing import Hearing, Mode, WrongToken
from handlers.zalo_bot.client import Refusal
from handlers.zalo_bot.pictures import Pictures
from handlers.zalo_bot.updates import keep, listen
from handlers.zalo_bot.webhook import HEADER
from handlers.zalo_bot.writing import AFTER, Writing
from storage.engine import SqlStore
from tests.fakes.zalo_bot import Fault, ZaloBotApi
from tests.handlers.telegram import Ledge
from tests.handlers.zalo_bot import AN, SECRET, a_bot, a_letter, hooked, running, until

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels" * 9

# --- polling ---


async def test_every_update_is_heard_one_after_the_other() -> None:
    async with ZaloBotApi() as fake, a_bot(fake, ledge := Ledge()) as bot:
        an = fake.person(AN)
        for text in ("một", "hai", "ba"):
            await an.says(text)
        async with running(bot):
            await until(fake, lambda: len(ledge.heard) == 3)
    assert [heard.text for heard in ledge.heard] == ["một", "hai", "ba"]
    assert fake.calls[:2] == ["getMe", "deleteWebhook"]


async def test_an_update_that_the_database_does_not_take_is_held_until_it_does(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Zalo has it no longer: there is no second copy."""
    ledge, pauses = Ledge(refuses=3), []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    async def hear(update: object) -> None:
        await ledge.hear(update)  # type: ignore[arg-type]

    with caplog.at_level(logging.ERROR):
        await keep({"event_name": "x"}, hear, "459201", sleep)
    assert len(ledge.heard) == 1
    assert pauses == [0.5, 1.0, 2.0]
    assert "we hold it" in caplog.text


async def test_nothing_new_is_asked_for_while_an_update_is_held() -> None:
    asked = 0

    async def fetch() -> dict[str, object]:
        nonlocal asked
        asked += 1
        if asked == 2:
            raise StopAsyncIteration
        return {"event_name": "x"}

    ledge, at_sleep = Ledge(refuses=2), []

    async def sleep(_: float) -> None:
        at_sleep.append(asked)

    with pytest.raises(StopAsyncIteration):
        await listen(fetch, lambda update: ledge.hear(update), "459201", sleep)  # type: ignore[arg-type]
    assert at_sleep == [1, 1]
    assert len(ledge.heard) == 1


async def test_who_ends_the_program_lets_a_held_update_have_one_last_try() -> None:
    ledge, asleep = Ledge(refuses=1), asyncio.Event()

    async def sleep(_: float) -> None:
        asleep.set()
        await asyncio.Event().wait()

    task = asyncio.ensure_future(keep({"event_name": "x"}, lambda update: ledge.hear(update), "1", sleep))  # type: ignore[arg-type]
    await asleep.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert len(ledge.heard) == 1


async def test_an_empty_poll_is_no_trouble(caplog: pytest.LogCaptureFixture) -> None:
    async with ZaloBotApi() as fake, a_bot(fake, ledge := Ledge()) as bot:
        fake.fails(Fault("getUpdates", times=3, code=408, description="Request timeout"))
        with caplog.at_level(logging.WARNING):
            async with running(bot):
                await until(fake, lambda: fake.calls.count("getUpdates") >= 4)
                await fake.person(AN).says("em đây")
                await until(fake, lambda: bool(ledge.heard))
    assert caplog.text == ""


async def test_a_silent_platform_is_waited_for(caplog: pytest.LogCaptureFixture) -> None:
    async with ZaloBotApi() as fake, a_bot(fake, ledge := Ledge()) as bot:
        fake.fails(Fault("getMe", cut_before=True))
        fake.fails(Fault("getUpdates", code=502, garbage=True))
        await fake.person(AN).says("em đây")
        with caplog.at_level(logging.WARNING):
            async with running(bot):
                await until(fake, lambda: bool(ledge.heard))
    assert "does not answer" in caplog.text
    assert "answers 502" in caplog.text


async def test_a_token_that_zalo_does_not_know_ends_the_program_and_names_the_setting() -> None:
    async with ZaloBotApi(revoked=True) as fake, a_bot(fake) as bot:
        with pytest.raises(ExceptionGroup) as raised:
            await bot.run()
    assert raised.group_contains(WrongToken, match="TINBAO_ZALO_BOT_TOKEN")


# --- webhook ---


@pytest.mark.parametrize("wrapped", [False, True])
async def test_the_webhook_takes_both_shapes_of_body(wrapped: bool) -> None:
    async with ZaloBotApi(wrapped=wrapped) as fake, hooked(fake, ledge := Ledge()):
        assert await fake.person(AN).says("bạn em đang bị đánh") == 200
    assert [heard.text for heard in ledge.heard] == ["bạn em đang bị đánh"]


async def test_a_wrong_secret_is_refused_and_counted() -> None:
    counts: list[str] = []
    async with ZaloBotApi() as fake, hooked(fake, ledge := Ledge(), counts):
        for secret in ("", "another secret", SECRET + "x"):
            fake.secret = secret
            assert await fake.person(AN).says("x") == 401
    assert ledge.heard == []
    assert counts == ["zalo_bot_secret_wrong"] * 3


async def test_a_probe_is_answered_and_does_nothing() -> None:
    async with (
        ZaloBotApi() as fake,
        hooked(fake, ledge := Ledge()) as url,
        aiohttp.ClientSession() as session,
    ):
        for call in (session.post(url), session.post(url, data=b"\n"), session.get(url)):
            async with call as answer:
                assert answer.status == 200
        async with session.post(url, data=b"no json", headers={HEADER: SECRET}) as answer:
            assert answer.status == 200
    assert ledge.heard == []


@pytest.mark.parametrize("in_pieces", [False, True])
async def test_a_body_beyond_a_megabyte_is_not_read(in_pieces: bool) -> None:
    async def pieces() -> object:
        for _ in range(20):
            yield b"x" * 65_536

    body = pieces() if in_pieces else io.BytesIO(b"x" * (1024 * 1024 + 1))
    async with (
        ZaloBotApi() as fake,
        hooked(fake, ledge := Ledge()) as url,
        aiohttp.ClientSession() as session,
        session.post(url, data=body, headers={HEADER: SECRET}) as answer,
    ):
        assert answer.status == 413
    assert ledge.heard == []


async def test_200_comes_after_the_commit_and_the_database_has_some_seconds_to_come_round() -> None:
    async with ZaloBotApi() as fake, hooked(fake, ledge := Ledge(refuses=2)):
        assert await fake.person(AN).says("em đây") == 200
    assert [heard.text for heard in ledge.heard] == ["em đây"]


async def test_the_webhook_is_registered_at_every_start_with_the_present_secret() -> None:
    hearing = Hearing(Mode.WEBHOOK, "https://tinbao.example/zalo/bot", SECRET)
    async with ZaloBotApi() as fake, a_bot(fake, hearing=hearing) as bot:
        fake.webhook, fake.secret = hearing.url, "an older secret"
        fake.fails(Fault("setWebhook", code=429, description="quota exceeded"))
        async with running(bot):
            await until(fake, lambda: fake.secret == SECRET)
    assert fake.webhook == hearing.url
    assert "getUpdates" not in fake.calls


# --- what is withheld, and groups ---


async def test_what_zalo_withholds_is_heard_as_such_and_counted() -> None:
    counts: list[str] = []
    async with ZaloBotApi() as fake, hooked(fake, ledge := Ledge(), counts):
        assert await fake.person(AN).is_withheld() == 200
        assert await fake.person(AN).does("message.of.tomorrow") == 200
    assert [heard.kind for heard in ledge.heard] == [HeardKind.UNSUPPORTED] * 2
    assert counts == ["zalo_bot_withheld", "zalo_bot_unknown_event", "zalo_bot_heard"]


async def test_a_group_is_answered_in_the_group() -> None:
    async with ZaloBotApi() as fake, hooked(fake, ledge := Ledge()), a_bot(fake) as bot:
        group = fake.person(AN, group="9f9f")
        await group.says("@bot có ai không")
        (heard,) = ledge.heard
        letter = a_letter("Xin nhắn riêng")
        answer = await bot.send(type(letter)(1, letter.lane, heard.sender, letter.text))
        assert isinstance(answer, Delivered)
        assert group.told == ["Xin nhắn riêng"]


# --- sending ---


async def test_a_letter_arrives_with_its_links_as_words() -> None:
    buttons = ((Button("Mở chi tiết", url="https://tinbao.example/l/abc"),),)
    async with ZaloBotApi() as fake, a_bot(fake) as bot:
        an = fake.person(AN)
        assert await bot.send(a_letter("Vụ 7", buttons=buttons)) == Delivered("82599fa300000001")
        assert an.told == ["Vụ 7\nMở chi tiết: https://tinbao.example/l/abc"]


async def test_a_long_letter_is_cut_at_sentence_ends_and_composed() -> None:
    text = " ".join(f"Câu số {n} của một tin dài." for n in range(200))
    async with ZaloBotApi() as fake, a_bot(fake) as bot:
        an = fake.person(AN)
        await bot.send(a_letter(text.replace("Câu", "Câu")))
        assert len(an.told) > 2
        assert all(len(part) <= 2000 and part.endswith(".") for part in an.told)
        assert " ".join(an.told) == text


async def test_what_arrived_before_a_pause_is_not_said_twice() -> None:
    text = " ".join(f"Câu số {n} của một tin dài." for n in range(150))
    async with ZaloBotApi() as fake, a_bot(fake) as bot:
        an = fake.person(AN)
        fake.fails(Fault("sendMessage", after=1, code=429, description="Too many requests"))
        assert isinstance(await bot.send(a_letter(text)), Deferred)
        assert len(an.told) == 1
        assert isinstance(await bot.send(a_letter(text)), Delivered)
        assert " ".join(an.told) == text


OUTCOMES: list[tuple[Fault, Outcome]] = [
    (Fault(code=400, description="Bad Request: chat not found"), Refused(Why.GONE)),
    (Fault(code=400, description="Bad Request: text is invalid"), Refused(Why.CONTENT)),
    (Fault(code=401, description="Unauthorized"), Deferred(timedelta(minutes=1), Scope.ACCOUNT, Why.TOKEN)),
    (
        Fault(code=403, description="Internal server error"),
        Deferred(timedelta(seconds=5), Scope.CHAT, Why.PLATFORM),
    ),
    (Fault(code=403, description="Forbidden: user blocked the bot"), Refused(Why.BLOCKED)),
    (Fault(code=404, description="Not Found"), Deferred(timedelta(minutes=1), Scope.ACCOUNT, Why.TOKEN)),
    (Fault(code=404, description="user not found"), Refused(Why.GONE)),
    (
        Fault(code=408, description="Request timeout"),
        Deferred(timedelta(seconds=5), Scope.CHAT, Why.PLATFORM),
    ),
    (Fault(code=429, description="quota exceeded"), Deferred(timedelta(minutes=1), Scope.ACCOUNT, Why.QUOTA)),
    (
        Fault(code=429, description="too many", retry_after=7),
        Deferred(timedelta(seconds=7), Scope.ACCOUNT, Why.RATE),
    ),
    (Fault(code=500, description="?"), Deferred(timedelta(seconds=5), Scope.CHAT, Why.PLATFORM)),
    (Fault(code=502, garbage=True), Deferred(timedelta(seconds=5), Scope.CHAT, Why.PLATFORM)),
    (Fault(cut_before=True), Deferred(timedelta(seconds=5), Scope.CHAT, Why.NETWORK)),
    (Fault(cut_after=True), Deferred(timedelta(seconds=5), Scope.CHAT, Why.NETWORK)),
]


@pytest.mark.parametrize(("fault", "outcome"), OUTCOMES, ids=lambda one: str(one)[:60])
async def test_every_refusal_is_understood(fault: Fault, outcome: Outcome) -> None:
    fault.times = 1
    async with ZaloBotApi() as fake, a_bot(fake) as bot:
        fake.person(AN)
        fake.fails(fault)
        assert await bot.send(a_letter()) == outcome


@pytest.mark.parametrize("code", [401, 404, 429])
async def test_an_alert_does_not_wait_for_a_token_or_a_quota(code: int) -> None:
    async with ZaloBotApi() as fake, a_bot(fake) as bot:
        fake.person(AN)
        fake.fails(Fault(code=code, description="quota"))
        assert isinstance(await bot.send(a_letter(lane=Lane.ALERT)), Refused)


async def test_a_person_who_never_wrote_is_gone() -> None:
    async with ZaloBotApi() as fake, a_bot(fake) as bot:
        assert await bot.send(a_letter()) == Refused(Why.GONE)


async def test_neither_words_nor_token_stand_in_a_refusal() -> None:
    async with ZaloBotApi() as fake, a_bot(fake) as bot:
        fake.fails(Fault("getMe", cut_before=True))
        with pytest.raises(Refusal) as raised:
            await bot._client.me()
    assert "fake-zalo" not in repr(raised.value) + str(raised.value.__cause__)


# --- writing is shown late, and once ---


async def test_writing_is_shown_only_to_whom_we_let_wait() -> None:
    shown: list[str] = []

    async def show(person: str) -> None:
        shown.append(person)

    writing = Writing(show)
    writing.waits("quick")
    writing.waits("slow")
    writing.answered("quick")
    await writing.show_late()
    assert shown == []
    writing._since["slow"] -= AFTER
    await writing.show_late()
    await writing.show_late()
    assert shown == ["slow"]


# --- files ---


async def test_a_picture_is_fetched_from_where_it_stands() -> None:
    async with ZaloBotApi() as fake, a_bot(fake) as bot:
        url = fake.file("1.jpg", b"pixels")
        assert await bot.fetch(Attachment(Media.PHOTO, url)) == Fetched(b"pixels", "image/jpeg")
        assert await bot.fetch(Attachment(Media.PHOTO, "https://intranet.example/x")) == NotFetched(
            again=False
        )


# --- pictures of campaigns ---


async def shown(store: SqlStore, path: str) -> tuple[int, str, bytes]:
    async def look(work: Callable[[UnitOfWork], bytes | None]) -> bytes | None:
        return store.read(work)

    app = web.Application()
    app.add_routes(Pictures(look, "https://tinbao.example").routes())
    async with TestServer(app) as server, TestClient(server) as client, client.get(path) as answer:
        return answer.status, answer.content_type, await answer.read()


async def test_a_picture_is_sent_by_its_address_where_zalo_can_fetch_it(sqlite_store: SqlStore) -> None:
    digest = sqlite_store.write(lambda uow: uow.pictures.put(PNG))
    status, mime, content = await shown(sqlite_store, f"/zalo/bot/picture/{digest}")
    assert (status, mime, content) == (200, "image/png", PNG)
    pictures = Pictures(lambda _: asyncio.sleep(0, None), "https://tinbao.example/")
    async with ZaloBotApi() as fake, a_bot(fake, pictures=pictures) as bot:
        fake.person(AN)
        await bot.send(a_letter("Phòng đuối nước", enclosure=Enclosure(digest, "image/png")))
        await bot.send(a_letter("Xem phim", 2, enclosure=Enclosure(digest, "video/mp4")))
        fake.fails(Fault("sendPhoto", code=400, description="Bad Request: photo"))
        await bot.send(a_letter("Bơi an toàn", 3, enclosure=Enclosure(digest, "image/png")))
    assert [(sent.text, sent.photo) for sent in fake.sent] == [
        ("Phòng đuối nước", f"https://tinbao.example/zalo/bot/picture/{digest}"),
        ("Xem phim", ""),
        ("Bơi an toàn", ""),
    ]


async def test_nothing_but_pictures_is_handed_out(sqlite_store: SqlStore) -> None:
    page = sqlite_store.write(lambda uow: uow.pictures.put(b"<html>"))
    for path in (page, "0" * 64, "..%2Fkeys.json", "x"):
        assert (await shown(sqlite_store, f"/zalo/bot/picture/{path}"))[0] == 404
