"""A case on the desk: every form does its work, and what is sealed stays sealed."""

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO

import pytest
from PIL import Image

from bot.domain.cases import CaseId
from bot.domain.messages import Media
from handlers.web_desk.cases.files import FORMATS, MOST_PIXELS, redrawn
from storage.engine import SqlStore
from tests.handlers.web import Browser, site
from tests.handlers.web_cases import photo, picture, reported

ACTS = {
    "note": {"text": "đã gọi trưởng thôn"},
    "ask": {"text": "Bây giờ em ở đâu?"},
    "acting": {},
    "phoned": {},
    "transfer": {"to": "{chair}", "reason": "quen gia đình này"},
    "hand_on": {"to": "Tỉnh Gia Lai", "reason": "trẻ đã về quê"},
    "close": {"result": "safe", "text": "trẻ ở với bà"},
    "urgency": {"urgency": "urgent", "reason": "đã an toàn hơn"},
    "kind": {"kind": "neglect"},
    "unit": {"unit_words": "tan an"},
    "exclude": {"role": "police"},
    "join": {"into": "2"},
}
NEEDS_NOTHING = {"acting", "phoned"}


@pytest.mark.parametrize("act", ACTS)
async def test_every_form_of_a_case_does_its_work(sqlite_store: SqlStore, act: str) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        await reported(place)
        hoa = place.officer("TE-24169")
        token = await desk.enters(hoa)
        await post(desk, "take", {"csrf": token})
        chair = str(place.officer("CT-24169").id)
        fields = {name: value.replace("{chair}", chair) for name, value in ACTS[act].items()}
        if act not in NEEDS_NOTHING:
            status, page = await post(desk, act, {"csrf": token, "version": version(sqlite_store)})
            assert status == 409, "what is missing is asked for"
            assert 'role="alert"' in page
        status, page = await post(desk, act, {"csrf": token, "version": version(sqlite_store), **fields})
        assert status == 303, page


async def test_a_stranger_action_is_none(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        token = await desk.enters(place.officer("TE-24169"))
        status, _ = await post(desk, "explode", {"csrf": token})
        assert status == 404


async def test_a_deletion_is_decided_on_the_page(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        token = await desk.enters(place.officer("TE-24169"))
        await post(desk, "take", {"csrf": token})
        closed = {"csrf": token, "version": version(sqlite_store), "result": "safe"}
        assert (await post(desk, "close", closed))[0] == 303
        case = sqlite_store.read(lambda uow: uow.cases.get(CaseId(1)))
        assert case is not None
        sqlite_store.write(lambda uow: uow.cases.save(replace(case, erasure_asked=True)))
        decided = {"csrf": token, "version": version(sqlite_store), "grant": "no"}
        assert (await post(desk, "erasure", decided))[0] == 409, "a reason is needed to keep it"
        decided = {"csrf": token, "version": version(sqlite_store), "grant": "yes"}
        assert (await post(desk, "erasure", decided))[0] == 303
        async with desk.session.get("/desk/case/1") as answer:
            assert "chảy máu" not in await answer.text()


async def test_what_somebody_withdrew_may_be_kept_for_few_eyes(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        token = await desk.enters(place.officer("TE-24169"))
        await post(desk, "take", {"csrf": token})
        case = sqlite_store.read(lambda uow: uow.cases.get(CaseId(1)))
        assert case is not None
        sqlite_store.write(lambda uow: uow.cases.save(replace(case, erasure_asked=True)))
        async with desk.session.get("/desk/case/1") as answer:
            assert 'value="restrict"' in await answer.text()
        decided = {"csrf": token, "version": version(sqlite_store), "grant": "restrict"}
        assert (await post(desk, "erasure", decided))[0] == 409, "a reason is needed"
        assert (await post(desk, "erasure", {**decided, "reason": "đang xác minh"}))[0] == 303
        kept = sqlite_store.read(lambda uow: uow.cases.get(CaseId(1)))
        assert kept is not None
        assert kept.restricted
        assert not kept.erasure_asked


async def post(desk: Browser, act: str, fields: Mapping[str, str]) -> tuple[int, str]:
    async with desk.session.post(f"/desk/case/1/{act}", data=fields, allow_redirects=False) as answer:
        return answer.status, await answer.text()


def version(store: SqlStore) -> str:
    case = store.read(lambda uow: uow.cases.get(CaseId(1)))
    assert case is not None
    return str(case.version)


async def test_a_sealed_picture_has_no_preview_and_its_original_only_downloads(
    sqlite_store: SqlStore,
) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        file, content = photo(sqlite_store, picture()), picture()
        token = await desk.enters(place.officer("TE-24169"))
        async with desk.session.get(f"/desk/file/{file}/view") as answer:
            assert answer.content_type == "image/jpeg"
        case = sqlite_store.read(lambda uow: uow.cases.get(CaseId(1)))
        assert case is not None
        assert sqlite_store.write(lambda uow: uow.cases.save(replace(case, restricted=True)))
        async with desk.session.get(f"/desk/file/{file}/view") as answer:
            assert answer.status == 404
        async with desk.session.post(f"/desk/file/{file}/original", data={"csrf": token}) as answer:
            assert await answer.read() == content
            assert answer.content_type == "application/octet-stream"
            assert answer.headers["Content-Disposition"].startswith("attachment")


async def test_what_calls_itself_a_picture_is_not_believed(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        page = b"<script>alert(1)</script>"
        fake, sound = photo(sqlite_store, page), photo(sqlite_store, page, Media.VOICE, "text/html")
        await desk.enters(place.officer("TE-24169"))
        async with desk.session.get(f"/desk/file/{fake}/view") as answer:
            assert answer.status == 415
        async with desk.session.get(f"/desk/file/{sound}/play") as answer:
            assert answer.content_type == "audio/ogg"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_picture_that_unpacks_to_gigabytes_is_not_opened() -> None:
    side = int(MOST_PIXELS**0.5) + 10
    written = BytesIO()
    Image.new("1", (side, side)).save(written, "PNG")
    assert len(written.getvalue()) < 1_000_000
    assert redrawn(written.getvalue()) is None


@pytest.mark.parametrize("kind", FORMATS)
def test_whatever_a_phone_makes_can_be_looked_at(kind: str) -> None:
    written = BytesIO()
    Image.new("RGB", (40, 20), "#336699").save(written, kind)
    copy = redrawn(written.getvalue())
    assert copy is not None
    with Image.open(BytesIO(copy)) as drawn:
        assert (drawn.format, drawn.size) == ("JPEG", (40, 20))
