"""What Zalo takes and what it refuses, in its own codes."""

from datetime import datetime, timedelta, timezone
from typing import Any
from unicodedata import normalize

from tests.fakes.zalo_oa.people import Person

Json = dict[str, Any]
WINDOW = timedelta(days=7)
FREE = timedelta(hours=48)
MOST_TEXT, MOST_BUTTONS, MOST_TITLE, MOST_PAYLOAD = 2000, 5, 100, 1000
MOST_PICTURE, MOST_FILE = 1024 * 1024, 5 * 1024 * 1024
UPLOAD_LIFE = timedelta(days=7)
LOCAL = timezone(timedelta(hours=7))
MORNING, EVENING = 6, 22
BUTTON_TYPES = {"oa.query.show", "oa.query.hide", "oa.open.url", "oa.open.phone", "oa.open.sms"}


class Refusal(Exception):
    """Comes with HTTP 200."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def reachable(person: Person | None, now: datetime) -> Person:
    """Whether a consultation message may go to them."""
    if person is None or person.gone:
        raise Refusal(-201, "user_id is invalid")
    if person.blocks_us:
        raise Refusal(-217, "User has blocked OA")
    last = person.last_interaction
    if last is None or now - last > WINDOW:
        raise Refusal(-230, "User has not interacted with OA in the past 7 days")
    return person


def checked(message: object) -> Json:
    """A consultation message as it should be, or the refusal."""
    if not isinstance(message, dict) or not message:
        raise Refusal(-201, "message is invalid")
    text = message.get("text", "")
    if not isinstance(text, str) or len(normalize("NFC", text)) > MOST_TEXT:
        raise Refusal(-210, "text exceeds the limit")
    attachment = message.get("attachment")
    if attachment is None:
        if not text.strip():
            raise Refusal(-201, "message.text is invalid")
        return message
    payload = attachment.get("payload") if isinstance(attachment, dict) else None
    if not isinstance(payload, dict):
        raise Refusal(-201, "attachment.payload is invalid")
    _payload(payload, text)
    return message


def _payload(payload: Json, text: str) -> None:
    kind = payload.get("template_type", "")
    if kind not in ("", "media", "request_user_info"):
        raise Refusal(-233, "Message type is not supported")
    buttons = payload.get("buttons", [])
    if not kind and not (buttons and text.strip()):
        raise Refusal(-201, "message.text is invalid")
    if len(buttons) > MOST_BUTTONS:
        raise Refusal(-210, "buttons exceed the limit")
    for button in buttons:
        _button(button)
    for element in payload.get("elements", []):
        _element(element, kind)


def _element(element: Json, kind: str) -> None:
    if kind == "media" and ("url" in element) is ("attachment_id" in element):
        raise Refusal(-201, "elements: url or attachment_id is invalid")
    if kind == "request_user_info" and not all(
        element.get(key) for key in ("title", "subtitle", "image_url")
    ):
        raise Refusal(-201, "elements.image_url is invalid")


def _button(button: Json) -> None:
    if button.get("type") not in BUTTON_TYPES:
        raise Refusal(-201, "buttons.type is invalid")
    title, payload = button.get("title", ""), button.get("payload")
    if not title or len(title) > MOST_TITLE:
        raise Refusal(-210, "buttons.title exceeds the limit")
    if str(button["type"]).startswith("oa.query"):
        if not isinstance(payload, str) or not 0 < len(payload) <= MOST_PAYLOAD:
            raise Refusal(-210, "buttons.payload exceeds the limit")
    elif not isinstance(payload, dict):
        raise Refusal(-201, "buttons.payload is invalid")


def is_night(now: datetime) -> bool:
    return not MORNING <= now.astimezone(LOCAL).hour < EVENING
