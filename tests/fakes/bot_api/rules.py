"""What the Bot API accepts: parameters by method, lengths, keyboards, and the words of its refusals."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

Json = dict[str, Any]

MAX_TEXT = 4096
MAX_CAPTION = 1024
MAX_CALLBACK_BYTES = 64
MAX_BUTTONS = 100
MAX_BUTTONS_IN_ROW = 8
MAX_CALLBACK_ANSWER = 200
MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024
MAX_PHOTO_BYTES = 10 * 1024 * 1024
ACTIONS = frozenset(
    """
    typing upload_photo record_video upload_video record_voice upload_voice upload_document
    choose_sticker find_location record_video_note upload_video_note
    """.split()
)

# i integer, f number, s text, b boolean, j JSON, x file or text; "!" = required
_TO_CHAT = (
    "chat_id:x! business_connection_id:s message_thread_id:i disable_notification:b protect_content:b "
    "allow_paid_broadcast:b message_effect_id:s reply_parameters:j reply_markup:j parse_mode:s "
)
_TABLE = {
    "getMe": "",
    "getUpdates": "offset:i limit:i timeout:i allowed_updates:j",
    "setWebhook": "url:s! certificate:x ip_address:s max_connections:i allowed_updates:j "
    "drop_pending_updates:b secret_token:s",
    "deleteWebhook": "drop_pending_updates:b",
    "getWebhookInfo": "",
    "sendMessage": _TO_CHAT + "text:s! entities:j link_preview_options:j",
    "sendPhoto": _TO_CHAT + "photo:x! caption:s caption_entities:j show_caption_above_media:b has_spoiler:b",
    "sendVideo": _TO_CHAT
    + "video:x! duration:i width:i height:i caption:s caption_entities:j supports_streaming:b",
    "sendDocument": _TO_CHAT
    + "document:x! caption:s caption_entities:j thumbnail:x disable_content_type_detection:b",
    "sendLocation": _TO_CHAT + "latitude:f! longitude:f! horizontal_accuracy:f live_period:i",
    "editMessageText": "chat_id:x! message_id:i! text:s! parse_mode:s entities:j link_preview_options:j "
    "reply_markup:j business_connection_id:s inline_message_id:s",
    "editMessageReplyMarkup": "chat_id:x! message_id:i! reply_markup:j business_connection_id:s "
    "inline_message_id:s",
    "deleteMessage": "chat_id:x! message_id:i!",
    "answerCallbackQuery": "callback_query_id:s! text:s show_alert:b url:s cache_time:i",
    "sendChatAction": "chat_id:x! action:s! message_thread_id:i business_connection_id:s",
    "setMyCommands": "commands:j! scope:j language_code:s",
    "deleteMyCommands": "scope:j language_code:s",
    "getMyCommands": "scope:j language_code:s",
    "setMyName": "name:s language_code:s",
    "setMyDescription": "description:s language_code:s",
    "setMyShortDescription": "short_description:s language_code:s",
    "setChatMenuButton": "chat_id:i menu_button:j",
    "getFile": "file_id:s!",
    "getChat": "chat_id:x!",
}


@dataclass(frozen=True, slots=True)
class Field:
    type: str
    required: bool


def _fields(line: str) -> dict[str, Field]:
    pairs = (word.split(":") for word in line.split())
    return {name: Field(kind[0], kind.endswith("!")) for name, kind in pairs}


METHODS = {name: _fields(line) for name, line in _TABLE.items()}
_BY_LOWER = {name.lower(): name for name in METHODS}


class ApiError(Exception):
    """An answer with ok=false, as the Bot API would give it."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad(description: str) -> ApiError:
    return ApiError(400, f"Bad Request: {description}")


def method_named(name: str) -> str:
    """Method names are case-insensitive; an unknown one is 404."""
    if (known := _BY_LOWER.get(name.lower())) is None:
        raise ApiError(404, "Not Found")
    return known


