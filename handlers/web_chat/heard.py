"""What the page sends becomes `Heard`: words, a button, a place, an upload."""

import json
import re
import secrets
from datetime import datetime

import msgspec
from aiohttp import web

from bot.domain.messages import Attachment, Heard, HeardKind, Media
from bot.domain.understanding import Point
from handlers.web_chat.channel import address
from handlers.web_wire.forms import readable

BODY_LIMIT = 400_000
"""Bytes: sixty thousand characters of Vietnamese and then some."""
TEXT_LIMIT = 70_000
ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
LANGS = ("vi", "en")


class Said(msgspec.Struct, frozen=True):
    """One message; `id` is the page's own random name for it, so that a retry is the same message."""

    id: str
    text: str = ""
    tap: str = ""
    lat: float | None = None
    lon: float | None = None
    accuracy: float | None = None
    start: bool = False
    lang: str = "vi"


async def read(request: web.Request) -> Said:
    """JSON from the page's script or a plain form; raises 400 or 413."""
    if request.content_type == "application/json":
        try:
            # not msgspec's own reader: it refuses the half of an emoji that a full text box cuts off
            said = msgspec.convert(json.loads(await body(request, BODY_LIMIT)), Said)
        except (ValueError, RecursionError) as problem:
            raise web.HTTPBadRequest from problem
    else:
        with readable():
            form = await request.post()
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        said = Said(
            fields.get("id", ""), fields.get("text", ""), fields.get("tap", ""), lang=fields.get("lang", "")
        )
    if not ID.fullmatch(said.id):
        raise web.HTTPBadRequest
    return said


async def body(request: web.Request, limit: int) -> bytes:
    """At most `limit` bytes, read as they come; raises 413 as soon as there are more."""
    if (request.content_length or 0) > limit:
        raise web.HTTPRequestEntityTooLarge(limit, request.content_length or 0)
    content = bytearray()
    async for chunk in request.content.iter_chunked(65_536):
        content += chunk
        if len(content) > limit:
            raise web.HTTPRequestEntityTooLarge(limit, len(content))
    return bytes(content)


def heard(said: Said, person: str, at: datetime) -> Heard:
    point = _point(said)
    kind = HeardKind.TEXT
    if said.start:
        kind = HeardKind.START
    elif point:
        kind = HeardKind.LOCATION
    elif said.tap:
        kind = HeardKind.TAP
    return Heard(
        sender=address(person),
        message_id=f"{person}:{said.id}",
        kind=kind,
        at=at,
        text=clean(said.text),
        tap=clean(said.tap),
        point=point,
        lang=language(said.lang),
    )


def uploaded(person: str, id_: str, attachment: Attachment, at: datetime, *, album: str, lang: str) -> Heard:
    return Heard(
        sender=address(person),
        message_id=f"{person}:{id_}",
        kind=HeardKind.MEDIA,
        at=at,
        attachments=(attachment,),
        album=f"{person}:{album}" if album else "",
        lang=language(lang),
    )


def left(person: str, at: datetime) -> Heard:
    """The quick exit: nothing can be shown to this browser any more."""
    return Heard(address(person), f"{person}:{secrets.token_hex(8)}", HeardKind.BLOCKED, at)


def media(mime: str, *, recorded: bool) -> Media:
    match mime.split("/")[0]:
        case "image":
            return Media.PHOTO
        case "video" if not recorded:
            return Media.VIDEO
        case "audio" | "video":
            return Media.VOICE if recorded else Media.AUDIO
        case _:
            return Media.DOCUMENT


def language(lang: str) -> str:
    return lang if lang in LANGS else LANGS[0]


def clean(text: str) -> str:
    """What can be stored: no half of a surrogate pair, no NUL, and not a whole book."""
    return text[:TEXT_LIMIT].encode("utf-8", "replace").decode().replace("\0", "")


def _point(said: Said) -> Point | None:
    if said.lat is None or said.lon is None or not (-90 <= said.lat <= 90 and -180 <= said.lon <= 180):
        return None
    return Point(said.lat, said.lon, said.accuracy)
