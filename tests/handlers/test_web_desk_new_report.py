"""What came by telephone, by letter or at the door is entered in the same form as a citizen's report."""

from collections.abc import Mapping

import pytest

from bot.domain.cases import CaseId
from bot.domain.kinds import Kind
from bot.domain.understanding import Point
from handlers.web_desk.new_report import point_of
from storage.engine import SqlStore
from tests.handlers.web import Browser, Site, site

WORDS = {"source": "phone", "text": "Ao sau chợ sâu lắm, trẻ hay ra tắm", "once": "form-1"}


async def enters(place: Site, desk: Browser, fields: Mapping[str, str]) -> tuple[int, str]:
    token = await desk.enters(place.officer("SYT-TRUC-1"))
    async with desk.session.post("/desk/new", data={"csrf": token, **WORDS, **fields}) as answer:
        return answer.status, await answer.text()


async def test_a_dangerous_water_keeps_its_place_its_kind_and_where_the_child_lives(
    sqlite_store: SqlStore,
) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        hazard = {"kind": "drowning_hazard", "water": "pond", "fence": "none", "owner": "nhà ông Ba"}
        where = {"unit_words": "tan an", "residence_words": "ea kao", "point": "12.6667, 108.0500"}
        status, page = await enters(place, desk, {**hazard, **where})
        assert status == 200, page
    case = sqlite_store.read(lambda uow: uow.cases.get(CaseId(1)))
    assert case is not None
    assert case.kind is Kind.DROWNING_HAZARD
    assert case.point == Point(12.6667, 108.05)
    assert (case.unit, case.residence) == ("24163", "24169")
    [report] = sqlite_store.read(lambda uow: uow.cases.reports(CaseId(1)))
    assert report.answers == {"owner": "nhà ông Ba", "water": "pond", "fence": "none"}


async def test_the_commune_that_is_unclear_is_asked_back_below_its_own_field(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        status, page = await enters(place, desk, {"unit_words": "tan an", "residence_words": "ea"})
        assert status == 409
        assert 'name="residence" value="' in page
        assert 'name="unit" value="' not in page
        assert WORDS["text"] in page
        assert sqlite_store.read(lambda uow: uow.cases.count_open()) == 0


async def test_a_place_that_cannot_be_read_is_asked_back(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        status, _ = await enters(place, desk, {"point": "sau chợ"})
        assert status == 409
        assert sqlite_store.read(lambda uow: uow.cases.count_open()) == 0


@pytest.mark.parametrize(
    ("typed", "point"),
    [
        ("12.6667, 108.05", Point(12.6667, 108.05)),
        (" 12.6667 108.05 ", Point(12.6667, 108.05)),
        ("12;108", Point(12, 108)),
        ("95.0, 108.0", None),
        ("12.6667", None),
        ("", None),
        ("9" * 5_000, None),
    ],
)
def test_a_place_as_maps_show_it(typed: str, point: Point | None) -> None:
    assert point_of(typed) == point
