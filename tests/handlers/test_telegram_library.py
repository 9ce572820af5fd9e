"""aiogram imported with its models built at first use gives the same models as aiogram as it comes."""

import subprocess
import sys

AS_IT_COMES = "import aiogram"
AT_FIRST_USE = "import handlers.telegram_public"
LOOK = """
import json
from aiogram import methods, types
from pydantic import BaseModel

def whole(module):
    found = [getattr(module, name) for name in module.__all__]
    models = [one for one in found if isinstance(one, type) and issubclass(one, BaseModel)]
    return {one.__name__: [one.model_rebuild() is not False, sorted(one.model_fields)] for one in models}

update = {
    "update_id": 1,
    "message": {
        "message_id": 5, "date": 1750000000, "chat": {"id": 7, "type": "private"}, "text": "/start",
        "from": {"id": 7, "is_bot": False, "first_name": "A"},
        "entities": [{"type": "bot_command", "offset": 0, "length": 6}],
    },
}
heard = types.Update.model_validate(update).model_dump(mode="json", exclude_none=True)
sent = methods.SendMessage(chat_id=7, text="b", reply_markup=types.ReplyKeyboardRemove(remove_keyboard=True))
answer = methods.Response[types.Message].model_validate({"ok": True, "result": update["message"]}).result.text
print(json.dumps([heard, repr(sent.reply_markup), answer, whole(types), whole(methods)]))
"""


def _looked(first: str) -> str:
    done = subprocess.run([sys.executable, "-c", first + LOOK], capture_output=True, text=True, check=True)
    return done.stdout


def test_every_model_is_the_same_whichever_way_it_was_built() -> None:
    assert _looked(AT_FIRST_USE) == _looked(AS_IT_COMES)


def test_importing_the_bot_builds_only_what_is_used() -> None:
    counted = (
        "from aiogram import types\n"
        "models = [getattr(types, name) for name in types.__all__ if hasattr(getattr(types, name), 'model_rebuild')]\n"
        "print(sum(not one.__pydantic_complete__ for one in models) > len(models) / 2)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"{AT_FIRST_USE}\n{counted}"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "True\n"
