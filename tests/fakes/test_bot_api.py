"""The fake keeps the Bot API's rules: what it lets through, Telegram would too."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from tests.fakes.bot_api import TOKEN, BotApi, Cut, Fault, Limits
from tests.fakes.bot_api.methods import METHODS
from tests.fakes.bot_api.people import until
from tests.fakes.bot_api.rules import METHODS as KNOWN

Json = dict[str, Any]


async def call(fake: BotApi, method: str, *, token: str = TOKEN, form: bool = False, **params: Any) -> Json:
    """The whole answer, with its HTTP status."""
    texts = {k: v if isinstance(v, str) else json.dumps(v) for k, v in params.items()}
    async with aiohttp.ClientSession() as client:
        body: Json = {"data": texts} if form else {"json": params}
        async with client.post(f"{fake.base_url}/bot{token}/{method}", **body) as answer:
            found: Json = await answer.json()
    return found | {"status": answer.status}


def test_every_method_that_is_described_is_there() -> None:
    assert set(KNOWN) == {*METHODS, "getUpdates"}


BAD: tuple[tuple[str, Json, str], ...] = (
    ("sendMessage", {"chat_id": 7}, "text is empty"),
    ("sendMessage", {"chat_id": 7, "text": "  "}, "text is empty"),
    ("sendMessage", {"chat_id": 7, "text": "a" * 4097}, "too long"),
    ("sendMessage", {"chat_id": 999, "text": "a"}, "chat not found"),
    ("sendMessage", {"chat_id": 7, "text": "a", "txt": "b"}, "no parameter"),
    ("sendPhoto", {"chat_id": 7, "photo": "x", "caption": "a" * 1025}, "too long"),
    ("sendChatAction", {"chat_id": 7, "action": "dancing"}, "wrong parameter action"),
    ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
    ("answerCallbackQuery", {"callback_query_id": "1", "text": "a" * 201}, "TOO_LONG"),
    ("editMessageText", {"chat_id": 7, "message_id": 1, "text": "a"}, "message to edit not found"),
    ("setMyCommands", {"commands": [{"command": "Việc", "description": "x"}]}, "COMMAND_INVALID"),
    ("setMyDescription", {"description": "a" * 513}, "too long"),
    ("setWebhook", {"url": "http://example.org/x"}, "HTTPS"),
    ("setWebhook", {"url": "https://example.org/x", "secret_token": "a b"}, "unallowed characters"),
    ("getUpdates", {"limit": 101}, "limit"),
    ("getFile", {"file_id": "?"}, "invalid file_id"),
)


@pytest.mark.parametrize("form", [False, True], ids=["json", "form"])
@pytest.mark.parametrize(("method", "params", "words"), BAD, ids=lambda value: str(value)[:24])
async def test_what_breaks_a_rule_is_refused_in_telegrams_words(
    method: str, params: Json, words: str, form: bool
) -> None:
    async with BotApi() as fake:
        fake.person(7)
        answer = await call(fake, method, form=form, **params)
    assert (answer["ok"], answer["status"], answer["error_code"]) == (False, 400, 400)
    assert words in answer["description"]


KEYBOARDS: tuple[tuple[Json, bool], ...] = (
    ({"inline_keyboard": [[{"text": "A", "callback_data": "ơ" * 32}]]}, True),
    ({"inline_keyboard": [[{"text": "A", "callback_data": "ơ" * 32 + "x"}]]}, False),
    ({"inline_keyboard": [[{"text": "A"}]]}, False),
    ({"inline_keyboard": [[{"text": "A", "url": "https://a.vn"}]]}, True),
    ({"inline_keyboard": [[{"text": "A", "url": "http://localhost/x"}]]}, False),
    ({"inline_keyboard": [[{"text": "A", "callback_data": "x"}] * 9]}, False),
    ({"inline_keyboard": [[{"text": "A", "callback_data": "x"}]] * 101}, False),
    ({"keyboard": [[{"text": "A", "request_location": True}]]}, True),
    ({"remove_keyboard": True}, True),
    ({"anything": 1}, False),
)


@pytest.mark.parametrize(("markup", "taken"), KEYBOARDS)
async def test_keyboards_are_looked_at(markup: Json, taken: bool) -> None:
    async with BotApi() as fake:
        fake.person(7)
        answer = await call(fake, "sendMessage", chat_id=7, text="a", reply_markup=markup)
    assert answer["ok"] is taken


async def test_a_location_may_be_asked_for_in_private_chats_only() -> None:
    async with BotApi() as fake:
        fake.person(7).adds_to_group(-4001)
        markup = {"keyboard": [[{"text": "A", "request_location": True}]]}
        answer = await call(fake, "sendMessage", chat_id=-4001, text="a", reply_markup=markup)
    assert "private chats only" in answer["description"]


async def test_unknown_methods_malformed_and_revoked_tokens_are_told_apart() -> None:
    async with BotApi() as fake:
        assert (await call(fake, "flyToTheMoon"))["status"] == 404
        assert (await call(fake, "getMe", token="nonsense"))["status"] == 404
        fake.bot().revoked = True
        assert (await call(fake, "getMe"))["status"] == 401
        assert (await call(fake, "GETME", token="5:other"))["result"]["id"] == 5


async def test_updates_stay_until_a_higher_offset_confirms_them() -> None:
    async with BotApi() as fake:
        first, second = fake.person(7).says("một"), fake.person(7).says("hai")
        for _ in range(2):
            assert [u["update_id"] for u in (await call(fake, "getUpdates"))["result"]] == [first, second]
        assert [u["update_id"] for u in (await call(fake, "getUpdates", offset=second))["result"]] == [second]
        assert (await call(fake, "getUpdates", offset=second + 1))["result"] == []


async def test_a_long_poll_returns_as_soon_as_somebody_writes() -> None:
    async with BotApi() as fake, asyncio.timeout(5):
        poll = asyncio.ensure_future(call(fake, "getUpdates", timeout=30))
        await until(fake.bot(), lambda: fake.bot().poll, 5, "a poll")
        fake.person(7).says("cứu")
        assert (await poll)["result"][0]["message"]["text"] == "cứu"


async def test_the_second_consumer_throws_the_first_out_with_409() -> None:
    async with BotApi() as fake, asyncio.timeout(5):
        first = asyncio.ensure_future(call(fake, "getUpdates", timeout=30))
        await until(fake.bot(), lambda: fake.bot().poll, 5, "a poll")
        await call(fake, "getUpdates", timeout=0)
        assert (await first)["status"] == 409


async def test_polling_and_a_webhook_exclude_each_other() -> None:
    async with BotApi() as fake:
        await call(fake, "setWebhook", url="https://example.org/x")
        assert "webhook is active" in (await call(fake, "getUpdates"))["description"]
        await call(fake, "deleteWebhook")
        assert (await call(fake, "getUpdates"))["ok"]


async def test_only_the_kinds_that_were_asked_for_come() -> None:
    async with BotApi() as fake:
        await call(fake, "getUpdates", allowed_updates=["message"])
        fake.person(7).blocks()
        fake.person(7).says("một")
        assert [list(u)[1] for u in (await call(fake, "getUpdates"))["result"]] == ["message"]


async def test_a_callback_can_be_answered_once() -> None:
    async with BotApi() as fake:
        query = fake.person(7).taps_data("x")
        assert (await call(fake, "answerCallbackQuery", callback_query_id=query))["ok"]
        assert not (await call(fake, "answerCallbackQuery", callback_query_id=query))["ok"]


async def test_an_edit_that_changes_nothing_is_refused() -> None:
    async with BotApi() as fake:
        an = fake.person(7)
        number = (await call(fake, "sendMessage", chat_id=7, text="một"))["result"]["message_id"]
        assert (await call(fake, "editMessageText", chat_id=7, message_id=number, text="hai"))["ok"]
        again = await call(fake, "editMessageText", chat_id=7, message_id=number, text="hai")
    assert "not modified" in again["description"]
    assert (an.texts, an.messages[0].edits) == (["hai"], 1)


async def test_a_tap_needs_a_button_that_was_offered() -> None:
    async with BotApi() as fake:
        an = fake.person(7)
        markup = {"inline_keyboard": [[{"text": "Có", "callback_data": "yes"}]]}
        await call(fake, "sendMessage", chat_id=7, text="a", reply_markup=markup)
        an.taps("Có")
        assert an.account.updates[-1]["callback_query"]["data"] == "yes"
        with pytest.raises(AssertionError, match="nobody offered"):
            an.taps("Không")


async def test_an_upload_arrives_with_its_bytes() -> None:
    async with BotApi() as fake, aiohttp.ClientSession() as client:
        an = fake.person(7)
        form = aiohttp.FormData({"chat_id": "7", "photo": "attach://x"})
        form.add_field("x", b"\xff\xd8", filename="a.jpg", content_type="image/jpeg")
        async with client.post(f"{fake.base_url}/bot{TOKEN}/sendPhoto", data=form) as answer:
            assert answer.status == 200
    assert an.messages[0].params["photo"] == b"\xff\xd8"


async def test_a_file_is_downloaded_by_its_path_and_a_large_one_is_not_handed_over() -> None:
    async with BotApi() as fake, aiohttp.ClientSession() as client:
        an = fake.person(7)
        stored = an.uploads(b"abc", "photos/a.jpg", 3)
        path = (await call(fake, "getFile", file_id=stored.file_id))["result"]["file_path"]
        async with client.get(f"{fake.base_url}/file/bot{TOKEN}/{path}") as answer:
            assert await answer.read() == b"abc"
        huge = an.uploads(b"abc", "video/a", 21 * 1024 * 1024)
        assert "too big" in (await call(fake, "getFile", file_id=huge.file_id))["description"]


async def test_real_limits_answer_429_with_the_seconds_to_wait() -> None:
    async with BotApi() as fake:
        for number in range(40):
            fake.person(number)
        fake.keeps_limits(Limits(per_second=30, per_chat_second=1))
        assert (await call(fake, "sendMessage", chat_id=1, text="a"))["ok"]
        again = await call(fake, "sendMessage", chat_id=1, text="a")
        assert (again["status"], again["parameters"]["retry_after"]) == (429, 1)


async def test_faults_come_as_often_as_asked_and_where_asked() -> None:
    async with BotApi() as fake:
        fake.person(7), fake.person(8)
        fake.fails(Fault("sendMessage", chat=7, times=2, code=502))
        answers = [(await call(fake, "sendMessage", chat_id=n, text="a"))["status"] for n in (8, 7, 7, 7)]
    assert answers == [200, 502, 502, 200]


@pytest.mark.parametrize(("when", "arrives"), [(Cut.BEFORE, 0), (Cut.AFTER, 1)])
async def test_a_cut_connection_loses_the_request_or_the_answer(when: Cut, arrives: int) -> None:
    async with BotApi() as fake:
        an = fake.person(7)
        fake.fails(Fault(cut=when))
        with pytest.raises(aiohttp.ClientError):
            await call(fake, "sendMessage", chat_id=7, text="a")
    assert len(an.messages) == arrives
