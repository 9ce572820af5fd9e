"""Campaigns on the desk: written, refused with what is wrong, agreed to by a second officer, paused, stopped."""

import re
from collections.abc import Mapping
from html import unescape
from io import BytesIO

import pytest
from aiohttp import FormData
from PIL import Image

from bot.domain.campaigns.campaign import Group
from bot.domain.campaigns.subscribers import Subscriber
from bot.domain.campaigns.templates import Param, ParamKind, Tag, Template
from bot.domain.messages import Address, Lane
from bot.services import outreach
from handlers.zalo_oa.traits import ZALO_OA
from storage.engine import SqlStore
from tests.handlers.web import Browser, Site, site
from tests.stories.world import START

AUTHOR, SECOND = "SYT-BMTE", "SYT-GS-1"
DRAFT = {
    "code": "duoi-nuoc",
    "title": "Phòng đuối nước",
    "text_vi": "Đừng để trẻ tắm sông một mình. {office}",
    "text_en": "Never let children bathe in the river alone.",
    "at": "08:00",
    "rule_1_kind": "yearly",
    "rule_1_day": "25",
    "rule_1_month": "5",
    "group_parent": "yes",
    "units": "66",
    "tolerance": "12",
}


async def saved(desk: Browser, token: str, **changed: str) -> tuple[int, str, str]:
    """(status, where it leads, page)."""
    form = {"csrf": token, **DRAFT, **changed}
    async with desk.session.post("/desk/campaigns/new", data=form, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", ""), await answer.text()


def subscribed(place: Site) -> None:
    """Somebody to write to: without anybody a campaign may not be proposed."""
    parent = Subscriber(0, Address("telegram_public", "main", "1"), Group.PARENT, unit="24169", province="66")
    place.store.write(lambda uow: uow.subscribers.put(parent, START))


async def shown(desk: Browser, address: str) -> str:
    async with desk.session.get(address) as answer:
        assert answer.status == 200, address
        return await answer.text()


async def pressed(desk: Browser, place: str, act: str, fields: Mapping[str, str]) -> str:
    """What the page says afterwards."""
    async with desk.session.post(f"{place}/{act}", data=fields) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_a_draft_is_written_read_again_and_changed(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        token = await desk.enters(place.officer(AUTHOR))
        status, address, page = await saved(desk, token)
        assert status == 303, page
        assert "Phòng đuối nước" in await shown(desk, "/desk/campaigns")
        form = await shown(desk, f"{address}/edit")
        assert 'value="25"' in form
        assert "Đừng để trẻ tắm sông một mình." in form
        changed = {"csrf": token, **DRAFT, "version": _version(form), "title": "Hè an toàn"}
        async with desk.session.post(f"{address}/edit", data=changed, allow_redirects=False) as answer:
            assert answer.status == 303, await answer.text()
        assert "Hè an toàn" in await shown(desk, address)


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("text_vi", "Gọi {hotlin} ngay", "hotlin"),
        ("rule_1_day", "ba mươi", "ba mươi"),
        ("units", "Xã Không Có", "Xã Không Có"),
        ("code", "Đuối Nước!", ""),
        ("skip", "mai", "mai"),
        ("season_from", "mùa lũ", "mùa lũ"),
        ("at", "tám giờ", "tám giờ"),
        ("event_name_vi", "Lớp bơi", ""),
        ("rule_1_month", "13", "13"),
    ],
)
async def test_what_is_wrong_is_named_and_nothing_typed_is_lost(
    sqlite_store: SqlStore, field: str, typed: str, told: str
) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        token = await desk.enters(place.officer(AUTHOR))
        status, _, page = await saved(desk, token, **{field: typed})
        assert status == 409
        assert 'role="alert"' in page
        assert told in page.split("</section>")[0]
        assert "Đừng để trẻ tắm sông một mình." in page or field == "text_vi"