def read(method: str, raw: Mapping[str, Any]) -> Json:
    """The parameters in their own types; what the method does not know is refused: stricter than life."""
    fields = METHODS[method]
    if unknown := raw.keys() - fields.keys():
        # multipart parts that an attach:// reference names are not parameters
        unknown = {name for name in unknown if isinstance(raw[name], str | int | float | bool | list | dict)}
        if unknown:
            raise bad(f"{method} has no parameter {sorted(unknown)}")
    params = {name: _typed(name, fields[name].type, raw[name]) for name in fields if name in raw}
    for name, spec in fields.items():
        if spec.required and params.get(name) in (None, ""):
            raise bad("message text is empty" if name == "text" else f"{name} is empty")
    return params


def _typed(name: str, kind: str, value: Any) -> Any:
    try:
        return _READERS[kind](value)
    except (ValueError, TypeError) as wrong:
        raise bad(f"can't parse {name}") from wrong


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("strings must be encoded in UTF-8")
    return value


def _bool(value: Any) -> bool:
    return value if isinstance(value, bool) else str(value).lower() in ("true", "1", "yes")


_READERS: dict[str, Callable[[Any], Any]] = {
    "i": int,
    "f": float,
    "s": _text,
    "b": _bool,
    "j": _json,
    "x": lambda value: value,
}


def check_text(text: str, most: int = MAX_TEXT) -> None:
    if not text.strip():
        raise bad("message text is empty")
    if len(text) > most:
        raise bad("message is too long" if most == MAX_TEXT else "message caption is too long")


def check_markup(markup: Any, *, private: bool) -> None:
    """Inline and reply keyboards: sizes, 64 bytes, addresses, and what is for private chats only."""
    if not isinstance(markup, dict):
        raise bad("can't parse reply keyboard markup JSON object")
    if "inline_keyboard" in markup:
        _check_inline(markup["inline_keyboard"])
    elif "keyboard" in markup:
        _check_reply(markup["keyboard"], private=private)
    elif not ({"remove_keyboard", "force_reply"} & markup.keys()):
        raise bad("object expected as reply markup")


def _check_inline(rows: list[list[Json]]) -> None:
    if sum(map(len, rows)) > MAX_BUTTONS or any(len(row) > MAX_BUTTONS_IN_ROW for row in rows):
        raise bad("reply markup is too long")
    for button in (button for row in rows for button in row):
        if not button.get("text"):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
        if "callback_data" in button:
            if not 1 <= len(button["callback_data"].encode()) <= MAX_CALLBACK_BYTES:
                raise bad("BUTTON_DATA_INVALID")
        elif "url" in button:
            _check_url(button["url"])
        else:
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def _check_url(url: str) -> None:
    host = urlsplit(url).hostname or ""
    if not re.match(r"https?://|tg://", url) or "." not in host:
        raise bad(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")


def _check_reply(rows: list[list[Any]], *, private: bool) -> None:
    for button in (button for row in rows for button in row):
        asks = isinstance(button, dict) and (button.get("request_location") or button.get("request_contact"))
        if asks and not private:
            raise bad("phone number and location can be requested in private chats only")


def check_commands(commands: Any) -> None:
    if not isinstance(commands, list) or len(commands) > 100:
        raise bad("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        if not re.fullmatch(r"[a-z0-9_]{1,32}", str(command.get("command", ""))):
            raise bad("BOT_COMMAND_INVALID")
        if not 1 <= len(str(command.get("description", ""))) <= 256:
            raise bad("BOT_COMMAND_DESCRIPTION_INVALID")


def check_webhook(url: str, secret: str) -> None:
    if secret and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret):
        raise bad("secret token contains unallowed characters")
    loopback = urlsplit(url).hostname in ("127.0.0.1", "localhost", "::1")
    if url and not (url.startswith("https://") or loopback):
        raise bad("bad webhook: An HTTPS URL must be provided for webhook")
