"""What the citizens' page is wired with."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import ip_address

from aiohttp import web

from bot.domain.understanding import Assessment
from handlers.web_chat.limits import Buckets, Rate
from handlers.web_wire.door import Door
from handlers.web_wire.headers import policy
from handlers.web_wire.pages import Pages
from handlers.web_wire.room import Room
from handlers.web_wire.streams import Streams

TEXTS = Rate(burst=40, per_second=1.0)
"""Of one conversation."""
TEXTS_OF_A_NETWORK = Rate(burst=600, per_second=20.0)
"""Generous: mobile operators hide thousands of phones behind one address."""
BYTES = Rate(burst=400e6, per_second=400e3)
BYTES_OF_A_NETWORK = Rate(burst=2e9, per_second=2e6)
ROOM = 256_000_000
"""Bytes of all uploads under way."""


def network(request: web.Request) -> str:
    """Where a request comes from: behind our own proxy on this machine, what the proxy says."""
    remote = request.remote or ""
    if not _is_loopback(remote):
        return remote
    # the last one: the proxy added it itself, whatever stands before may be invented
    return request.headers.get("X-Forwarded-For", remote).rpartition(",")[2].strip()


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return not address  # a socket of this machine


@dataclass(frozen=True, slots=True)
class Options:
    """What the office decides about the page."""

    exit_url: str = "https://nchmf.gov.vn/"
    """Where the quick exit leads: a page that nobody asks about (the weather)."""
    secure: bool = False
    """Served over https: the cookie is never sent in the clear."""
    demo: bool = False
    """Say on the page that nobody reads what is written here."""
    joins: Mapping[str, str] = field(default_factory=dict)
    """Channel → address at which people say yes to letters; "{code}" in it stands for the poster's code."""
    network: Callable[[web.Request], str] = network


@dataclass(frozen=True, slots=True)
class Limits:
    texts: Buckets = field(default_factory=lambda: Buckets(TEXTS))
    texts_of_a_network: Buckets = field(default_factory=lambda: Buckets(TEXTS_OF_A_NETWORK))
    bytes: Buckets = field(default_factory=lambda: Buckets(BYTES))
    room: Room = field(default_factory=lambda: Room(ROOM))
    bytes_of_a_network: Buckets = field(default_factory=lambda: Buckets(BYTES_OF_A_NETWORK))


@dataclass(frozen=True, slots=True)
class Chat:
    """Everything the routes need."""

    door: Door
    pages: Pages
    streams: Streams
    clock: Callable[[], datetime]
    assess: Callable[[Assessment | None, tuple[str, ...]], Assessment]
    options: Options = Options()
    limits: Limits = field(default_factory=Limits)

    @property
    def csp(self) -> str:
        return policy(self.options.exit_url)
