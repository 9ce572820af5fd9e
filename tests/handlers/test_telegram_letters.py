"""A letter as requests to the Bot API, through both libraries; its answers as outcomes."""

import unicodedata
from datetime import timedelta

import pytest

from bot.domain.messages import Ask, Attachment, Button, Media
from bot.ports import Deferred, Delivered, Fetched, NotFetched, Outcome, Refused, Scope, TooLarge, Why
from tests.fakes.bot_api import BotApi, Cut, Fault
from tests.handlers.telegram import LIBRARIES, Library, a_bot, a_letter

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_letter_arrives_with_its_buttons_protected_and_without_preview(library: Library) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        async with a_bot(library, fake) as bot:
            rows = ((Button("Có", "yes"), Button("Không", "no")), (Button("Mở trang", url="https://a.vn/x"),))
            outcome = await bot.send(a_letter("Em có an toàn không?", *rows))
    (sent,) = an.messages
    assert outcome == Delivered(str(sent.message_id))
    assert sent.text == "Em có an toàn không?"
    assert [len(row) for row in sent.markup["inline_keyboard"]] == [2, 1]
    assert sent.labels == ["Có", "Không", "Mở trang"]
    assert sent.params["protect_content"] is True
    assert sent.params["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in sent.params


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_letter_that_may_be_forwarded_is_not_protected(library: Library) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        async with a_bot(library, fake) as bot:
            await bot.send(a_letter(private=False))
    assert "protect_content" not in an.messages[0].params


@pytest.mark.parametrize("library", LIBRARIES)
async def test_asking_where_offers_the_location_key_and_the_choices_after_it(library: Library) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        async with a_bot(library, fake) as bot:
            await bot.send(a_letter("Ở đâu?", (Button("Bỏ qua", "skip"),), ask=Ask.LOCATION))
    where, choose = an.messages
    assert where.text == "Ở đâu?"
    assert where.markup["keyboard"][0][0]["request_location"] is True
    assert where.markup["one_time_keyboard"] is True
    assert choose.labels == ["Bỏ qua"]


@pytest.mark.parametrize("library", LIBRARIES)
async def test_the_location_key_is_put_away_by_the_next_plain_letter(library: Library) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        async with a_bot(library, fake) as bot:
            await bot.send(a_letter("Cảm ơn em."))
    assert an.messages[0].markup == {"remove_keyboard": True}


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_long_letter_goes_out_in_parts_and_keeps_its_buttons_at_the_end(library: Library) -> None:
    text = unicodedata.normalize("NFD", "Một câu dài của cán bộ. " * 400)
    async with BotApi() as fake:
        an = fake.person(101)
        async with a_bot(library, fake) as bot:
            outcome = await bot.send(a_letter(text, (Button("Có", "yes"),)))
    assert isinstance(outcome, Delivered)
    assert len(an.messages) == 3
    assert [bool(sent.labels) for sent in an.messages] == [False, False, True]
    assert " ".join(an.texts) == unicodedata.normalize("NFC", text).strip()


@pytest.mark.parametrize("library", LIBRARIES)
async def test_what_arrived_before_a_pause_is_not_said_twice(library: Library) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        letter = a_letter("Một câu dài của cán bộ. " * 600)
        async with a_bot(library, fake) as bot:
            outcomes = []
            for _ in range(3):  # the second message of each attempt meets a 429
                fake.fails(Fault("sendMessage", delay=0.001))
                fake.fails(Fault("sendMessage", code=429, retry_after=2))
                outcomes.append(type(await bot.send(letter)))
                fake.bot().faults.clear()
            outcomes.append(type(await bot.send(letter)))
    assert outcomes == [Deferred, Deferred, Deferred, Delivered]
    assert len(an.messages) == 4
    assert " ".join(an.texts) == letter.text.strip()


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("tap", ["", "ơ" * 33])
async def test_a_button_that_telegram_would_refuse_is_refused_at_once(library: Library, tap: str) -> None:
    async with BotApi() as fake:
        fake.person(101)
        async with a_bot(library, fake) as bot:
            assert await bot.send(a_letter("Chọn", (Button("A", tap),))) == Refused(Why.CONTENT)
        assert "sendMessage" not in fake.bot().calls


@pytest.mark.parametrize("library", LIBRARIES)
async def test_64_bytes_of_tap_are_taken(library: Library) -> None:
    async with BotApi() as fake:
        fake.person(101)
        async with a_bot(library, fake) as bot:
            assert isinstance(await bot.send(a_letter("Chọn", (Button("A", "ơ" * 32),))), Delivered)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_an_address_that_telegram_takes_in_no_button_stands_in_the_text(library: Library) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        async with a_bot(library, fake) as bot:
            await bot.send(a_letter("Xem", (Button("Mở", url="http://localhost:8080/desk/x"),)))
    assert an.texts == ["Xem\nMở: http://localhost:8080/desk/x"]
    assert an.messages[0].labels == []


@pytest.mark.parametrize("library", LIBRARIES)
async def test_an_empty_letter_is_refused_and_not_tried_for_ever(library: Library) -> None:
    async with BotApi() as fake, a_bot(library, fake) as bot:
        assert await bot.send(a_letter(" \n ")) == Refused(Why.CONTENT)


ANSWERS: tuple[tuple[Fault, Outcome], ...] = (
    (Fault(code=429, retry_after=2), Deferred(2 * SECOND, Scope.CHAT, Why.RATE)),
    (Fault(code=429, retry_after=60), Deferred(60 * SECOND, Scope.ACCOUNT, Why.RATE)),
    (Fault(code=403), Refused(Why.BLOCKED)),
    (Fault(code=403, description="Forbidden: user is deactivated"), Refused(Why.GONE)),
    (Fault(code=403, description="Forbidden: bot can't initiate conversation"), Refused(Why.GONE)),
    (Fault(code=400, description="Bad Request: chat not found"), Refused(Why.GONE)),
    (Fault(code=400, description="Bad Request: BUTTON_DATA_INVALID"), Refused(Why.CONTENT)),
    (Fault(code=401), Deferred(60 * SECOND, Scope.ACCOUNT, Why.TOKEN)),
    (Fault(code=500), Deferred(3 * SECOND, Scope.CHAT, Why.PLATFORM)),
    (Fault(code=502), Deferred(3 * SECOND, Scope.CHAT, Why.PLATFORM)),
    (Fault(cut=Cut.BEFORE), Deferred(3 * SECOND, Scope.CHAT, Why.NETWORK)),
    (Fault(cut=Cut.AFTER), Deferred(3 * SECOND, Scope.CHAT, Why.NETWORK)),
)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("fault", "expected"), ANSWERS, ids=lambda value: str(getattr(value, "code", ""))[:6]
)
async def test_every_answer_of_the_bot_api_is_an_outcome(
    library: Library, fault: Fault, expected: Outcome
) -> None:
    async with BotApi() as fake:
        fake.person(101)
        fake.fails(
            Fault(
                code=fault.code, description=fault.description, retry_after=fault.retry_after, cut=fault.cut
            )
        )
        async with a_bot(library, fake) as bot:
            assert await bot.send(a_letter()) == expected


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_proxy_that_answers_with_a_page_is_a_pause(library: Library) -> None:
    async with BotApi() as fake:
        fake.person(101)
        fake.fails(Fault(garbage=True))
        async with a_bot(library, fake) as bot:
            assert isinstance(await bot.send(a_letter()), Deferred)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_platform_that_is_not_there_is_a_pause(library: Library) -> None:
    async with BotApi() as fake:
        pass
    async with a_bot(library, fake) as bot:
        assert await bot.send(a_letter()) == Deferred(3 * SECOND, Scope.CHAT, Why.NETWORK)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_group_that_became_a_supergroup_tells_its_new_number(library: Library) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        an.adds_to_group(-4001)
        an.upgrades_group(-4001, -1004001)
        async with a_bot(library, fake) as bot:
            assert await bot.send(a_letter(to="-4001")) == Refused(Why.GONE, moved_to="-1004001")


