"""A form with a file in it: read as it comes, with limits; what is larger is read on and forgotten."""

from dataclasses import dataclass, field

from aiohttp import BodyPartReader, web

FIELD_LIMIT = 2_000
"""Bytes of a field that is no file."""
READ_ON = 5
"""Times the limit up to which we read on, so that the page can say what was wrong."""


@dataclass(slots=True, repr=False)
class Taken:
    """What the form held."""

    fields: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    name: str = ""
    mime: str = ""
    too_large: bool = False


async def taken(request: web.Request, limit: int) -> Taken:
    """The fields and the part named "file", of at most `limit` bytes."""
    found = Taken()
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "file":
            found.content, found.too_large = await _part(part, limit)
            found.name, found.mime = part.filename or "", part.headers.get("Content-Type", "")
        else:
            said, _ = await _part(part, FIELD_LIMIT)
            found.fields[part.name or ""] = said.decode("utf-8", "replace")
    return found


async def _part(part: BodyPartReader, limit: int) -> tuple[bytes, bool]:
    """What came, and whether it was more than the limit."""
    content, length = bytearray(), 0
    while chunk := await part.read_chunk(65_536):
        length += len(chunk)
        if length <= limit:
            content += chunk
        elif length > READ_ON * limit:
            raise web.HTTPRequestEntityTooLarge(limit, length)
    return bytes(content), length > limit
