"""The real process is killed while its second reader thinks: the next one asks again, and the case is raised."""

from pathlib import Path

from bot.domain.cases import Case, CaseId
from bot.domain.kinds import Urgency
from storage.engine import open_store
from tests.fakes import second_reader as fake
from tests.fakes.bot_api import BotApi
from tests.fakes.second_reader import FakeModel
from tests.handlers.office import eventually
from tests.stories.program import OFFICE, PUBLIC, Program, Telegram

WRITER = 1000
REPORT = "Ở quán phở xã Ea Kao, Đắk Lắk có bé Lan 12 tuổi rửa bát từ sáng tới khuya, nghỉ học rồi"
PATIENCE = 60.0


def kept(folder: Path) -> Case:
    store = open_store(f"sqlite:///{folder}/tinbao.db", folder / "keys.json", folder / "files")
    try:
        found = store.read(lambda uow: uow.cases.get(CaseId(1)))
        assert found is not None
        return found
    finally:
        store.close()


async def test_what_was_being_read_when_the_power_failed_is_read_again(tmp_path: Path) -> None:
    async with FakeModel() as model, BotApi() as api, Program(tmp_path, api) as program:
        program.env |= {"TINBAO_SECOND_READER_URL": model.url, "TINBAO_SECOND_READER_MODEL": "vi-7b"}
        await program.command("import", *map(str, OFFICE))
        await program.start()
        async with Telegram(api, program) as telegram:
            model.answers = [model.slow({})]
            api.person(WRITER, token=PUBLIC).says(REPORT)
            await telegram.deliver(PUBLIC)
            await eventually(lambda: api.sent_to(WRITER, token=PUBLIC), within=PATIENCE)
            assert model.asked == [], "the answer goes out first"
            await eventually(lambda: model.asked, within=PATIENCE)
            await program.kill()
            assert kept(tmp_path).urgency is not Urgency.EMERGENCY
            model.always = fake.says({"urgency": "emergency"})
            await program.start()
            await eventually(lambda: kept(tmp_path).urgency is Urgency.EMERGENCY, within=PATIENCE)
        assert await program.stop() == 0
        first, second = model.texts
        assert first == second
        log = program.log.read_text()
        assert "rửa bát" not in log
        assert model.url not in log
