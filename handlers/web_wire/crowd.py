"""How many may be connected at once: beyond that public pages wait; reports, officers and platforms come in."""

import logging
import resource
from contextlib import suppress

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.domain.messages import Line
from bot.ports import Words

PATIENCE = "20"
"""Seconds after which a page may try again."""
OUR_OWN = 256
"""Files that the program holds besides: database, sealed originals, connections to the platforms."""
ALWAYS = frozenset({"/health", "/metrics"})
PUBLIC = ("/chat/", "/l/", "/tin/")
"""What anybody may open, below these and at "/": the web chat and its stream, campaigns' links and posters."""
LOOKS = frozenset({"GET", "HEAD"})

log = logging.getLogger(__name__)


class Crowd:
    """Counts every open connection, also one that says nothing."""

    def __init__(self, most: int, words: Words) -> None:
        self._most = most
        self._full = "\n\n".join(words.render(Line("page.full"), lang) for lang in ("vi", "en")) + "\n"
        self.server: web.Server | None = None
        """Once it runs."""

    @property
    def is_full(self) -> bool:
        return self.server is not None and len(self.server.connections) > self._most

    @web.middleware
    async def let_in(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """503 with the numbers to call for public pages and their streams; everything else is taken.

        That is: words and files of whoever reports; the desk, its stream and its log-in links, so that no crowd
        locks officers out; what platforms call and fetch; /health and /metrics.
        """
        if not self.is_full or request.path in ALWAYS:
            return await handler(request)
        if request.method in LOOKS and _is_public(request.path):
            full = web.Response(status=503, text=self._full, headers={"Retry-After": PATIENCE})
            full.force_close()
            return full
        answer = await handler(request)
        if not answer.prepared:
            answer.force_close()
        return answer


def _is_public(path: str) -> bool:
    return path == "/" or path.startswith(PUBLIC)


def allow_files(connections: int) -> None:
    """Ask the system for so many open files; say so where it gives fewer."""
    wanted = connections + OUR_OWN
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return
    given = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (given, hard))
    if given < wanted:
        log.warning("TINBAO_HTTP_CONNECTIONS: the system allows %d open files, %d are needed", given, wanted)
