"""getUpdates: the next offset goes out only after the commit; troubles are waited out and said clearly."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest

from handlers.hearing import WrongToken
from handlers.inlet import NotTaken
from handlers.telegram_wire.updates import ApiTrouble, Json, Trouble, by_chat, listen
from tests.fakes.bot_api import TOKEN, BotApi, Fault
from tests.fakes.bot_api.people import until
from tests.handlers.telegram import LIBRARIES, Bot, Ledge, Library, a_bot


class Enough(Exception):
    """Ends the endless loop."""


class Telegram:
    """Updates with a memory for what was confirmed; troubles in between."""

    def __init__(self, *answers: Sequence[Json] | Exception) -> None:
        self.answers = list(answers)
        self.offsets: list[int] = []
        self.pauses: list[float] = []

    async def fetch(self, offset: int) -> Sequence[Json]:
        self.offsets.append(offset)
        if not self.answers:
            raise Enough
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)


async def _listen(telegram: Telegram, *refusals: bool) -> list[Sequence[Json]]:
    taken: list[Sequence[Json]] = []
    waiting = list(refusals)

    async def hear(updates: Sequence[Json]) -> None:
        if waiting and waiting.pop(0):
            raise NotTaken
        taken.append(updates)

    with pytest.raises(Enough):
        await listen(telegram.fetch, hear, "700001", telegram.sleep)
    return taken


async def test_an_update_is_confirmed_after_it_was_taken() -> None:
    telegram = Telegram([{"update_id": 7}, {"update_id": 8}], [])
    taken = await _listen(telegram)
    assert telegram.offsets == [0, 9, 9]
    assert taken == [[{"update_id": 7}, {"update_id": 8}]]


async def test_what_the_database_cannot_take_stays_with_telegram() -> None:
    telegram = Telegram([{"update_id": 7}], [{"update_id": 7}], [])
    taken = await _listen(telegram, True, False)
    assert telegram.offsets == [0, 0, 8, 8]
    assert telegram.pauses == [0.5]
    assert len(taken) == 1


async def test_pauses_grow_while_telegram_is_silent_and_start_again_after_it() -> None:
    silent = ApiTrouble(Trouble.NETWORK)
    telegram = Telegram(silent, silent, silent, [], silent)
    await _listen(telegram)
    assert telegram.pauses == [0.5, 1.0, 2.0, 0.5]


async def test_a_pause_is_never_longer_than_half_a_minute() -> None:
    telegram = Telegram(*[ApiTrouble(Trouble.NETWORK)] * 12)
    await _listen(telegram)
    assert max(telegram.pauses) == 30.0


async def test_the_wait_that_telegram_asks_for_is_kept() -> None:
    telegram = Telegram(ApiTrouble(Trouble.RATE, 17))
    await _listen(telegram)
    assert telegram.pauses == [17]


async def test_two_readers_of_one_token_are_named(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        await _listen(Telegram(ApiTrouble(Trouble.CONFLICT)))
    assert "another process reads this bot's token" in caplog.text


def test_one_person_is_heard_in_order_and_people_side_by_side() -> None:
    def update(number: int, chat: int) -> Json:
        return {"update_id": number, "message": {"chat": {"id": chat}}}

    lanes = by_chat([update(1, 5), update(2, 6), update(3, 5)])
    assert [[one["update_id"] for one in lane] for lane in lanes] == [[1, 3], [2]]


# --- the same through the libraries ---


@asynccontextmanager
async def running(bot: Bot) -> AsyncIterator[None]:
    async with asyncio.TaskGroup() as group:
        task = group.create_task(bot.run())
        yield
        task.cancel()


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_message_is_heard_and_then_confirmed(library: Library) -> None:
    async with BotApi() as fake:
        an, ledge = fake.person(101), Ledge()
        left_at_hearing: list[int] = []
        ledge.when_heard = lambda _: left_at_hearing.append(len(fake.bot().updates))
        async with a_bot(library, fake, ledge) as bot, running(bot):
            an.says("cứu bạn em")
            await until(an.account, lambda: True if ledge.heard and not an.account.updates else None, 5, "it")
    assert [heard.text for heard in ledge.heard] == ["cứu bạn em"]
    assert left_at_hearing == [1]


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_message_that_was_not_taken_comes_again(library: Library) -> None:
    async with BotApi() as fake:
        an, ledge = fake.person(101), Ledge(refuses=1)
        an.says("cứu bạn em")
        async with a_bot(library, fake, ledge) as bot, running(bot):
            await until(an.account, lambda: True if ledge.heard and not an.account.updates else None, 5, "it")
    assert [heard.text for heard in ledge.heard] == ["cứu bạn em"]


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_tap_is_heard_and_answered(library: Library) -> None:
    async with BotApi() as fake:
        an, ledge = fake.person(101), Ledge()
        async with a_bot(library, fake, ledge) as bot, running(bot):
            assert await an.hears_answer(an.taps_data("k:violence")) == ""
    assert [heard.tap for heard in ledge.heard] == ["k:violence"]


@pytest.mark.parametrize("library", LIBRARIES)
async def test_the_bot_introduces_itself_in_both_languages(library: Library) -> None:
    said = {("commands", "en"), ("description", "en")}  # while it is heard already: the two go side by side
    async with BotApi() as fake:
        an = fake.person(101)
        async with a_bot(library, fake, Ledge()) as bot, running(bot):
            await until(an.account, lambda: said <= set(an.account.profile) or None, 5, "the introduction")
    profile = an.account.profile
    assert {lang for name, lang in profile if name == "commands"} == {"", "en"}
    assert "111" in profile["description", ""]
    assert "111" in profile["description", "en"]


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_token_that_telegram_does_not_know_is_named_by_its_setting(library: Library) -> None:
    async with BotApi() as fake:
        fake.bot().revoked = True
        async with a_bot(library, fake) as bot:
            with pytest.raises(ExceptionGroup) as failed:
                await bot.run()
    wrong = failed.value.exceptions[0]
    assert isinstance(wrong, WrongToken)
    assert "TINBAO_TELEGRAM_" in str(wrong)
    assert TOKEN not in str(wrong)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_a_platform_out_of_reach_at_the_start_is_waited_for(library: Library) -> None:
    async with BotApi() as fake:
        fake.fails(Fault("getMe", code=502))
        an, ledge = fake.person(101), Ledge()
        async with a_bot(library, fake, ledge) as bot, running(bot):
            an.says("xin chào")
            await until(an.account, lambda: True if ledge.heard else None, 5, "it")
    assert an.account.calls["getMe"] == 2


@pytest.mark.parametrize("library", LIBRARIES)
async def test_no_token_reaches_the_log(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        async with BotApi() as fake:
            an = fake.person(101)
            fake.fails(Fault("getUpdates", code=409))
            fake.fails(Fault("getUpdates", garbage=True))
            async with a_bot(library, fake, Ledge()) as bot, running(bot):
                await until(
                    an.account,
                    lambda: True if an.account.calls.get("getUpdates", 0) > 2 else None,
                    5,
                    "polls",
                )
    assert caplog.records
    assert TOKEN.partition(":")[2] not in caplog.text
