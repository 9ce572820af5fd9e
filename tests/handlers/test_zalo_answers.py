"""Answers of Zalo that come in several pieces: a pair of tokens that is read by half is lost for good."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

import pytest
from aiohttp import ClientSession

from bot.ports import TokenPair
from handlers.zalo_bot.client import Client
from handlers.zalo_oa.api.oauth import OAuth
from handlers.zalo_wire.answers import TooLong, whole

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
PAIR = b'{"access_token": "a", "refresh_token": "r", "expires_in": "90000"}'
ME = b'{"ok": true, "result": {"account_name": "bot.Tin"}}'
BETWEEN = 0.05
"""Seconds between two pieces."""


@asynccontextmanager
async def a_slow_server(body: bytes) -> AsyncIterator[str]:
    """Sends an answer in pieces, as a slow line does; its address."""

    over = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
        writer.write(head + b"Content-Length: %d\r\n\r\n" % len(body))
        for piece in (body[:9], body[9:20], body[20:]):
            writer.write(piece)
            await asyncio.sleep(BETWEEN)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
        over.set()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        await over.wait()


async def test_a_new_pair_is_read_to_its_end() -> None:
    async with a_slow_server(PAIR) as base, ClientSession() as session:
        pair = await OAuth(base, "1", "secret").refresh(session, "old", NOW)
    assert isinstance(pair, TokenPair)
    assert (pair.access, pair.refresh) == ("a", "r")


async def test_an_answer_of_the_bot_platform_is_read_to_its_end() -> None:
    async with a_slow_server(ME) as base:
        client = Client("1:key", base)
        assert (await client.me())["account_name"] == "bot.Tin"
        await client.close()


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    async with a_slow_server(PAIR) as base, ClientSession() as session, session.get(base) as answer:
        with pytest.raises(TooLong):
            await whole(answer, 15)
