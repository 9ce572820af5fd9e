"""An officer uploads to a case on the desk: sealed whole, seen without hidden data, from our own form only."""

from io import BytesIO

from aiohttp import FormData
from PIL import Image

from bot.domain.cases import CaseId
from bot.ports import FileRow
from handlers.web_desk.cases.attaching import LIMIT
from storage.engine import SqlStore
from tests.handlers.web import Browser, site
from tests.handlers.web_cases import reported

GPS = 0x8825
"""Where the place of a photo stands in it (Exif 2.3, table 4)."""


def photographed() -> bytes:
    """A photo that says where it was taken."""
    written, hidden = BytesIO(), Image.Exif()
    hidden.get_ifd(GPS)[1] = "N"
    Image.new("RGB", (40, 20), "#336699").save(written, "JPEG", exif=hidden)
    return written.getvalue()


async def uploads(desk: Browser, content: bytes, token: str, mime: str = "image/jpeg") -> int:
    form = FormData()
    form.add_field("csrf", token)
    form.add_field("file", BytesIO(content), filename="cong-nha.jpg", content_type=mime)
    async with desk.session.post("/desk/case/1/file", data=form, allow_redirects=False) as answer:
        return answer.status


def files(store: SqlStore) -> list[FileRow]:
    return list(store.read(lambda uow: uow.files.of_case(CaseId(1))))


async def test_the_original_is_kept_to_the_byte_and_the_working_copy_says_no_place(
    sqlite_store: SqlStore,
) -> None:
    original = photographed()
    assert Image.open(BytesIO(original)).getexif()
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        token = await desk.enters(place.officer("TE-24169"))
        for mime in ("image/jpeg", "application/octet-stream"):
            assert await uploads(desk, original, token, mime) == 303
        kept, document = files(sqlite_store)
        assert sqlite_store.read(lambda uow: uow.files.content(kept.id)) == original
        async with desk.session.get(f"/desk/file/{kept.id}/view") as answer:
            assert answer.status == 200
            assert not Image.open(BytesIO(await answer.read())).getexif()
        async with desk.session.get(f"/desk/file/{document.id}/view") as answer:
            assert answer.status == 404
        async with desk.session.get("/desk/case/1") as answer:
            page = await answer.text()
        assert f"/desk/file/{kept.id}/view" in page
        assert "cong-nha" not in page


async def test_only_our_own_form_and_only_who_may_know_of_the_case(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk, place.browser() as other:
        await reported(place)
        await desk.enters(place.officer("TE-24169"))
        assert await uploads(desk, photographed(), "forged") == 403
        stranger = await other.enters(place.officer("TE-24163"))
        assert await uploads(other, photographed(), stranger) == 404
        assert files(sqlite_store) == []


async def test_nothing_and_too_much_are_said(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        token = await desk.enters(place.officer("TE-24169"))
        assert await uploads(desk, b"", token) == 409
        assert await uploads(desk, bytes(LIMIT + 1), token) == 409
        assert files(sqlite_store) == []
