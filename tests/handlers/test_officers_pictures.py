"""Pictures of an officer travel from the phone into the case: on Telegram, and over Zalo's fleeting links."""

from collections.abc import Sequence

from bot.domain.cases import CaseId
from bot.domain.messages import Address, Attachment, Heard, HeardKind, Media
from bot.ports import FileRow, FileState
from handlers.courier import Courier
from handlers.fetcher import Fetcher
from handlers.telegram_officers.channel import TelegramOfficers
from storage.engine import SqlStore
from tests.fakes.bot_api import TOKEN, BotApi
from tests.handlers.office import a_gate, eventually, office, running, wall_clock, words
from tests.handlers.telegram import UNLIMITED, WORDS
from tests.stories.world import World

BEATEN = "hàng xóm đánh con hằng ngày, cháu bé 6 tuổi, ở xã Ea Kao"
CASE = CaseId(1)
PICTURE = bytes(range(256)) * 40


def files(store: SqlStore) -> Sequence[FileRow]:
    return store.read(lambda uow: uow.files.of_case(CASE))


async def test_an_officers_photo_on_telegram_is_fetched_and_sealed_in_the_case(
    sqlite_store: SqlStore,
) -> None:
    async with BotApi() as fake:
        hoa = fake.person(901)
        gate = a_gate(sqlite_store, office(sqlite_store))
        bot = TelegramOfficers(TOKEN, gate, WORDS, api_base=fake.base_url, traits=UNLIMITED)
        address = Address("telegram_officers", "700001", "901")
        officer = next(
            one
            for one in sqlite_store.read(lambda uow: uow.office.roster()).officers
            if one.code == "TE-24169"
        )
        sqlite_store.write(lambda uow: uow.office.enrol(officer.id, address, wall_clock()))
        async with running(gate, bot, Courier(gate, [bot]), Fetcher(gate, [bot])):
            await gate.hear(words(BEATEN))
            await eventually(lambda: sqlite_store.read(lambda uow: uow.cases.count_open()))
            hoa.says("/nhan 1")
            await hoa.hears("Đã tiếp nhận vụ 1", within=15)
            hoa.sends_photo("cổng sau nhà", content=PICTURE)
            await hoa.hears("đưa vào vụ 1", within=15)
            await eventually(lambda: files(sqlite_store)[0].state is FileState.KEPT)
    [file] = files(sqlite_store)
    assert sqlite_store.read(lambda uow: uow.files.content(file.id)) == PICTURE
    entries = sqlite_store.read(lambda uow: uow.cases.entries(CASE))
    assert "cổng sau nhà" in [entry.text for entry in entries if entry.officer == officer.id]


def test_a_fleeting_picture_of_an_officer_on_zalo_is_fetched_before_its_case_is_known(
    sqlite_store: SqlStore,
) -> None:
    world = World(sqlite_store)
    hoa = world.officer("TE-24169", "zalo_oa")
    world.citizen("zalo_oa").says(BEATEN)
    hoa.says("nhận 1")
    fleeting = Attachment(Media.PHOTO, "https://f20.zpc.zdn.vn/1.jpg", mime="image/jpeg", fleeting=True)
    heard = Heard(hoa.address, "photo-1", HeardKind.MEDIA, world.now, attachments=(fleeting,))
    world.hear(heard)
    assert "vụ 1" in hoa.last
    [file] = files(sqlite_store)
    assert (file.case, file.state) == (CASE, FileState.WAITING)
    entries = world.store.read(lambda uow: uow.cases.entries(CASE))
    assert [entry.attachment for entry in entries if entry.attachment is not None] == [file.id]
