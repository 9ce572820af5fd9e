"""What the desk is wired with, and who is visiting it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aiohttp import web

from bot.domain.officers import Officer
from bot.domain.understanding import Unit
from bot.services.tools import Tools
from handlers.web_wire.door import Door
from handlers.web_wire.headers import policy
from handlers.web_wire.pages import LANGUAGES, Pages
from handlers.web_wire.room import Room
from handlers.web_wire.streams import Streams

ROOM = 128_000_000
"""Bytes of all uploads under way."""
LANG_COOKIE = "desk_lang"


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the routes need."""

    door: Door
    tools: Tools
    pages: Pages
    streams: Streams
    clock: Callable[[], datetime]
    communes: Sequence[Unit] = ()
    """Of the home province, for choosing a place by its name."""
    demo: bool = False
    """Log in by choosing an officer: only for trying it out with invented people."""
    secure: bool = False
    """Served over https: the cookie is never sent in the clear."""
    room: Room = field(default_factory=lambda: Room(ROOM))

    @property
    def csp(self) -> str:
        return policy()


@dataclass(frozen=True, slots=True, repr=False)
class Visit:
    """One request of one officer who is logged in."""

    request: web.Request
    officer: Officer
    session: str
    """The device's token: it goes nowhere but into the cookie."""
    csrf: str
    lang: str


def language(request: web.Request, officer: Officer | None = None) -> str:
    """What this device chose, else the first language of the officer that the pages have."""
    chosen = request.cookies.get(LANG_COOKIE, "")
    wanted = (chosen, *(officer.languages if officer else ()), LANGUAGES[0])
    return next(lang for lang in wanted if lang in LANGUAGES)
