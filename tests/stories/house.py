"""The running hotline with both bots and both pages, in one process, where one word breaks the triage."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from aiohttp import ClientSession, CookieJar

from bot.app import Office, assemble, build, wall_clock
from bot.domain.messages import Address
from bot.domain.officers import Officer
from bot.domain.understanding import Assessment
from bot.settings import load
from storage.engine import open_store
from tests.fakes.bot_api import BotApi
from tests.handlers.office import eventually
from tests.stories.marked import (
    OFFICERS_OWN,
    POISON,
    Watched,
    watched,
)
from tests.stories.office import demo_roster
from tests.stories.program import OFFICERS, PATHS, PUBLIC, SECRET, Program, Telegram, free_port
from tests.stories.world import START


@dataclass
class House:
    """The running hotline, with both bots and both pages."""

    api: BotApi
    telegram: Telegram
    found: Office
    url: str
    seen: Watched

    @asynccontextmanager
    async def browser(self) -> AsyncIterator[ClientSession]:
        jar = CookieJar(unsafe=True, treat_as_secure_origin=self.url)
        async with ClientSession(self.url, cookie_jar=jar) as session:
            yield session

    async def settled(self) -> None:
        """Everything heard is answered, every letter that can go is gone."""
        for token in PATHS:
            await self.telegram.deliver(token)
        await eventually(lambda: self.found.store.read(lambda uow: uow.inbox.waiting()) == 0, within=30)

    async def metrics(self) -> str:
        async with self.browser() as anybody, anybody.get("/metrics") as answer:
            return await answer.text()


@asynccontextmanager
async def house(folder: Path) -> AsyncIterator[House]:
    port, ahead = free_port(), START - wall_clock()

    def now() -> datetime:
        """A Friday afternoon, when the commune's officer is on duty."""
        return wall_clock() + ahead

    async with BotApi(clock=now) as api:
        settings = load(
            database_url=f"sqlite:///{folder}/tinbao.db", seal_key_file=folder / "keys.json",
            files_dir=folder / "files", http_port=port, public_url="https://office.invalid", demo=True,
            telegram_api_base=api.base_url, telegram_public_token=PUBLIC, telegram_officers_token=OFFICERS,
            telegram_mode="webhook", telegram_webhook_secret=SECRET,
        )  # fmt: skip
        store = open_store(settings.database_url, settings.seal_key_file, settings.files_dir)
        found = fragile(assemble(settings, store))
        store.write(lambda uow: uow.office.replace(demo_roster()))
        enrol(found)
        hotline = build(settings, found, now)
        hotline.gate.turns.try_again = 0.01
        program = Program(folder / "unused", api)
        program.port = port
        try:
            with watched(folder) as seen:
                async with asyncio.TaskGroup() as group:
                    tasks = [group.create_task(service.run()) for service in hotline.services]
                    await hotline.http.ready()
                    async with Telegram(api, program) as telegram:
                        yield House(api, telegram, found, program.url, seen)
                    hotline.streams.close()
                    for task in tasks:
                        task.cancel()
        finally:
            store.close()


def fragile(found: Office) -> Office:
    """One word breaks the triage, with the whole message in its error."""

    def assess(before: Assessment | None, said: tuple[str, ...]) -> Assessment:
        if any(POISON in one for one in said):
            raise ValueError(f"cannot read {said}")
        return found.tools.assess(before, said)

    return replace(found, tools=replace(found.tools, assess=assess))


def enrol(found: Office) -> None:
    address = Address("telegram_officers", OFFICERS.split(":")[0], str(OFFICERS_OWN))
    found.store.write(lambda uow: uow.office.enrol(worker(found).id, address, START))


def worker(found: Office) -> Officer:
    roster = found.store.read(lambda uow: uow.office.roster())
    return next(one for one in roster.officers if one.code == "TE-24169")
