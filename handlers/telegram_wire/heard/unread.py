"""An update that a library could not read (newer than the library, or damaged): heard, but not understood."""

from datetime import UTC, datetime
from typing import Any

from bot.domain.messages import Address, Heard, HeardKind

Json = dict[str, Any]
SPOKEN = ("message", "edited_message", "callback_query")
"""Kinds of update behind which somebody waits for an answer."""

LAST = 2**35
"""Seconds: the year 3058, which every platform's clock can still name."""


def unread(update: Json, channel: str, account: str, now: datetime) -> Heard | None:
    """Unsupported, from whoever sent it in a private chat; None where nobody can be answered."""
    body: Json = next((update[kind] for kind in SPOKEN if isinstance(update.get(kind), dict)), {})
    message = body.get("message") if isinstance(body.get("message"), dict) else body
    chat = message.get("chat") if isinstance(message, dict) else None
    if not isinstance(chat, dict) or chat.get("type") != "private" or not isinstance(chat.get("id"), int):
        return None
    text = body.get("text")
    return Heard(
        sender=Address(channel, account, str(chat["id"])),
        message_id=str(update.get("update_id", "")),
        kind=HeardKind.TEXT if isinstance(text, str) and text else HeardKind.UNSUPPORTED,
        at=_date(body.get("date"), now),
        text=text if isinstance(text, str) else "",
    )


def _date(seconds: object, now: datetime) -> datetime:
    return datetime.fromtimestamp(seconds, UTC) if isinstance(seconds, int) and 0 < seconds < LAST else now
