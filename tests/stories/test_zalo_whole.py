"""The whole program with an Official Account: signed webhooks in, letters out, in one process on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.app import Office, assemble, build, wall_clock
from bot.domain.cases import AlertState, Case, CaseId, Status
from bot.domain.messages import Address
from bot.ports import FileState
from bot.settings import load
from handlers.zalo_oa.traits import NAME
from handlers.zalo_oa.webhook import PATH
from storage.engine import open_store
from tests.fakes.zalo_oa import APP_SECRET
from tests.fakes.zalo_oa import ZaloOa as Zalo
from tests.fakes.zalo_oa.bodies import APP, OA, PERSON, Body, pin, seen, with_file, words
from tests.fakes.zalo_oa.push import SECRET, Push
from tests.handlers.office import eventually
from tests.stories.office import demo_roster
from tests.stories.program import free_port
from tests.stories.world import START

OFFICER = "7400000000000000001"
WORKER = "TE-24169"
EA_KAO = ("12.6094", "108.0383")


@dataclass
class Whole:
    """Everything that runs, and Zalo at both of its ends."""

    found: Office
    zalo: Zalo
    push: Push
    now: Callable[[], datetime]

    async def says(self, text: str, person: str = PERSON) -> None:
        await self.sends(words(text, person, self.stamp))

    async def sends(self, body: Body) -> None:
        self.zalo.person(str(body["sender"]["id"]))  # type: ignore[index]
        assert await self.push.post({**body, "timestamp": str(self.stamp)}) == 200

    @property
    def stamp(self) -> int:
        return int(self.now().timestamp() * 1000)

    def told(self, words: str, person: str = PERSON) -> bool:
        return any(words in text for text in self.zalo.people[person].texts)

    def payload(self, title: str, person: str) -> str:
        for letter in reversed(self.zalo.people[person].letters):
            for button in letter.buttons:
                if str(button["title"]).startswith(title):
                    return str(button["payload"])
        raise AssertionError(f"no button {title!r}")

    def case(self, number: int = 1) -> Case | None:
        return self.found.store.read(lambda uow: uow.cases.get(CaseId(number)))

    def alerts(self) -> list[AlertState]:
        return [one.state for one in self.found.store.read(lambda uow: uow.watches.alerts(CaseId(1)))]

    def files(self) -> list[FileState]:
        return [one.state for one in self.found.store.read(lambda uow: uow.files.of_case(CaseId(1)))]

    def enrol(self) -> None:
        """The commune's officer writes to the same account, which is their first channel."""
        officers = tuple(
            replace(one, channels=(NAME, *one.channels)) if one.code == WORKER else one
            for one in demo_roster().officers
        )
        store = self.found.store
        store.write(lambda uow: uow.office.replace(replace(demo_roster(), officers=officers)))
        worker = next(
            one for one in store.read(lambda uow: uow.office.roster()).officers if one.code == WORKER
        )
        store.write(lambda uow: uow.office.enrol(worker.id, Address(NAME, OA, OFFICER), self.now()))


@asynccontextmanager
async def whole(folder: Path) -> AsyncIterator[Whole]:
    port, ahead = free_port(), START - wall_clock()

    def now() -> datetime:
        """A Friday afternoon, when the commune's officer is on duty."""
        return wall_clock() + ahead

    async with Zalo(clock=now) as zalo:
        access, refresh = zalo.oauth.pair()
        settings = load(
            database_url=f"sqlite:///{folder}/tinbao.db", seal_key_file=folder / "keys.json",
            files_dir=folder / "files", http_port=port, public_url="https://office.invalid",
            zalo_oa_app_id=APP, zalo_oa_app_secret=APP_SECRET, zalo_oa_secret_key=SECRET, zalo_oa_id=OA,
            zalo_oa_access_token=access, zalo_oa_refresh_token=refresh, zalo_oa_api_base=zalo.base_url,
            zalo_oa_oauth_base=zalo.base_url, zalo_zbs_base=zalo.base_url,
        )  # fmt: skip
        store = open_store(settings.database_url, settings.seal_key_file, settings.files_dir)
        found = assemble(settings, store)
        hotline = build(settings, found, now)
        try:
            async with asyncio.TaskGroup() as group, Push(f"http://127.0.0.1:{port}{PATH}") as push:
                tasks = [group.create_task(service.run()) for service in hotline.services]
                await hotline.http.ready()
                running = Whole(found, zalo, push, now)
                running.enrol()
                yield running
                hotline.streams.close()
                for task in tasks:
                    task.cancel()
        finally:
            store.close()


async def test_a_report_by_text_and_pin_is_taken_by_an_officer_on_zalo(tmp_path: Path) -> None:
    async with whole(tmp_path) as at:
        await at.says("dạ cho em chào", OFFICER)
        await eventually(lambda: at.zalo.people[OFFICER].letters, "an answer to the officer")
        await at.says("bạn em đang bị bố đánh bằng gậy, cứu với")
        await eventually(lambda: at.case() is not None, "a case")
        await eventually(lambda: at.told("113"), "first help")
        await at.sends(pin(*EA_KAO))
        await eventually(lambda: (one := at.case()) and one.unit, "its commune", within=20)
        photo = at.zalo.serves("vet-bam.jpg", b"\xff\xd8 invented")
        await at.sends(with_file("user_send_image", "image", {"url": photo}))
        await eventually(lambda: at.files() == [FileState.KEPT], "the sealed photo", within=20)
        await eventually(lambda: at.told("Vụ 1", OFFICER), "the card", within=20)
        card = next(
            n for n, one in enumerate(at.zalo.sent, 1) if one.person == OFFICER and "Vụ 1" in one.text
        )
        await at.sends(seen("user_seen_message", *(f"zalo-{n}" for n in range(card, card + 3))))
        await eventually(lambda: AlertState.SEEN in at.alerts(), f"seen: {at.alerts()}")
        await at.says(at.payload("Tiếp nhận", OFFICER), OFFICER)
        await eventually(lambda: (one := at.case()) and one.status is Status.TAKEN, "taken")
        await eventually(lambda: at.told("đã nhận lời nhắn"), "the reporter is told")


async def test_an_old_or_typed_payload_takes_nothing(tmp_path: Path) -> None:
    async with whole(tmp_path) as at:
        await at.says("dạ", OFFICER)
        await at.says("bạn em đang bị bố đánh bằng gậy, cứu với, ở xã Ea Kao")
        await eventually(lambda: at.zalo.people[OFFICER].letters and at.told("Vụ 1", OFFICER), within=20)
        stolen = at.payload("Tiếp nhận", OFFICER)
        before = len(at.zalo.people[PERSON].letters)
        await at.says(stolen)
        await eventually(lambda: len(at.zalo.people[PERSON].letters) > before, "an answer")
        case = at.case()
        assert case is not None
        assert case.status is Status.NEW, "another person's payload does nothing"
