"""Server-sent events: a page hears at once what was committed for it, and resumes where it was cut off."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import msgspec
from aiohttp import web

BEAT = 15.0
"""Seconds after which a silent stream says something: mobile networks cut what is silent."""
PER_READER = 6
"""Open streams of one person: tabs, and connections that the phone has not noticed losing."""
STRANGERS = 1_500
"""Open streams of all who need no log-in, unless told otherwise."""
NETWORKS = 4
"""One network may hold a quarter of them: operators hide thousands of phones behind one address."""

News = Callable[[], Awaitable[Sequence["Event"]]]


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    data: object = field(repr=False)
    """Plain values, sent as JSON."""
    id: int | None = None
    """What the browser names in Last-Event-ID when it comes back."""


class Over(Exception):
    """This reader may hear no more."""


class Streams:
    """Who is listening; closing it ends every stream, so that the server stops at once."""

    def __init__(self, strangers: int = STRANGERS) -> None:
        self._strangers = strangers
        self._open: Counter[str] = Counter()
        self._networks: Counter[str] = Counter()
        self._woken: set[asyncio.Event] = set()
        self._closed = False

    def close(self) -> None:
        self._closed = True
        for woken in self._woken:
            woken.set()

    async def pour(
        self,
        request: web.Request,
        headers: Mapping[str, str],
        who: str,
        woken: asyncio.Event,
        news: News,
        *,
        beat: float = BEAT,
        network: str = "",
    ) -> web.StreamResponse:
        """Write what is new whenever woken, and look every `beat` seconds.

        429 for too many streams of one person; `network`: of somebody who needed no log-in, 503 where all of them,
        or those of that network, hold too many. Ends when the reader goes, when we close, or when `news` raises
        Over.
        """
        with self._place(who, woken), self._seat(network):
            response = _opened(headers)
            with suppress(ConnectionError, Over):
                await response.prepare(request)
                await response.write(b"retry: 2000\n\n")
                while not self._closed:
                    await self._once(response, woken, news, beat)
            return response

    async def _once(
        self, response: web.StreamResponse, woken: asyncio.Event, news: News, beat: float
    ) -> None:
        woken.clear()  # before looking: what is committed from here on wakes us again
        events = await news()
        await response.write(b"".join(map(encoded, events)) or b": still here\n\n")
        if events:
            return  # there may be more than one helping
        with suppress(TimeoutError):
            await asyncio.wait_for(woken.wait(), beat)

    @contextmanager
    def _place(self, who: str, woken: asyncio.Event) -> Iterator[None]:
        if self._open[who] >= PER_READER:
            raise web.HTTPTooManyRequests(headers={"Retry-After": "10"})
        self._open[who] += 1
        self._woken.add(woken)
        try:
            yield
        finally:
            self._woken.discard(woken)
            self._open[who] -= 1
            if not self._open[who]:
                del self._open[who]

    @contextmanager
    def _seat(self, network: str) -> Iterator[None]:
        """For strangers only: no crowd of them keeps an officer from hearing."""
        if not network:
            yield
            return
        crowded = self._networks.total() >= self._strangers
        if crowded or self._networks[network] >= max(1, self._strangers // NETWORKS):
            raise web.HTTPServiceUnavailable(headers={"Retry-After": "20"})
        self._networks[network] += 1
        try:
            yield
        finally:
            self._networks[network] -= 1
            if not self._networks[network]:
                del self._networks[network]


def _opened(headers: Mapping[str, str]) -> web.StreamResponse:
    response = web.StreamResponse(headers={**headers, "X-Accel-Buffering": "no"})
    response.content_type = "text/event-stream"
    response.charset = "utf-8"
    return response


def encoded(event: Event) -> bytes:
    head = f"id: {event.id}\n" if event.id is not None else ""
    return f"{head}event: {event.name}\ndata: ".encode() + msgspec.json.encode(event.data) + b"\n\n"
