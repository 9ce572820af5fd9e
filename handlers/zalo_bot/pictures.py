"""Pictures of campaigns: Zalo takes an address only, so they stand on our own server for it to fetch."""

import re
from collections.abc import Awaitable, Callable, Sequence

from aiohttp import web

from bot.domain.messages import Enclosure
from bot.ports import UnitOfWork

PATH = "/zalo/bot/picture"
_DIGEST = re.compile(r"[0-9a-f]{64}")
_KINDS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"GIF8", "image/gif"))
"""By their first bytes; nothing else is handed out from the store."""
MIMES = frozenset(mime for _, mime in _KINDS)
Look = Callable[[Callable[[UnitOfWork], bytes | None]], Awaitable[bytes | None]]


class Pictures:
    """What was published by a campaign: everybody may see it."""

    def __init__(self, look: Look, public_url: str) -> None:
        """`public_url`: where Zalo reaches this server."""
        self._look = look
        self._base = public_url.rstrip("/") + PATH

    def address(self, picture: Enclosure | None) -> str:
        """Where it stands; "" for none, and for what the platform has no message for (a film)."""
        return f"{self._base}/{picture.digest}" if picture is not None and picture.mime in MIMES else ""

    def routes(self) -> Sequence[web.RouteDef]:
        return (web.get(PATH + "/{digest}", self._show),)

    async def _show(self, request: web.Request) -> web.Response:
        digest = request.match_info["digest"]
        content = (
            await self._look(lambda uow: uow.pictures.content(digest)) if _DIGEST.fullmatch(digest) else None
        )
        mime = next((mime for first, mime in _KINDS if (content or b"").startswith(first)), "")
        if content is None or not mime:
            return web.Response(status=404)
        headers = {"Cache-Control": "public, max-age=86400, immutable", "X-Content-Type-Options": "nosniff"}
        return web.Response(body=content, content_type=mime, headers=headers)
