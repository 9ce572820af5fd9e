"""A kept connection that posts and reads the status: the load must cost less than what it measures."""

import asyncio
from collections import deque
from types import TracebackType

TELEGRAM = "X-Telegram-Bot-Api-Secret-Token"


class Line:
    """One request at a time on one connection."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, body: bytes, secret: str, header: str = TELEGRAM) -> int:
        """Returns the status; the secret stands under this header's name."""
        reader, writer = self._streams or await self._open()
        writer.write(
            f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n"
            f"{header}: {secret}\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await reader.readuntil(b"\r\n\r\n")
        length = _length(head)
        if length:
            await reader.readexactly(length)
        return int(head[9:12])

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        return self._streams

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


class Lines:
    """As many connections as are needed at once."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._free: deque[Line] = deque()
        self._all: list[Line] = []

    async def post(self, path: str, body: bytes, secret: str, header: str = TELEGRAM) -> int:
        line = self._free.popleft() if self._free else self._new()
        try:
            return await line.post(path, body, secret, header)
        finally:
            self._free.append(line)

    def _new(self) -> Line:
        line = Line(self._port)
        self._all.append(line)
        return line

    async def __aenter__(self) -> "Lines":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for line in self._all:
            line.close()


def _length(head: bytes) -> int:
    for row in head.lower().split(b"\r\n"):
        if row.startswith(b"content-length:"):
            return int(row[15:])
    return 0
