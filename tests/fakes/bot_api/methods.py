"""The methods of the Bot API: (account, parameters) → result, or ApiError."""

import time
from collections.abc import Callable
from typing import Any

from tests.fakes.bot_api.account import Account, Sent, Webhook
from tests.fakes.bot_api.rules import (
    ACTIONS,
    MAX_CALLBACK_ANSWER,
    MAX_CAPTION,
    MAX_DOWNLOAD_BYTES,
    MAX_PHOTO_BYTES,
    ApiError,
    Json,
    bad,
    check_commands,
    check_markup,
    check_text,
    check_webhook,
)  # fmt: skip

Method = Callable[[Account, Json], Any]


def _get_me(account: Account, _: Json) -> Json:
    return account.me() | {"can_join_groups": True, "can_read_all_group_messages": False,
                           "supports_inline_queries": False}  # fmt: skip


def _set_webhook(account: Account, params: Json) -> bool:
    url, secret = params["url"], params.get("secret_token", "")
    check_webhook(url, secret)
    account.webhook = Webhook(url, secret, params.get("max_connections", 40)) if url else None
    if "allowed_updates" in params:
        account.allowed = tuple(params["allowed_updates"])
    if params.get("drop_pending_updates"):
        account.updates.clear()
    account.on_update()
    return True


def _delete_webhook(account: Account, params: Json) -> bool:
    account.webhook = None
    if params.get("drop_pending_updates"):
        account.updates.clear()
    return True


def _webhook_info(account: Account, _: Json) -> Json:
    hook = account.webhook
    info: Json = {"url": hook.url if hook else "", "has_custom_certificate": False,
                  "pending_update_count": len(account.updates)}  # fmt: skip
    if hook and hook.last_error:
        info |= {"last_error_date": account.now(), "last_error_message": hook.last_error}
    return info


def chat_of(account: Account, params: Json) -> Json:
    """The chat that is written to; refuses unknown, moved and closed ones."""
    try:
        number = int(params["chat_id"])
    except ValueError:
        raise bad("chat not found") from None
    if number in account.migrated:
        new = account.migrated[number]
        raise ApiError(
            400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new}
        )
    if (chat := account.chats.get(number)) is None:
        raise bad("chat not found")
    if number in account.blocked_by:
        private = chat["type"] == "private"
        raise ApiError(
            403, "Forbidden: bot was " + ("blocked by the user" if private else "kicked from the group chat")
        )
    return chat


def _message(account: Account, chat: Json, sent: Sent, extra: Json) -> Json:
    message: Json = {
        "message_id": sent.message_id,
        "from": account.me(),
        "chat": chat,
        "date": account.now(),
    } | extra
    if "inline_keyboard" in sent.markup:
        message["reply_markup"] = sent.markup
    if sent.params.get("protect_content"):
        message["has_protected_content"] = True
    return message


def _put(account: Account, method: str, params: Json, text: str, extra: Json) -> Json:
    chat = chat_of(account, params)
    markup = params.get("reply_markup") or {}
    if markup:
        check_markup(markup, private=chat["type"] == "private")
    if account.limits is not None:
        account.limits.check(chat["id"])
    sent = Sent(account.next_message_id(), chat["id"], method, text, markup, params, time.time())
    account.record(sent)
    return _message(account, chat, sent, extra)


def _send_message(account: Account, params: Json) -> Json:
    check_text(params["text"])
    return _put(account, "sendMessage", params, params["text"], {"text": params["text"]})


def _send_photo(account: Account, params: Json) -> Json:
    caption = params.get("caption", "")
    if caption:
        check_text(caption, MAX_CAPTION)
    if isinstance(params["photo"], bytes) and len(params["photo"]) > MAX_PHOTO_BYTES:
        raise ApiError(413, "Request Entity Too Large")
    size = {"file_id": "sent-photo", "file_unique_id": "sp", "width": 90, "height": 90}
    return _put(
        account, "sendPhoto", params, caption, {"photo": [size]} | ({"caption": caption} if caption else {})
    )


def _send_video(account: Account, params: Json) -> Json:
    caption = params.get("caption", "")
    if caption:
        check_text(caption, MAX_CAPTION)
    film = {"file_id": "sent-video", "file_unique_id": "sv", "width": 90, "height": 90, "duration": 3}
    return _put(
        account, "sendVideo", params, caption, {"video": film} | ({"caption": caption} if caption else {})
    )


