"""The real program as a process of its own, between a fake Bot API and the people at its other end."""

import asyncio
import os
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, Process
from contextlib import suppress
from pathlib import Path

import aiohttp

from bot.data import demo
from tests.fakes.bot_api import Account, BotApi
from tests.fakes.bot_api.rules import Json

ROOT = Path(__file__).parent.parent.parent
PUBLIC = "700001:FAKE-public_token_for_tests"
OFFICERS = "700002:FAKE-officers_token_for_test"
SECRET = "a-secret-for-tests"
PATHS = {PUBLIC: "/telegram/public", OFFICERS: "/telegram/officers"}
OFFICE = sorted([*Path(demo.__file__).parent.glob("*.csv"), *Path(demo.__file__).parent.glob("*.toml")])
START_SECONDS = 60.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Program:
    """`python -m bot run` on a folder of its own; can be killed and started again."""

    def __init__(self, folder: Path, api: BotApi) -> None:
        self.port = free_port()
        self.folder = folder
        self.log = folder / "log"
        self._process: Process | None = None
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TINBAO_DATABASE_URL": f"sqlite:///{folder}/tinbao.db",
            "TINBAO_SEAL_KEY_FILE": str(folder / "keys.json"),
            "TINBAO_FILES_DIR": str(folder / "files"),
            "TINBAO_HTTP_PORT": str(self.port),
            "TINBAO_PUBLIC_URL": "https://office.invalid",
            "TINBAO_TELEGRAM_API_BASE": api.base_url,
            "TINBAO_TELEGRAM_PUBLIC_TOKEN": PUBLIC,
            "TINBAO_TELEGRAM_OFFICERS_TOKEN": OFFICERS,
            "TINBAO_TELEGRAM_MODE": "webhook",
            "TINBAO_TELEGRAM_WEBHOOK_SECRET": SECRET,
        }

    async def __aenter__(self) -> "Program":
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._process is not None:
            await self.kill()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    async def command(self, *words: str) -> str:
        """Run another command of the program on the same folder; its output."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *words,
            cwd=self.folder, env=self.env, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
        )  # fmt: skip
        output, _ = await process.communicate()
        text = output.decode()
        assert process.returncode == 0, text
        return text

    async def start(self) -> None:
        with self.log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run",
                cwd=self.folder, env=self.env, stdout=DEVNULL, stderr=log,
            )  # fmt: skip
        await self._ready()

    async def _ready(self) -> None:
        async with aiohttp.ClientSession() as client, asyncio.timeout(START_SECONDS):
            while True:
                assert self._process is not None
                assert self._process.returncode is None, self.log.read_text()
                with suppress(aiohttp.ClientError):
                    async with client.get(f"{self.url}/health") as answer:
                        if answer.status == 200:
                            return
                await asyncio.sleep(0.1)

    async def kill(self) -> None:
        """As a power cut: no handler runs."""
        await self._end(signal.SIGKILL)

    async def stop(self) -> int:
        """As Ctrl-C; the exit status."""
        return await self._end(signal.SIGINT)

    async def _end(self, sign: signal.Signals) -> int:
        assert self._process is not None
        with suppress(ProcessLookupError):
            self._process.send_signal(sign)
        async with asyncio.timeout(START_SECONDS):
            status = await self._process.wait()
        self._process = None
        return status


class Telegram:
    """Posts people's updates to our webhooks as Telegram does: again and again until a 200 comes back."""

    def __init__(self, api: BotApi, program: Program) -> None:
        self.api = api
        self.program = program
        for token in PATHS:
            api.bot(token).on_update = lambda: None  # we post by hand, to see every 200
        self._client = aiohttp.ClientSession(headers={"X-Telegram-Bot-Api-Secret-Token": SECRET})

    async def __aenter__(self) -> "Telegram":
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.close()

    def account(self, token: str) -> Account:
        return self.api.bot(token)

    async def deliver(self, token: str = PUBLIC) -> None:
        """Post everything that this account's people have done since."""
        updates = self.account(token).updates
        waiting, updates[:] = list(updates), []
        await asyncio.gather(*(self._post(token, update) for update in waiting))

    async def _post(self, token: str, update: Json) -> None:
        while True:
            with suppress(aiohttp.ClientError, TimeoutError):
                async with self._client.post(self.program.url + PATHS[token], json=update) as answer:
                    if answer.status == 200:
                        return
            await asyncio.sleep(0.05)
