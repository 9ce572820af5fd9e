"""The webhook's route: secret in constant time, 200 only after the commit that holds the update."""

import hmac
import json
import logging
from collections.abc import Awaitable, Callable

from aiohttp import web

from handlers.inlet import NotTaken
from handlers.telegram_wire.updates import Json

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST = 1024 * 1024
"""Bytes; an update is a few kilobytes."""

log = logging.getLogger(__name__)


def route(path: str, secret: str, hear: Callable[[Json], Awaitable[None]]) -> web.RouteDef:
    """POST `path`: 200 when it is in the inbox, 401 without the secret, 503 while it cannot be stored."""

    async def take(request: web.Request) -> web.Response:
        if not known(request.headers.get(HEADER, ""), secret):
            return web.Response(status=401)
        if request.content_length is not None and request.content_length > LARGEST:
            return web.Response(status=413)
        update = _update(await request.read())
        if update is None:
            # a repeat would be no better: take it from Telegram's queue
            log.warning("an update that is no JSON object was dropped")
            return web.Response()
        try:
            await hear(update)
        except NotTaken:
            return web.Response(status=503)
        return web.Response()

    return web.post(path, take)


def known(given: str, secret: str) -> bool:
    """Compared in constant time; an empty secret lets nobody in."""
    return bool(secret) and hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode())


def _update(body: bytes) -> Json | None:
    try:
        update = json.loads(body)
    except ValueError:
        return None
    return update if isinstance(update, dict) and isinstance(update.get("update_id"), int) else None