def _send_document(account: Account, params: Json) -> Json:
    caption = params.get("caption", "")
    if caption:
        check_text(caption, MAX_CAPTION)
    return _put(
        account, "sendDocument", params, caption, {"document": {"file_id": "d", "file_unique_id": "d"}}
    )


def _send_location(account: Account, params: Json) -> Json:
    point = {"latitude": params["latitude"], "longitude": params["longitude"]}
    return _put(account, "sendLocation", params, "", {"location": point})


def _message_to_edit(account: Account, params: Json) -> tuple[Json, Sent]:
    chat = chat_of(account, params)
    if (sent := account.by_id.get((chat["id"], params["message_id"]))) is None:
        raise bad("message to edit not found")
    return chat, sent


def _edit_text(account: Account, params: Json) -> Json:
    check_text(params["text"])
    chat, sent = _message_to_edit(account, params)
    return _edit(account, chat, sent, params["text"], params.get("reply_markup") or {})


def _edit_markup(account: Account, params: Json) -> Json:
    chat, sent = _message_to_edit(account, params)
    return _edit(account, chat, sent, sent.text, params.get("reply_markup") or {})


def _edit(account: Account, chat: Json, sent: Sent, text: str, markup: Json) -> Json:
    if markup:
        check_markup(markup, private=chat["type"] == "private")
    if (text, markup) == (sent.text, sent.markup):
        raise bad(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )
    sent.text, sent.markup, sent.edits = text, markup, sent.edits + 1
    account.wake()
    return _message(account, chat, sent, {"text": text, "edit_date": account.now()})


def _delete_message(account: Account, params: Json) -> bool:
    chat, sent = _message_to_edit(account, params)
    account.sent.remove(sent)
    del account.by_id[chat["id"], sent.message_id]
    return True


def _answer_callback(account: Account, params: Json) -> bool:
    query, text = params["callback_query_id"], params.get("text", "")
    if len(text) > MAX_CALLBACK_ANSWER:
        raise bad("MESSAGE_TOO_LONG")
    if account.callbacks.get(query, "unknown") is not None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    account.callbacks[query] = text
    account.wake()
    return True


def _chat_action(account: Account, params: Json) -> bool:
    if params["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    account.actions.append((chat_of(account, params)["id"], params["action"]))
    return True


def _set_commands(account: Account, params: Json) -> bool:
    check_commands(params["commands"])
    account.profile["commands", params.get("language_code", "")] = params["commands"]
    return True


def _profile(name: str, most: int) -> Method:
    def keep(account: Account, params: Json) -> bool:
        if len(value := params.get(name, "")) > most:
            raise bad(f"{name} is too long")
        account.profile[name, params.get("language_code", "")] = value
        return True

    return keep


def _get_file(account: Account, params: Json) -> Json:
    if (stored := account.files.get(params["file_id"])) is None:
        raise bad("invalid file_id")
    if stored.size > MAX_DOWNLOAD_BYTES:
        raise bad("file is too big")
    return {"file_id": stored.file_id, "file_unique_id": stored.file_id, "file_size": stored.size,
            "file_path": stored.path}  # fmt: skip


METHODS: dict[str, Method] = {
    "getMe": _get_me,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _webhook_info,
    "sendMessage": _send_message,
    "sendPhoto": _send_photo,
    "sendVideo": _send_video,
    "sendDocument": _send_document,
    "sendLocation": _send_location,
    "editMessageText": _edit_text,
    "editMessageReplyMarkup": _edit_markup,
    "deleteMessage": _delete_message,
    "answerCallbackQuery": _answer_callback,
    "sendChatAction": _chat_action,
    "setMyCommands": _set_commands,
    "deleteMyCommands": lambda account, params: bool(
        account.profile.pop(("commands", params.get("language_code", "")), True)
    ),
    "getMyCommands": lambda account, params: account.profile.get(
        ("commands", params.get("language_code", "")), []
    ),
    "setMyName": _profile("name", 64),
    "setMyDescription": _profile("description", 512),
    "setMyShortDescription": _profile("short_description", 120),
    "setChatMenuButton": lambda _account, _params: True,
    "getFile": _get_file,
    "getChat": chat_of,
}
