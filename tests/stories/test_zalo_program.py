"""The program itself with an Official Account: a report by webhook, the answer by API, and a power cut."""

import asyncio
import os
from dataclasses import dataclass
from pathlib import Path

from handlers.zalo_oa.webhook import PATH
from tests.fakes.zalo_oa import APP_ID, APP_SECRET, OA_ID
from tests.fakes.zalo_oa import ZaloOa as Zalo
from tests.fakes.zalo_oa.bodies import words
from tests.fakes.zalo_oa.push import SECRET, Push
from tests.fakes.zalo_oa.server import wall_clock
from tests.stories.program import OFFICE, ROOT, Program, free_port

CRY = "Cứu em với, bố đang cầm dao đánh em, nhà em ở xã Ea Kao, Đắk Lắk"
PATIENCE = 30.0
TOKEN = 22
"""Characters of an invitation."""


class ZaloProgram(Program):
    """Without Telegram."""

    def __init__(self, folder: Path, zalo: Zalo) -> None:
        self.port = free_port()
        self.folder = folder
        self.log = folder / "log"
        self._process = None
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TINBAO_DATABASE_URL": f"sqlite:///{folder}/tinbao.db",
            "TINBAO_SEAL_KEY_FILE": str(folder / "keys.json"),
            "TINBAO_FILES_DIR": str(folder / "files"),
            "TINBAO_HTTP_PORT": str(self.port),
            "TINBAO_PUBLIC_URL": "https://office.invalid",
            "TINBAO_ZALO_OA_APP_ID": APP_ID,
            "TINBAO_ZALO_OA_APP_SECRET": APP_SECRET,
            "TINBAO_ZALO_OA_SECRET_KEY": SECRET,
            "TINBAO_ZALO_OA_ID": OA_ID,
            "TINBAO_ZALO_OA_API_BASE": zalo.base_url,
            "TINBAO_ZALO_OA_OAUTH_BASE": zalo.base_url,
            "TINBAO_ZALO_ZBS_BASE": zalo.base_url,
        }

    async def __aenter__(self) -> "ZaloProgram":
        return self


@dataclass
class Phone:
    """Somebody's Zalo, whose words reach the program by its webhook."""

    zalo: Zalo
    push: Push
    id: str

    async def says(self, text: str) -> bool:
        """Zalo sends it again and again until it is taken."""
        self.zalo.person(self.id)
        return await self.push.deliver(words(text, self.id, _milliseconds()))

    async def hears(self, said: str) -> None:
        async with asyncio.timeout(PATIENCE):
            while not any(said in text for text in self.texts):  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.05)

    @property
    def texts(self) -> list[str]:
        return self.zalo.people[self.id].texts

    def payload(self, title: str) -> str:
        for letter in reversed(self.zalo.people[self.id].letters):
            for button in letter.buttons:
                if str(button["title"]).startswith(title):
                    return str(button["payload"])
        raise AssertionError(f"no button {title!r}")


def _milliseconds() -> int:
    return int(wall_clock().timestamp() * 1000)


async def test_a_report_on_zalo_is_taken_by_an_officer_on_zalo_through_a_power_cut(tmp_path: Path) -> None:
    async with Zalo() as zalo, ZaloProgram(tmp_path, zalo) as program:
        await program.command("import", *map(str, OFFICE))
        await program.command("zalo", "login", zalo.oauth.consent())
        invitation = await program.command("invite", "TE-24169")
        token = next(word for word in invitation.split() if len(word) == TOKEN)
        await program.start()
        async with Push(program.url + PATH) as push:
            hoa, child = Phone(zalo, push, "246845883529197001"), Phone(zalo, push, "246845883529197002")
            assert await hoa.says(f"/start {token}")
            await hoa.hears("đã được ghi nhận")
            assert await child.says(CRY)
            await program.kill()  # written down, perhaps not yet answered
            await program.start()
            await child.hears("113")
            await hoa.hears("Vụ 1")
            assert await hoa.says(hoa.payload("Tiếp nhận"))
            await hoa.hears("Đã tiếp nhận")
            await child.hears("đã nhận lời nhắn")
        assert await program.stop() == 0
        assert len(zalo.oauth.used) == 0, "the pair of the log-in lasts for a day"
        log = await asyncio.to_thread(program.log.read_text)
        for secret in (hoa.id, child.id, "dao", APP_SECRET, *zalo.oauth.access):
            assert secret not in log
