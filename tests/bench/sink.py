"""The quickest Bot API there can be: it accepts everything, so that the bot and not the API is measured."""

import asyncio
import itertools
import json
import time
from collections.abc import Callable
from types import TracebackType
from urllib.parse import parse_qsl

_ME = {"id": 700001, "is_bot": True, "first_name": "Tin Báo", "username": "tinbao_bot"}


class Sink:
    """`on_sent(chat)` is called for every sendMessage; `sent` counts them."""

    def __init__(self, on_sent: Callable[[int], None] = lambda _: None) -> None:
        self.sent = 0
        self.port = 0
        self._on_sent = on_sent
        self._numbers = itertools.count(1)
        self._server: asyncio.Server | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answer(self, method: str, body: bytes) -> bytes:
        result: object = True
        match method:
            case "sendmessage":
                result = self._message(body)
            case "getme":
                result = _ME
            case "getwebhookinfo":
                result = {"url": "", "has_custom_certificate": False, "pending_update_count": 0}
        return json.dumps({"ok": True, "result": result}).encode()

    def _message(self, body: bytes) -> dict[str, object]:
        fields = json.loads(body) if body[:1] == b"{" else dict(parse_qsl(body.decode()))
        chat = int(fields["chat_id"])
        self.sent += 1
        self._on_sent(chat)
        return {
            "message_id": next(self._numbers), "from": _ME, "date": int(time.time()), "text": fields["text"],
            "chat": {"id": chat, "type": "private", "first_name": "An"},
        }  # fmt: skip

    async def __aenter__(self) -> "Sink":
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Connection(self), "127.0.0.1", 0, backlog=256)
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._server is not None:
            self._server.close()


class _Connection(asyncio.Protocol):
    """As much of HTTP/1.1 as the two libraries speak: a length and no chunks."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._waiting = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._waiting += data
        while (end := self._waiting.find(b"\r\n\r\n")) >= 0:
            head = self._waiting[:end].decode("latin-1")
            whole = end + 4 + _length(head)
            if len(self._waiting) < whole:
                return
            body, self._waiting = self._waiting[end + 4 : whole], self._waiting[whole:]
            self._reply(self._sink.answer(head.split(" ", 2)[1].rpartition("/")[2].lower(), body))

    def _reply(self, body: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        if self._transport is not None:
            self._transport.write(head.encode() + body)


def _length(head: str) -> int:
    for row in head.lower().split("\r\n"):
        if row.startswith("content-length:"):
            return int(row[15:])
    return 0
