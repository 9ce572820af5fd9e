"""An update of another shape than the libraries know is heard or dropped: it never stops those behind it."""

from functools import partial
from typing import Any

import pytest

from bot.domain.messages import Heard
from bot.ports import UnitOfWork
from bot.services import intake
from storage.engine import SqlStore
from tests.fakes.bot_api import BotApi
from tests.handlers.office import wall_clock
from tests.handlers.telegram import LIBRARIES, Ledge, Library, a_bot
from tests.handlers.test_telegram_webhook import UPDATE

AN = {"id": 101, "is_bot": False, "first_name": "An"}
PLACE = {"id": 101, "type": "private"}
SAID: dict[str, Any] = {"message_id": 1, "date": 1_795_000_000, "chat": PLACE, "from": AN, "text": "cứu"}
FAR = 10**18


def message(**changed: object) -> dict[str, Any]:
    return {"update_id": 5, "message": {**SAID, **changed}}


def wordless(**content: object) -> dict[str, Any]:
    return message(text=None, **content)


ODD = [
    message(date=FAR),
    message(date=-FAR),
    message(chat=None),
    message(chat={"id": 10**30, "type": "private"}),
    message(text=5),
    message(text=["x"]),
    message(text="\ud800 half an emoji"),
    message(entities=[{"type": "bold"}]),
    wordless(location={"latitude": float("nan"), "longitude": float("inf")}),
    wordless(location={"latitude": 1e9, "longitude": "x"}),
    wordless(photo=[{}]),
    wordless(voice={"file_id": 1}),
    wordless(poll={"question": 5}),
    wordless(dice={}),
    {"update_id": 5, "edited_message": {**SAID, "edit_date": FAR}},
    {"update_id": 5, "edited_message": {**SAID, "edit_date": True}},
    {"update_id": 10**30, "message": SAID},
    {"update_id": 5, "callback_query": {"id": 5}},
    {"update_id": 5, "callback_query": []},
    {"update_id": 5, "my_chat_member": {}},
    {"update_id": 5, "message": 5},
]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("number", range(len(ODD)))
async def test_an_odd_update_stops_nobody(sqlite_store: SqlStore, library: Library, number: int) -> None:
    ledge = Ledge()
    async with a_bot(library, BotApi(), ledge) as bot:
        await bot.wire.hear(ODD[number])
        await bot.wire.hear({**UPDATE, "update_id": 6})
    assert ledge.heard[-1].text == "cứu"
    for heard in ledge.heard:
        assert sqlite_store.write(partial(stored, heard=heard)), "what was stored can be read again"


def stored(uow: UnitOfWork, heard: Heard) -> bool:
    intake.hear(uow, heard, wall_clock())
    return uow.inbox.oldest(heard.sender) is not None
