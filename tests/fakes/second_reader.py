"""A model server on loopback that answers well, or misbehaves in every way that a server can."""

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable
from typing import Any, Self

from aiohttp import web

Json = dict[str, Any]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class FakeModel:
    """Keeps what it was asked; `answers` are used up first, then `always`."""

    def __init__(self) -> None:
        self.asked: list[Json] = []
        self.keys: list[str] = []
        self.answers: list[Answer] = []
        self.always: Answer = says({"urgency": "emergency"})
        self.released = asyncio.Event()
        """What is slow waits for it."""
        self._runner: web.AppRunner | None = None
        self.url = ""

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 24)
        app.router.add_post("/v1/chat/completions", self._answer)
        app.router.add_route("*", "/{anything:.*}", self._elsewhere)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.url = f"http://{host}:{port}/v1"
        return self

    async def __aexit__(self, *_: object) -> None:
        self.released.set()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def texts(self) -> list[str]:
        """What was sent as data of people."""
        return [json.loads(body["messages"][-1]["content"])["report"] for body in self.asked]

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(await request.json())
        self.keys.append(request.headers.get("Authorization", ""))
        answer = self.answers.pop(0) if self.answers else self.always
        return await answer(request)

    async def _elsewhere(self, request: web.Request) -> web.StreamResponse:
        """Whoever follows a redirect ends here."""
        self.asked.append({"elsewhere": request.path})
        return web.json_response(completion('{"urgency": "emergency"}'))

    def slow(self, told: Json) -> Answer:
        """Answers once it is released."""

        async def answer(request: web.Request) -> web.StreamResponse:
            await self.released.wait()
            return await says(told)(request)

        return answer


def completion(content: object) -> Json:
    """As an OpenAI-compatible server wraps it."""
    message = {"role": "assistant", "content": content}
    return {"id": "x", "object": "chat.completion", "choices": [{"index": 0, "message": message}]}


def says(told: object) -> Answer:
    """The model's JSON answer."""
    return answers(completion(json.dumps(told, ensure_ascii=False)))


def writes(content: object) -> Answer:
    """Whatever the model wrote instead of JSON."""
    return answers(completion(content))


def answers(body: object) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(body)

    return answer


def sends(body: bytes, **how: Any) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, **how)

    return answer


def fails(status: int) -> Answer:
    """An error that holds a perfectly good answer."""

    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(completion('{"urgency": "emergency"}'), status=status)

    return answer


def points_to(path: str, status: int = 307) -> Answer:
    return sends(b"", status=status, headers={"Location": path})


async def hangs_up(request: web.Request) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.abort()
    return web.Response()


async def breaks_off(request: web.Request) -> web.StreamResponse:
    """Says how long it will be, and stops in the middle."""
    response = web.StreamResponse(headers={"Content-Length": "100000"})
    await response.prepare(request)
    await response.write(b'{"choices": [')
    return await hangs_up(request)


async def never_ends(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" " * 65536)
        await asyncio.sleep(0)


async def drips(request: web.Request) -> web.StreamResponse:
    """A byte now and then: each read is quick, the whole never comes."""
    response = web.StreamResponse()
    await response.prepare(request)
    while True:
        await response.write(b" ")
        await asyncio.sleep(0.02)


async def packs_a_bomb(_: web.Request) -> web.StreamResponse:
    packed = gzip.compress(b" " * (1 << 24))
    return web.Response(body=packed, headers={"Content-Encoding": "gzip"})


async def floods_headers(_: web.Request) -> web.StreamResponse:
    return web.Response(headers={f"X-{n}": "x" * 8000 for n in range(200)})