async def test_only_a_second_officer_agrees_and_only_to_what_stands_there(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as author, place.browser() as second:
        mine = await author.enters(place.officer(AUTHOR))
        theirs = await second.enters(place.officer(SECOND))
        _, address, _ = await saved(author, mine)
        subscribed(place)
        told = await pressed(author, address, "propose", {"csrf": mine})
        page = await pressed(author, address, "approve", {"csrf": mine})
        assert "state.approved" not in page
        assert _state(place) == "proposed", told
        old = {"csrf": theirs, "version": "0"}
        await pressed(second, address, "approve", old)
        assert _state(place) == "proposed", "what was changed meanwhile is not agreed to"
        await pressed(second, address, "approve", {"csrf": theirs, "version": _version(page)})
        assert _state(place) == "approved"
        for act, state in (("pause", "paused"), ("resume", "approved"), ("stop", "stopped")):
            await pressed(second, address, act, {"csrf": theirs})
            assert _state(place) == state


async def test_the_calendar_shows_the_day_with_its_lunar_date(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        token = await desk.enters(place.officer(AUTHOR))
        await saved(desk, token, rule_1_kind="lunar", rule_1_day="15", rule_1_month="8")
        month = await shown(desk, "/desk/campaigns/calendar?year=2027&month=9")
        agenda = month.split('class="agenda"')[1]
        assert "Phòng đuối nước" in agenda.split("15/9")[1].split("</li>")[0]
        assert "15/8" in agenda
        year = await shown(desk, "/desk/campaigns/calendar?year=2027")
        assert year.count('class="month"') == 12


async def test_an_urgent_notice_asks_a_second_officer_and_runs_when_one_agrees(
    sqlite_store: SqlStore,
) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        token = await desk.enters(place.officer(AUTHOR))
        form = {
            "csrf": token,
            "title": "Lũ về",
            "text_vi": "Nước đang lên, không cho trẻ ra suối.",
            "units": "66",
        }
        status, _ = await urgent(desk, form)
        assert status == 409, "there is nobody to write to"
        subscribed(place)
        status, address = await urgent(desk, form)
        assert status == 303
        assert 'class="urgency urgency-emergency"' in await shown(desk, address)
        waiting = place.store.read(lambda uow: uow.outbox.backlog())
        assert waiting[Lane.ALERT] >= 1, "whoever may agree is rung at once"
    async with site(sqlite_store) as place, place.browser() as desk:
        token = await desk.enters(place.officer(SECOND))
        fields = {"csrf": token, "version": _version(await shown(desk, address))}
        assert "đã được duyệt" in await pressed(desk, address, "approve", fields)
        place.store.write(lambda uow: outreach.tick(uow, place.gate.tools, place.now))
        page = await shown(desk, address)
        assert f"{address}/pause" in page, "nothing follows, but its letters are still on their way"
        assert f"{address}/stop" in page


async def test_an_urgent_notice_may_name_a_template_for_people_outside_the_window(
    sqlite_store: SqlStore,
) -> None:
    async with site(sqlite_store, traits={"zalo_oa": ZALO_OA}) as place, place.browser() as desk:
        token = await desk.enters(place.officer(AUTHOR))
        to = Address("zalo_oa", "main", "1")
        place.store.write(lambda uow: uow.subscribers.put(Subscriber(0, to, province="66"), START))
        form = {"csrf": token, "title": "Lũ về", "text_vi": "Nước đang lên.", "units": "66"}
        assert (await urgent(desk, form))[0] == 409, "its only reader has not written for a week"
        form |= {"template_zalo_oa_id": "77", "template_zalo_oa_params": "noi = {comune}"}
        assert (await urgent(desk, form))[0] == 409
        status, address = await urgent(desk, form | {"template_zalo_oa_params": "noi = {commune}"})
        assert status == 303
        found = place.store.read(lambda uow: uow.campaigns.get(int(address.rpartition("/")[2])))
        assert found is not None
        assert found.content.templates["zalo_oa"].id == "77"


async def urgent(desk: Browser, form: Mapping[str, str]) -> tuple[int, str]:
    async with desk.session.post("/desk/campaigns/urgent", data=form, allow_redirects=False) as answer:
        return answer.status, answer.headers.get("Location", "")


async def test_results_and_runs_of_a_campaign_that_has_not_run_say_so(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        token = await desk.enters(place.officer(AUTHOR))
        _, address, _ = await saved(desk, token)
        for part in ("/results", "/runs", ""):
            assert await shown(desk, address + part)
        async with desk.session.get("/desk/campaign/999") as answer:
            assert answer.status == 404


async def test_a_poster_leads_to_a_page_that_says_how_to_subscribe(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk, place.browser() as phone:
        token = await desk.enters(place.officer(AUTHOR))
        form = {"csrf": token, "units": "24169", "group": "parent", "tags": "thcs_nguyen_du"}
        async with desk.session.post("/desk/campaigns/poster", data=form) as answer:
            page = await answer.text()
        assert "<svg" in page
        code = "tin-24169-parent-thcs_nguyen_du"
        assert code in page
        assert "<h1" in await shown(phone, f"/tin/{code}")
        for nothing in ("/tin/hello", "/l/1/abc"):
            async with phone.session.get(nothing) as answer:
                assert answer.status == 404
        async with desk.session.post(
            "/desk/campaigns/poster", data={**form, "tags": "Trường Điểm"}
        ) as answer:
            assert answer.status == 409
        for units in ("99999", "66", "24169, 24163"):
            async with desk.session.post("/desk/campaigns/poster", data={**form, "units": units}) as answer:
                assert answer.status == 409, units


def photo(side: int = 40) -> bytes:
    drawn = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "nơi chụp"
    Image.new("RGB", (side, side), "red").save(drawn, "JPEG", exif=exif)
    return drawn.getvalue()


@pytest.mark.parametrize(
    ("content", "kept"),
    [(photo(), True), (b"no picture", False), (b"x" * 40_000_000, False), (b"", True)],
    ids=["photo", "no photo", "40 MB", "nothing"],
)
async def test_a_picture_is_drawn_anew_and_what_is_none_is_refused(
    sqlite_store: SqlStore, content: bytes, kept: bool
) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        token = await desk.enters(place.officer(AUTHOR))
        _, address, _ = await saved(desk, token)
        form = FormData({"csrf": token, "version": _version(await shown(desk, f"{address}/edit"))})
        form.add_field("file", BytesIO(content), filename="p.jpg", content_type="image/jpeg")
        async with desk.session.post(f"{address}/picture", data=form) as answer:
            assert answer.status == 200
        campaign = place.store.read(lambda uow: uow.campaigns.by_code("duoi-nuoc"))
        assert campaign is not None
        assert (campaign.content.picture is not None) == (kept and bool(content))
        if campaign.content.picture is not None:
            async with desk.session.get(f"{address}/picture") as answer:
                assert "nơi chụp".encode() not in await answer.read()


def _version(page: str) -> str:
    found = re.search(r'name="version" value="(\d+)"', page)
    assert found is not None
    return found[1]


def _state(place: Site) -> str:
    found = place.store.read(lambda uow: uow.campaigns.by_code("duoi-nuoc"))
    assert found is not None
    return found.state.value


async def test_a_template_for_people_outside_the_window_is_typed_read_again_and_checked(
    sqlite_store: SqlStore,
) -> None:
    typed = {
        "template_zalo_oa_id": "412345",
        "template_zalo_oa_params": "noi:name = {commune}\nco_quan:address = {office}",
        "template_zalo_oa_promotion": "yes",
    }
    async with site(sqlite_store, traits={"zalo_oa": ZALO_OA}) as place, place.browser() as desk:
        token = await desk.enters(place.officer(AUTHOR))
        for params, word in (("noi", "noi"), ("noi:cao = x", "noi:cao"), ("noi = {comune}", "{comune}")):
            status, _, page = await saved(desk, token, **{**typed, "template_zalo_oa_params": params})
            assert (status, 'href="#template_zalo_oa_' in page, word in page) == (409, True, True)
        status, where, _ = await saved(desk, token, **typed)
        assert status == 303
        found = place.store.read(lambda uow: uow.campaigns.by_code("duoi-nuoc"))
        assert found is not None
        params = {"noi": Param("{commune}", ParamKind.NAME), "co_quan": Param("{office}", ParamKind.ADDRESS)}
        assert found.content.templates == {"zalo_oa": Template("412345", params, Tag.PROMOTION)}
        page = unescape(await shown(desk, f"{where}/edit"))
        assert 'value="412345"' in page
        assert "noi:name = {commune}\nco_quan:address = {office}" in page
        assert "mẫu tin" in await shown(desk, where)


async def test_sign_ups_stand_by_their_code_and_small_numbers_are_hidden(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await desk.enters(place.officer(AUTHOR))
        assert "tin-24169" not in await shown(desk, "/desk/campaigns/poster")
        for number in range(9):
            source = "tin-24169" if number < 5 else "tin-24163"
            to = Address("telegram_public", "main", f"p{number}")
            one = Subscriber(0, to, source=source)
            place.store.write(lambda uow, one=one: uow.subscribers.put(one, START))
        page = await shown(desk, "/desk/campaigns/poster")
        assert '<th scope="row">tin-24169</th><td>5</td>' in page
        assert '<th scope="row">tin-24163</th><td>…</td>' in page
