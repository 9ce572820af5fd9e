"""From an update of the Bot Platform to what was heard; whatever a field holds, nothing raises."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

from bot.domain.messages import Address, Attachment, Heard, HeardKind, Media

NAME = "zalo_bot"
"""The channel's."""
GROUP_PERSON = "group/"
"""How the person of an address begins where it is a group; ids of people are hexadecimal."""
LOCAL = timezone(timedelta(hours=7))
"""Vietnam's clock, for "once a day" in a group."""
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC)
AHEAD = timedelta(minutes=5)
"""How far Zalo's clock may be before ours."""
LONGEST_TEXT = 70_000
LONGEST_ID = 200
LONGEST_URL = 4_000
Json = Mapping[str, object]


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    kind: HeardKind
    text: str = ""
    attachments: tuple[Attachment, ...] = ()


def update_in(body: bytes) -> Json | None:
    """The update of a webhook's body, bare or as {"ok": true, "result": …}; None: there is none in it."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    if isinstance(found, dict) and "message" not in found and isinstance(found.get("result"), dict):
        found = found["result"]
    return found if isinstance(found, dict) and isinstance(found.get("message"), dict) else None


def heard(update: Json, account: str, now: datetime) -> Heard | None:
    """None: nobody said anything (another bot did, or there is no sender)."""
    message = _part(update, "message")
    sender, chat = _part(message, "from"), _part(message, "chat")
    # the same in private; it is the chat that an answer goes to
    person = _text(chat, "id")[:LONGEST_ID] or _text(sender, "id")[:LONGEST_ID]
    if not person or sender.get("is_bot") is True:
        return None
    at = _at(message, now)
    if _text(chat, "chat_type").upper() == "GROUP":
        return _in_group(_text(chat, "id")[:LONGEST_ID] or person, account, now, at)
    content = content_of(_text(update, "event_name"), message)
    return Heard(
        sender=Address(NAME, account, person),
        message_id=_id(update, message, person),
        kind=content.kind,
        at=at,
        text=content.text,
        attachments=content.attachments,
    )


def content_of(event: str, message: Json) -> Content:
    """By the name of the event; words and files of an event that we do not know are taken all the same."""
    found = _READERS.get(event, _anything)(message)
    if found is not None:
        return found
    words = _words(message)
    return Content(HeardKind.TEXT, words) if words else Content(HeardKind.UNSUPPORTED)


def _picture(message: Json) -> Content | None:
    """Live events name it photo_url, the documents photo."""
    found = _file(Media.PHOTO, "image/jpeg", _text(message, "photo_url") or _text(message, "photo"))
    return Content(HeardKind.MEDIA, _words(message), found) if found else None


def _voice(message: Json) -> Content | None:
    """Raw AAC in ADTS frames."""
    found = _file(Media.VOICE, "audio/aac", _text(message, "voice_url") or _text(message, "voice"))
    return Content(HeardKind.MEDIA, _words(message), found) if found else None


def _sticker(message: Json) -> Content:
    return Content(HeardKind.STICKER, _words(message))


def _nothing(_: Json) -> Content | None:
    return None


def _anything(message: Json) -> Content | None:
    return _picture(message) or _voice(message)


_READERS: Mapping[str, Callable[[Json], Content | None]] = {
    "message.text.received": _nothing,
    "message.image.received": _picture,
    "message.voice.received": _voice,
    "message.sticker.received": _sticker,
    "message.unsupported.received": _nothing,
}
EVENTS = frozenset(_READERS)
"""Those that are documented."""


def _file(media: Media, mime: str, url: str) -> tuple[Attachment, ...]:
    if not url or len(url) > LONGEST_URL:
        return ()
    return (Attachment(media, url, mime=mime, fleeting=True),)


def _words(message: Json) -> str:
    return (_text(message, "text") or _text(message, "caption"))[:LONGEST_TEXT]


def _in_group(group: str, account: str, now: datetime, at: datetime) -> Heard:
    """A group hears once a day that its members should write to us alone; its words are not taken."""
    day = now.astimezone(LOCAL).date().isoformat()
    return Heard(Address(NAME, account, GROUP_PERSON + group), f"{group}:{day}", HeardKind.GROUP, at)


def _id(update: Json, message: Json, person: str) -> str:
    """The message's own; one without is known by its event, its person and its time."""
    own = _text(message, "message_id")[:LONGEST_ID]
    if own:
        return own
    known = (_text(update, "event_name"), person, _text(message, "date"), _words(message))
    return hashlib.sha256("\x1f".join(known).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _at(message: Json, now: datetime) -> datetime:
    """Milliseconds of Zalo's clock; `now` where they name no likely time."""
    stamp = _text(message, "date")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= LONGEST_STAMP):
        return now
    at = datetime.fromtimestamp(int(stamp) / 1000, UTC)
    return at if EARLIEST <= at <= now + AHEAD else now


LONGEST_STAMP = 14


def _part(holder: Json, name: str) -> Json:
    found = holder.get(name)
    return found if isinstance(found, dict) else {}


def _text(holder: Json, name: str) -> str:
    """A string, or a whole number as Zalo would have written it; else ""."""
    found = holder.get(name)
    if isinstance(found, str):
        # without halves of characters: no database takes them
        return found if found.isascii() else found.encode("utf-8", "replace").decode()
    whole = isinstance(found, int) and not isinstance(found, bool) and abs(found) < _LARGEST
    return str(found) if whole else ""


_LARGEST = 10**30
