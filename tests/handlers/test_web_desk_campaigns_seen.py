"""Who may look at campaigns on the desk, and what of their results."""

from datetime import timedelta

from bot.domain.campaigns.campaign import Audience
from bot.domain.campaigns.moves import LOOKS
from bot.domain.campaigns.subscribers import RunState, Subscriber
from bot.domain.messages import Address
from bot.domain.officers import Role
from bot.ports import UnitOfWork
from bot.services import outreach
from storage.engine import SqlStore
from tests.handlers.test_web_desk_campaigns import AUTHOR, DRAFT, saved, shown
from tests.handlers.web import Site, site
from tests.stories.world import START

OUTSIDERS = frozenset({Role.POLICE, Role.COLLABORATOR, Role.SPEAKER})
PAGES = (
    "s",
    "s/calendar",
    "s/new",
    "s/poster",
    "s/urgent",
    "/1",
    "/1/runs",
    "/1/results",
    "/1/edit",
    "/1/picture",
)


def somebody(place: Site, role: Role) -> str:
    roster = place.store.read(lambda uow: uow.office.roster())
    return next(one.code for one in roster.officers if one.role is role)


def test_only_those_who_write_or_approve_look() -> None:
    assert set(Role) - LOOKS == OUTSIDERS


async def test_others_read_why_not_on_every_page_and_it_is_in_the_ledger(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as author, place.browser() as other:
        await saved(author, await author.enters(place.officer(AUTHOR)))
        token = await other.enters(place.officer(somebody(place, Role.POLICE)))
        for page in PAGES:
            async with other.session.get(f"/desk/campaign{page}") as answer:
                assert answer.status == 403, page
                said = await answer.text()
            assert "chỉ dành cho người soạn" in said
            assert DRAFT["title"] not in said
        assert 'href="/desk/campaigns"' not in said
        form = {"csrf": token, **DRAFT, "code": "khac"}
        for page in ("s/new", "s/urgent", "s/poster", "/1/edit", "/1/test", "/1/copy", "/1/stop"):
            async with other.session.post(f"/desk/campaign{page}", data=form) as answer:
                assert answer.status == 403, page
        refused = [row.action for row in place.store.read(lambda uow: uow.ledger.of("campaign:1"))]
        assert refused.count("campaign.look_refused") == len([one for one in PAGES if one[0] == "/"]) + 4
        assert place.store.read(lambda uow: len(outreach.listing(uow))) == 1


async def test_a_look_at_results_is_in_the_ledger_and_says_whose_reports_are_counted(
    sqlite_store: SqlStore,
) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        _, address, _ = await saved(desk, await desk.enters(place.officer(AUTHOR)))
        parent = Subscriber(0, Address("telegram_public", "main", "1"), unit="24169", province="66")
        place.store.write(lambda uow: uow.subscribers.put(parent, START))
        place.store.write(ran)
        assert "anh/chị phụ trách" not in await shown(desk, f"{address}/results")
        async with place.browser() as commune:
            await commune.enters(place.officer("TE-24169"))
            assert "anh/chị phụ trách" in await shown(commune, f"{address}/results")
        looks = [
            row for row in place.store.read(lambda uow: uow.ledger.of("campaign:1")) if "look" in row.action
        ]
        assert [row.actor for row in looks] == [
            f"officer:{place.officer(code).id}" for code in (AUTHOR, "TE-24169")
        ]


def ran(uow: UnitOfWork) -> None:
    run = uow.runs.begin(1, START, RunState.FREEZING, START)
    assert run is not None
    uow.runs.text(run, "vi", "telegram_public", "Chào")
    uow.runs.freeze(run, Audience(), (3, timedelta(days=7)), 10, START)


async def test_the_list_at_the_door_is_for_writer_and_approver_and_safe_in_a_spreadsheet(
    sqlite_store: SqlStore,
) -> None:
    lesson = {
        "event_name_vi": "Lớp bơi",
        "event_place_vi": "Nhà văn hóa",
        "event_at": "2027-06-01T08:00",
        "text_en": "",
    }
    async with site(sqlite_store) as place, place.browser() as author, place.browser() as other:
        status, address, page = await saved(author, await author.enters(place.officer(AUTHOR)), **lesson)
        assert status == 303, page
        place.store.write(come)
        listed = await shown(author, f"{address}/guests")
        assert "Nguyễn Văn An" in listed
        assert "khách 3" in listed
        async with author.session.get(f"{address}/guests.csv") as answer:
            assert answer.content_type == "text/csv"
            rows = (await answer.read()).decode("utf-8-sig").splitlines()
        assert rows == ["Số,Tên,Có mặt", "1,Nguyễn Văn An,", "2,'=1+1,", "3,khách 3,"]
        await other.enters(place.officer("SYT-GS-1"))
        for part in ("/guests", "/guests.csv"):
            async with other.session.get(address + part) as answer:
                assert answer.status == 403
                assert "Nguyễn" not in await answer.text()
        assert f"{address}/guests" not in await shown(other, address)


def come(uow: UnitOfWork) -> None:
    for number, name in enumerate(("Nguyễn Văn An", "=1+1", "")):
        person = Subscriber(0, Address("telegram_public", "main", f"p{number}"))
        id_ = uow.subscribers.put(person, START)
        uow.replies.comes("1:event", id_, True, None, START)
        uow.replies.named("1:event", id_, name)
