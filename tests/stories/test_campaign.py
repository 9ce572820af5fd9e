"""One campaign from its writing to its results, in the running program, between people and the fake Bot API."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bot.app import Hotline, assemble, build
from bot.domain.campaigns.campaign import EVERY_CHANNEL, Campaign, Content, Picture, Quiz, State
from bot.domain.campaigns.schedule import Once, Schedule
from bot.domain.campaigns.subscribers import Run, RunState
from bot.domain.officers import Officer, Role
from bot.services import outreach
from bot.settings import load
from storage.engine import SqlStore, open_store
from tests.fakes.bot_api import BotApi, Person
from tests.handlers.office import eventually
from tests.storage.outreach import EVERYBODY
from tests.stories.office import demo_roster
from tests.stories.program import free_port

TOKEN = "700003:FAKE-news_token_for_the_tests"
MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
EIGHT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
TEXT = "Không để trẻ một mình gần ao, suối. Nhắn DỪNG để thôi nhận tin."
PIXELS = b"\x89PNG pixels"
QUIZ = Quiz(
    "q1", {"vi": "Tổng đài trẻ em số mấy?"}, ({"vi": "111"}, {"vi": "113"}), 0, {"vi": "Gọi 111, miễn phí."}
)


@dataclass
class Scene:
    """The running program, with a clock that is set by hand."""

    api: BotApi
    store: SqlStore
    now: datetime = MORNING
    hotline: Hotline | None = None

    def person(self, number: int) -> Person:
        return self.api.person(number, token=TOKEN)

    async def comes(self, now: datetime) -> None:
        """The clock is there, and has looked at what is due."""
        self.now = now
        assert self.hotline is not None
        await self.hotline.gate.tick()

    def officer(self, role: Role) -> Officer:
        roster = self.store.read(lambda uow: uow.office.roster())
        return next(one for one in roster.officers if one.role is role)

    def approved(self, campaign: Campaign) -> Campaign:
        """Written by one officer, agreed to by another."""
        assert self.hotline is not None
        tools = self.hotline.gate.tools
        author, second = self.officer(Role.PROVINCE_DUTY), self.officer(Role.SUPERVISOR)
        saved = self.store.write(lambda uow: outreach.save_draft(uow, tools, author, campaign, self.now))
        assert isinstance(saved, outreach.Saved), saved
        id_ = saved.campaign.id
        proposed = self.store.write(lambda uow: outreach.propose(uow, tools, author, id_, self.now))
        assert isinstance(proposed, outreach.Done), proposed
        done = self.store.write(lambda uow: outreach.approve(uow, tools, second, id_, self.now))
        assert isinstance(done, outreach.Done), done
        return saved.campaign

    def run(self, campaign: Campaign) -> Run:
        (run,) = self.store.read(lambda uow: uow.runs.of(campaign.id))
        return run


@asynccontextmanager
async def running_program(folder: Path) -> AsyncIterator[Scene]:
    async with BotApi() as api:
        settings = load(
            database_url=f"sqlite:///{folder}/tinbao.db", seal_key_file=folder / "keys.json",
            files_dir=folder / "files", http_port=free_port(), demo=True,
            telegram_api_base=api.base_url, telegram_news_token=TOKEN,
        )  # fmt: skip
        store = open_store(settings.database_url, settings.seal_key_file, settings.files_dir)
        store.write(lambda uow: uow.office.replace(demo_roster()))
        scene = Scene(api, store)
        scene.hotline = build(settings, assemble(settings, store), lambda: scene.now)
        try:
            async with asyncio.TaskGroup() as group:
                tasks = [group.create_task(service.run()) for service in scene.hotline.services]
                await scene.hotline.http.ready()
                yield scene
                scene.hotline.streams.close()
                for task in tasks:
                    task.cancel()
        finally:
            store.close()


def a_campaign(store: SqlStore, day: date = date(2026, 11, 21), code: str = "nuoc") -> Campaign:
    digest = store.write(lambda uow: uow.pictures.put(PIXELS))
    picture = Picture(digest, "image/png", len(PIXELS), {"vi": "Phao cứu sinh"})
    content = Content({"vi": {EVERY_CHANNEL: TEXT}}, picture, quiz=(QUIZ,))
    return Campaign(0, code, "Phòng đuối nước", content, EVERYBODY, Schedule((Once(day),)), State.DRAFT)


async def test_a_campaign_reaches_those_who_asked_for_it_and_nobody_else(tmp_path: Path) -> None:
    async with running_program(tmp_path) as scene:
        an, binh, stranger = scene.person(101), scene.person(102), scene.person(103)
        for person in (an, binh):
            person.says("đăng ký")
            await person.hears("DỪNG")
        stranger.says("xin chào")
        await stranger.hears()
        campaign = scene.approved(a_campaign(scene.store))
        await scene.comes(EIGHT - timedelta(minutes=1))
        assert not an.was_told("Không để trẻ")
        await scene.comes(EIGHT)
        shown = await an.hears("Không để trẻ")
        await binh.hears("Không để trẻ")
        assert (shown.method, shown.params["photo"] in (PIXELS, "sent-photo")) == ("sendPhoto", True)
        await eventually(lambda: scene.run(campaign).state is RunState.DONE)
        assert not stranger.was_told("Không để trẻ")
        assert sum(sent.params.get("photo") == PIXELS for p in (an, binh) for sent in p.messages) == 1


async def test_an_answer_is_explained_a_stop_is_at_once_and_a_cry_for_help_is_a_report(
    tmp_path: Path,
) -> None:
    async with running_program(tmp_path) as scene:
        an, binh = scene.person(101), scene.person(102)
        for person in (an, binh):
            person.says("đăng ký")
            await person.hears("DỪNG")
        scene.approved(a_campaign(scene.store))
        await scene.comes(EIGHT)
        await an.hears("Không để trẻ")
        an.taps("111")
        await an.hears("Gọi 111, miễn phí.")
        binh.says("dừng")
        await binh.hears("Đã dừng")
        before = len(binh.messages)
        second = scene.approved(replace(a_campaign(scene.store, date(2026, 11, 22), "hai"), title="Lần hai"))
        await scene.comes(EIGHT + timedelta(days=1))
        await eventually(lambda: scene.run(second).state is RunState.DONE)
        assert len(binh.messages) == before
        an.says("cứu em với, bố đang đánh em ở phường Buôn Ma Thuột")
        await an.hears("113")
        assert scene.store.read(lambda uow: uow.cases.count_open()) == 1
