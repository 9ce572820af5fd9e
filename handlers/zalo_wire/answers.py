"""An answer read to its end, in however many pieces it comes: half of one would look like none."""

from aiohttp import ClientResponse


class TooLong(ValueError):
    """More than any answer of Zalo's has."""


async def whole(answer: ClientResponse, largest: int) -> bytes:
    """Its body, in bytes; raises TooLong."""
    content = bytearray()
    async for piece in answer.content.iter_any():
        content += piece
        if len(content) > largest:
            raise TooLong
    return bytes(content)
