"""How soon a fresh process answers, and how much memory it takes, with both bots and without them."""

import asyncio
import http.client
import json
import socket
import time
from pathlib import Path
from statistics import median

from tests.bench.child import Child
from tests.bench.office import fill
from tests.bench.people import CONVERSATIONS
from tests.bench.settings import OFFICERS, PUBLIC, environment, fresh, with_bots
from tests.bench.table import Row
from tests.fakes.bot_api import BotApi

ROUNDS = 5
PEOPLE = 60
"""Conversations on the page before the memory is read: as many as the page takes from one network."""
PATIENCE = 60.0
"""Seconds."""
LETTER = b"event: letter"


async def start(*, quick: bool) -> list[Row]:
    """Wall time from the start of the process, file cache warm; and its processor time by then."""
    rounds = 1 if quick else ROUNDS
    without = fresh("start_demo")
    await asyncio.to_thread(_demo, without)  # tables are made, byte code is written
    bots = [await _bots() for _ in range(rounds)]
    demos = [await asyncio.to_thread(_demo, without) for _ in range(rounds)]
    talked = await asyncio.to_thread(_demo, without, PEOPLE)
    return [
        Row("start to first answer, both bots", median(b[0] for b in bots), "s", "6 s", None, _cpu(bots)),
        Row("start to first answer, demo", median(d[0] for d in demos), "s", "2.5 s", None, _cpu(demos)),
        Row(
            "resident memory, demo without bots",
            talked[2],
            "MB",
            "150 MB",
            None,
            f"after {PEOPLE} conversations",
        ),
    ]


def _cpu(runs: list[tuple[float, float, float]]) -> str:
    return f"{median(run[1] for run in runs):.2f} s of processor time"


async def _bots() -> tuple[float, float, float]:
    """A message waits at Telegram; polling fetches it. The tables are there, nobody has written yet."""
    folder = fresh("start_bots")
    await asyncio.to_thread(fill, folder)
    async with BotApi() as fake:
        person = fake.person(7, token=PUBLIC)
        fake.bot(OFFICERS)
        person.says("Bạn cùng lớp em hay bị bố dượng đánh bằng roi")
        child = Child("-m", "bot", "run", env=with_bots(folder, fake.base_url, "polling"), pinned=False)
        began = time.perf_counter()
        child.start()
        try:
            async with asyncio.timeout(PATIENCE):
                while not fake.sent_to(7, token=PUBLIC):
                    await fake.bot(PUBLIC).changed.wait()
            return time.perf_counter() - began, child.cpu(), child.megabytes()
        finally:
            await asyncio.to_thread(child.stop)


def _demo(folder: Path, people: int = 1) -> tuple[float, float, float]:
    """The page's first message, again until the server listens, and its answer on the stream."""
    port = _free_port()
    child = Child("-m", "bot", "demo", env=environment(folder, port), pinned=False)
    began = time.perf_counter()
    child.start()
    try:
        _first_answer(port, child)
        took, cpu = time.perf_counter() - began, child.cpu()
        for number in range(1, people):
            _converse(port, number)
        return took, cpu, child.megabytes()
    finally:
        child.stop()


def _first_answer(port: int, child: Child) -> None:
    until = time.perf_counter() + PATIENCE
    while True:
        try:
            cookie = _say(port, "Bạn cùng lớp em hay bị bố dượng đánh bằng roi", "first-message", "")
            break
        except OSError:
            if time.perf_counter() > until:
                raise TimeoutError(child.errors()) from None
            time.sleep(0.01)
    _hear(port, cookie)


def _converse(port: int, number: int) -> None:
    cookie = ""
    for place, text in enumerate(CONVERSATIONS[number % len(CONVERSATIONS)]):
        cookie = _say(port, text, f"message-{number}-{place}", cookie) or cookie
    _hear(port, cookie)


def _say(port: int, text: str, id_: str, cookie: str) -> str:
    """The conversation's cookie, where it is new."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        body = json.dumps({"id": id_, "text": text})
        headers = {"Content-Type": "application/json", "Cookie": cookie}
        connection.request("POST", "/chat/say", body, headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 202:
            raise RuntimeError(f"the page was answered {answer.status}")
        return (answer.getheader("Set-Cookie") or "").partition(";")[0]
    finally:
        connection.close()


def _hear(port: int, cookie: str) -> None:
    """Until the first letter stands on the stream."""
    with socket.create_connection(("127.0.0.1", port), PATIENCE) as stream:
        stream.sendall(f"GET /chat/stream HTTP/1.1\r\nHost: bench\r\nCookie: {cookie}\r\n\r\n".encode())
        heard = b""
        while LETTER not in heard:
            more = stream.recv(65_536)
            if not more:
                raise RuntimeError("the stream ended without a letter")
            heard += more


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
