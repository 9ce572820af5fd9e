"""Attachments: a working copy without hidden data for the eye, the sealed original as a logged download."""

import asyncio
import struct
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO

from aiohttp import web

from bot.domain.messages import Media
from bot.ports import FileRow, UnitOfWork
from bot.services import casework
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import Form

LONGEST_SIDE = 1600
MOST_PIXELS = 50_000_000
"""Larger photos are not opened."""
MOST_UNPACKED = 25_000_000
"""The same for what cannot be unpacked smaller than it is: a small file may hold gigabytes."""
FORMATS = ("JPEG", "PNG", "WEBP", "AVIF", "GIF", "BMP")
"""What phones and cameras make (MPO opens as JPEG); the library knows fifty more, one starts PostScript."""
BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, ArithmeticError, LookupError, TypeError, AttributeError),
    *(MemoryError, struct.error),
)
"""What the library raises over a picture that is none."""
PLAYABLE = frozenset(
    {"audio/ogg", "audio/mpeg", "audio/mp4", "audio/webm", "audio/wav", "audio/aac", "audio/amr"}
    | {"video/mp4", "video/webm", "video/ogg", "video/quicktime"}
)
BY_MEDIA = {Media.VOICE: "audio/ogg", Media.AUDIO: "audio/mpeg", Media.VIDEO: "video/mp4"}


async def view(desk: Desk, visit: Visit) -> web.StreamResponse:
    """A photo to look at, drawn anew: no place, no device, no hidden preview comes along."""
    row, content = await _open(desk, visit)
    if not is_picture(row) or row.restricted:
        raise web.HTTPNotFound
    picture = await asyncio.get_running_loop().run_in_executor(painter(), redrawn, content)
    if picture is None:
        raise web.HTTPUnsupportedMediaType
    return web.Response(body=picture, content_type="image/jpeg")


def is_picture(row: FileRow) -> bool:
    """Also one sent "as a file", which keeps every hidden datum: a working copy is drawn of it all the same."""
    about = row.attachment
    return about.media is Media.PHOTO or (
        about.media is Media.DOCUMENT and about.mime.lower().startswith("image/")
    )


async def play(desk: Desk, visit: Visit) -> web.StreamResponse:
    """A recording or film to listen to."""
    row, content = await _open(desk, visit)
    if row.attachment.media not in BY_MEDIA or (row.restricted and row.attachment.media is Media.VIDEO):
        raise web.HTTPNotFound
    mime = row.attachment.mime.split(";")[0]
    return web.Response(
        body=content, content_type=mime if mime in PLAYABLE else BY_MEDIA[row.attachment.media]
    )


async def original(desk: Desk, visit: Visit, form: Form) -> web.StreamResponse:  # noqa: ARG001
    """The original, bit by bit, as evidence: the browser saves it and opens nothing."""
    row, content = await _open(desk, visit)
    name = f"file-{row.id}{_ending(row)}"
    return web.Response(
        body=content,
        content_type="application/octet-stream",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _open(desk: Desk, visit: Visit) -> tuple[FileRow, bytes]:
    """404 for whoever may not read the case; each opening is in the ledger."""
    id_, now = int(visit.request.match_info["file"]), desk.clock()

    def work(uow: UnitOfWork) -> tuple[FileRow | None, bytes | None]:
        content = casework.open_file(uow, id_, visit.officer, now)
        return (None if content is None else uow.files.get(id_)), content

    row, content = await desk.door.ask(work)
    if row is None or content is None:
        raise web.HTTPNotFound
    return row, content


@cache
def painter() -> ThreadPoolExecutor:
    """One at a time: a page shows an album of ten at once, and each may unpack to a hundred megabytes."""
    return ThreadPoolExecutor(1, "picture")


def redrawn(content: bytes) -> bytes | None:
    """The picture as a plain JPEG, turned upright; None for what is no picture or a bomb."""
    from PIL import Image, ImageOps  # here: most days nobody looks at a photo

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > (MOST_PIXELS if picture.format == "JPEG" else MOST_UNPACKED):
                return None
            # first of all: a JPEG is then unpacked at a fraction of its size
            small = picture if picture.format == "JPEG" else picture.convert("RGB")
            small.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=1.0)
            upright = ImageOps.exif_transpose(small).convert("RGB")
            bare = Image.new("RGB", upright.size)
            bare.paste(upright)
    except (*BROKEN, Image.DecompressionBombError):
        return None
    drawn = BytesIO()
    bare.save(drawn, "JPEG", quality=85)
    return drawn.getvalue()


def _ending(row: FileRow) -> str:
    ending = row.attachment.name.rpartition(".")[2].lower()
    return f".{ending}" if "." in row.attachment.name and ending.isalnum() and len(ending) <= 5 else ""
