"""The webhook's route: secret in constant time, both shapes of body, 200 only after the commit."""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from handlers.inlet import NotTaken
from handlers.zalo_bot.heard import Json, update_in

HEADER = "X-Bot-Api-Secret-Token"
LARGEST = 1024 * 1024
"""Bytes; an update is a few kilobytes."""
PATIENCE = 10.0
"""Seconds in which the database may come round: whether Zalo repeats what was not taken is written nowhere."""
PAUSE = 0.25

log = logging.getLogger(__name__)
Hear = Callable[[Json], Awaitable[None]]
"""Returns when it is in the inbox; raises NotTaken while the database cannot take it."""
Count = Callable[[str], None]


def routes(
    path: str, secret: str, hear: Hear, count: Count, patience: float = PATIENCE
) -> Sequence[web.RouteDef]:
    """POST `path`: 200 when it is in the inbox, 401 without the secret, 503 while it cannot be stored."""

    async def take(request: web.Request) -> web.Response:
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413)
        body = await request.content.read(LARGEST + 1) if request.can_read_body else b""
        body += b"" if request.content.at_eof() else await _rest(request, len(body))
        if len(body) > LARGEST:
            return web.Response(status=413)
        if not body.strip():
            return web.Response()  # a probe: whoever looks whether somebody is here
        if not known(request.headers.get(HEADER, ""), secret):
            count("secret_wrong")
            return web.Response(status=401)
        return await _taken(body)

    async def _taken(body: bytes) -> web.Response:
        update = update_in(body)
        if update is None:
            # a repeat would be no better
            count("no_update")
            return web.Response()
        if await kept(update, hear, patience):
            return web.Response()
        count("not_taken")
        log.error("an update could not be stored: Zalo was told so, and may not send it again")
        return web.Response(status=503)

    async def look(_: web.Request) -> web.Response:
        return web.Response()

    return (web.post(path, take), web.get(path, look))


async def kept(update: Json, hear: Hear, patience: float) -> bool:
    """Whether it was stored within this many seconds."""
    loop = asyncio.get_running_loop()
    until = loop.time() + patience
    while True:
        try:
            await hear(update)
        except NotTaken:
            if loop.time() + PAUSE > until:
                return False
            await asyncio.sleep(PAUSE)
        else:
            return True


async def _rest(request: web.Request, had: int) -> bytes:
    """What came in pieces, up to the limit and one byte more."""
    pieces = bytearray()
    while had + len(pieces) <= LARGEST and (piece := await request.content.readany()):
        pieces += piece
    return bytes(pieces)


def known(given: str, secret: str) -> bool:
    """Compared in constant time; an empty secret lets nobody in."""
    return bool(secret) and hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode())