@pytest.mark.parametrize("library", LIBRARIES)
async def test_somebody_who_blocked_us_is_blocked_and_a_stranger_is_gone(library: Library) -> None:
    async with BotApi() as fake:
        fake.person(101).blocks()
        async with a_bot(library, fake) as bot:
            assert await bot.send(a_letter()) == Refused(Why.BLOCKED)
            assert await bot.send(a_letter(to="999")) == Refused(Why.GONE)
            assert await bot.send(a_letter(to="not-a-number")) == Refused(Why.GONE)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_file_is_fetched_whole(library: Library) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        content = bytes(range(256)) * 4096
        stored = an.uploads(content, "photos/a.jpg", len(content))
        async with a_bot(library, fake) as bot:
            outcome = await bot.fetch(Attachment(Media.PHOTO, stored.file_id, len(content), "image/jpeg"))
    assert isinstance(outcome, Fetched)
    assert outcome.content == content
    assert outcome.mime == "image/jpeg"


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("told", [25_000_000, None])
async def test_a_file_above_20_mb_is_too_large_whether_its_size_is_told_or_not(
    library: Library, told: int | None
) -> None:
    async with BotApi() as fake:
        stored = fake.person(101).uploads(b"x", "video/a", 25_000_000)
        async with a_bot(library, fake) as bot:
            assert await bot.fetch(Attachment(Media.VIDEO, stored.file_id, told)) == TooLarge(told)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("fault", "again"),
    [
        (Fault("getFile", code=500), True),
        (Fault("getFile", cut=Cut.BEFORE), True),
        (Fault("file", code=500), True),
        (Fault("getFile", code=400, description="Bad Request: invalid file_id"), False),
    ],
    ids=["500", "lost", "download", "unknown"],
)
async def test_a_file_that_does_not_come_is_asked_for_again_unless_it_never_will(
    library: Library, fault: Fault, again: bool
) -> None:
    async with BotApi() as fake:
        stored = fake.person(101).uploads(b"x", "photos/a", 1)
        fake.fails(Fault(fault.method, code=fault.code, description=fault.description, cut=fault.cut))
        async with a_bot(library, fake) as bot:
            assert await bot.fetch(Attachment(Media.PHOTO, stored.file_id)) == NotFetched(again)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_keyboard_that_telegram_does_not_take_costs_nobody_the_words(library: Library) -> None:
    async with BotApi() as fake:
        an = fake.person(101)
        fake.fails(Fault(code=400, description="Bad Request: BUTTON_URL_INVALID"))
        async with a_bot(library, fake) as bot:
            outcome = await bot.send(a_letter("Gọi ngay 113", (Button("Có", "yes"),)))
    (sent,) = an.messages
    assert outcome == Delivered(str(sent.message_id))
    assert sent.text == "Gọi ngay 113"
    assert sent.labels == []
