"""What one message of a person holds, read by the name of its event."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite

from bot.domain.messages import Attachment, HeardKind, Media
from bot.domain.understanding import Point
from handlers.zalo_oa.heard.event import Event, part, parts, text

PERSON, VISITOR, GROUP = "user_send_", "anonymous_send_", "user_send_group_"
LONGEST_TEXT = 70_000
LONGEST_NAME = 120
LONGEST_URL = 4_000
_FARTHEST = {"latitude": 90.0, "longitude": 180.0}
_SUFFIX = re.compile(r"[a-z0-9]{1,8}")
MIMES: Mapping[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "doc": "application/msword",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "txt": "text/plain",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "mp4": "video/mp4",
    "mp3": "audio/mpeg",
    "zip": "application/zip",
}


@dataclass(frozen=True, slots=True, repr=False)
class Content:
    kind: HeardKind
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    point: Point | None = None


def content_of(event: Event) -> Content | None:
    """None for an event that is no message of a person; unsupported for a kind that we do not know."""
    for prefix in (GROUP, PERSON, VISITOR):
        if event.name.startswith(prefix):
            read = _READERS.get(event.name.removeprefix(prefix), _unknown)
            return read(event)
    return None


def words_of(event: Event) -> str:
    return text(event.message, "text")[:LONGEST_TEXT]


def _text(event: Event) -> Content:
    words = words_of(event)
    return Content(HeardKind.TEXT, words) if words else _unknown(event)


def _unknown(event: Event) -> Content:
    """Words are words, whatever came with them."""
    words = words_of(event)
    return Content(HeardKind.TEXT, words) if words else Content(HeardKind.UNSUPPORTED)


def _files(media: Media, mime: str) -> Callable[[Event], Content]:
    def read(event: Event) -> Content:
        found = tuple(
            Attachment(media, url, mime=mime, fleeting=True) for one in _payloads(event) if (url := _url(one))
        )
        return Content(HeardKind.MEDIA, words_of(event), found) if found else _unknown(event)

    return read


def _file(event: Event) -> Content:
    found = tuple(_document(one) for one in _payloads(event) if _url(one))
    return Content(HeardKind.MEDIA, words_of(event), found) if found else _unknown(event)


def _document(payload: Mapping[str, object]) -> Attachment:
    name = text(payload, "name").replace("/", "_").replace("\\", "_")[:LONGEST_NAME]
    suffix = text(payload, "type").lower() or name.rpartition(".")[2].lower()
    size = text(payload, "size")
    return Attachment(
        Media.DOCUMENT,
        _url(payload),
        int(size) if size.isascii() and size.isdecimal() and len(size) < _LONGEST_SIZE else None,
        MIMES.get(suffix, "") if _SUFFIX.fullmatch(suffix) else "",
        name,
        fleeting=True,
    )


_LONGEST_SIZE = 15


def _sticker(event: Event) -> Content:
    """A picture of Zalo's own, which says nothing that words would."""
    return Content(HeardKind.STICKER, words_of(event))


def _location(event: Event) -> Content:
    """Coordinates are strings; a place that is none has no point, and its sender is told."""
    where = next((part(one, "coordinates") for one in _payloads(event) if one.get("coordinates")), {})
    return Content(HeardKind.LOCATION, words_of(event), point=_point(where))


def _point(where: Mapping[str, object]) -> Point | None:
    lat = _degrees(text(where, "latitude") or text(where, "lat"), _FARTHEST["latitude"])
    lon = _degrees(
        text(where, "longitude") or text(where, "long") or text(where, "lon"), _FARTHEST["longitude"]
    )
    # 0, 0 is the sea off Africa: what a phone without a fix sends
    if lat is None or lon is None or (lat == 0 and lon == 0):
        return None
    return Point(lat, lon)


def _degrees(said: str, most: float) -> float | None:
    try:
        found = float(said.strip().replace(",", "."))
    except ValueError:
        return None
    return found if isfinite(found) and abs(found) <= most else None


def _link(event: Event) -> Content:
    """A link and what Zalo shows of it; a business card was once sent this way."""
    if any(_card(one) for one in _payloads(event)):
        return _business_card(event)
    shown = [words_of(event)]
    for one in _payloads(event):
        shown += [text(one, "title"), text(one, "description"), _url(one)]
    said = "\n".join(dict.fromkeys(words for words in shown if words))[:LONGEST_TEXT]
    return Content(HeardKind.TEXT, said) if said else _unknown(event)


def _business_card(event: Event) -> Content:
    """Name and number; the number stands in a description that is JSON in a string."""
    lines: list[str] = []
    for one in _payloads(event):
        card = _card(one)
        phone = text(card, "phone") or text(one, "phone")
        plain = "" if card else text(one, "description")
        lines += [text(one, "name") or text(one, "title"), text(card, "caption"), phone, plain]
    shown = "\n".join(dict.fromkeys((words_of(event), *lines))).strip()[:LONGEST_TEXT]
    return Content(HeardKind.CONTACT, shown) if shown else Content(HeardKind.UNSUPPORTED)


def _card(payload: Mapping[str, object]) -> Mapping[str, object]:
    """What the description says, if it is a card's."""
    said = payload.get("description")
    if isinstance(said, dict):
        return said
    if not isinstance(said, str) or not said.lstrip().startswith("{"):
        return {}
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) and (text(found, "phone") or "qrCodeUrl" in found) else {}


def submitted(event: Event) -> Content:
    """Name, number and address that somebody gave by the form we asked with."""
    info = part(event.body, "info")
    address = part(info, "full_address") or info
    places = [text(address, name) for name in _ADDRESS]
    lines = [text(info, "name"), text(info, "phone"), ", ".join(filter(None, places)), text(info, "user_dob")]
    shown = "\n".join(filter(None, lines))[:LONGEST_TEXT]
    return Content(HeardKind.CONTACT, shown) if shown else Content(HeardKind.UNSUPPORTED)


_ADDRESS = ("user_address", "address", "user_ward", "ward", "district", "user_city", "city")


def _payloads(event: Event) -> list[Mapping[str, object]]:
    return [part(one, "payload") for one in parts(event.message, "attachments")]


def _url(payload: Mapping[str, object]) -> str:
    found = text(payload, "url")
    return found if len(found) <= LONGEST_URL else ""


_READERS: Mapping[str, Callable[[Event], Content]] = {
    "text": _text,
    "image": _files(Media.PHOTO, "image/jpeg"),
    "gif": _files(Media.PHOTO, "image/gif"),
    "video": _files(Media.VIDEO, "video/mp4"),
    "audio": _files(Media.VOICE, "audio/amr"),
    "voice": _files(Media.VOICE, "audio/amr"),
    "file": _file,
    "sticker": _sticker,
    "location": _location,
    "link": _link,
    "business_card": _business_card,
}
