"""What strangers may throw at the pages: huge forms, huge numbers, odd pictures; none of it is an error of ours."""

import random
import struct
import zlib
from io import BytesIO
from urllib.parse import quote

import pytest
from PIL import Image

from bot.domain.cases import CaseId
from handlers.http import LARGEST_BODY
from handlers.web_chat.heard import BODY_LIMIT
from handlers.web_desk.cases.files import FORMATS, MOST_PIXELS, redrawn
from storage.engine import SqlStore
from tests.handlers.web import BEATEN, site
from tests.handlers.web_cases import picture, reported

HUGE = "9" * 30
ABSURD = "9" * 5_000


@pytest.mark.parametrize("path", ["/chat/say", "/desk/code", "/desk/login"])
async def test_a_form_of_megabytes_is_refused_before_it_is_taken_apart(
    sqlite_store: SqlStore, path: str
) -> None:
    fields = b"&".join(b"a%d=" % n for n in range(500_000))
    assert len(fields) > LARGEST_BODY
    async with site(sqlite_store) as place, place.browser() as stranger:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        async with stranger.session.post(path, data=BytesIO(fields), headers=headers) as answer:
            assert answer.status == 413


async def test_a_long_report_without_a_script_still_fits(sqlite_store: SqlStore) -> None:
    text = "Cứu " * 15_000
    assert len(quote(text)) < LARGEST_BODY
    assert LARGEST_BODY > BODY_LIMIT
    async with site(sqlite_store) as place, place.browser() as child:
        data = {"id": "longlong1", "text": text}
        async with child.session.post("/chat/say", data=data, allow_redirects=False) as answer:
            assert answer.status == 303


@pytest.mark.parametrize("number", [HUGE, ABSURD, "-1", "²", "٣"])
async def test_no_number_in_an_address_is_an_error_of_ours(sqlite_store: SqlStore, number: str) -> None:
    async with site(sqlite_store) as place, place.browser() as child, place.browser() as desk:
        await child.says(BEATEN)
        await child.hears(2)
        token = await desk.enters(place.officer("TE-24169"))
        async with child.session.get("/chat/stream", params={"after": number[:4_000]}) as answer:
            assert answer.status == 200
            assert await answer.content.readline() == b"retry: 2000\n"
        async with child.session.post("/chat/seen", data=f'{{"upto": {number[:900]}}}'.encode()) as answer:
            assert answer.status in (204, 400)
        async with desk.session.get("/desk/stream", params={"after": number[:4_000]}) as answer:
            assert answer.status == 200
            assert await answer.content.readline() == b"retry: 2000\n"
        for path, fields in {
            "/desk/seen": {"upto": number},
            "/desk/login": {"officer": number},
            "/desk/case/1/transfer": {"to": number, "reason": "vì"},
            "/desk/case/1/join": {"into": number},
            "/desk/case/1/exclude": {"officer": number},
            "/desk/me/revoke": {"device": number},
            "/desk/me/hand_over": {"to": number, "sure": "yes"},
            "/desk/search": {"words": number},
        }.items():
            case = sqlite_store.read(lambda uow: uow.cases.get(CaseId(1)))
            assert case is not None
            data = {"csrf": token, "version": str(case.version), **fields}
            async with desk.session.post(path, data=data, allow_redirects=False) as answer:
                assert answer.status < 500, path


@pytest.mark.parametrize("act", ["unit", "exclude"])
async def test_a_code_that_is_no_commune_breaks_no_page(sqlite_store: SqlStore, act: str) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        token = await desk.enters(place.officer("TE-24169"))
        await desk.session.post("/desk/case/1/take", data={"csrf": token})
        case = sqlite_store.read(lambda uow: uow.cases.get(CaseId(1)))
        assert case is not None
        for code in ("Nguyễn Văn A", "99999"):
            data = {"csrf": token, "version": str(case.version), "unit": code, "exclude_unit": code}
            async with desk.session.post(f"/desk/case/1/{act}", data=data) as answer:
                assert answer.status == 409
        async with desk.session.get("/desk/case/1") as answer:
            assert answer.status == 200


MULTIPART = "multipart/form-data; boundary=zz"
TORN = [
    (MULTIPART, b"--zz\r\nContent-Disposition: form-data; name=x"),
    (MULTIPART, b"--other\r\nzz"),
    (MULTIPART, b"--zz\r\n\r\n\r\nxx"),
    (MULTIPART, b"--zz\r\nContent-Transfer-Encoding: zip\r\n\r\nxx\r\n--zz--"),
    ("multipart/form-data", b"x"),
    ("application/x-www-form-urlencoded; charset=none", b"id=abcdefgh&text=x"),
]


@pytest.mark.parametrize("path", ["/chat/file", "/chat/say", "/desk/code"])
@pytest.mark.parametrize(("kind", "content"), TORN)
async def test_a_torn_form_is_a_bad_request(
    sqlite_store: SqlStore, path: str, kind: str, content: bytes
) -> None:
    async with site(sqlite_store) as place, place.browser() as stranger:
        headers = {"Content-Type": kind}
        async with stranger.session.post(path, data=content, headers=headers) as answer:
            assert answer.status == 400


# --- pictures ---

POSTSCRIPT = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n(x) run\n%%EOF\n"


def located() -> bytes:
    """A JPEG that knows where it was taken, upside down."""
    written, exif = BytesIO(), Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "ZQXW-phone"
    exif.get_ifd(0x8825)[2] = (12.0, 40.0, 5.0)
    Image.new("RGB", (60, 20), "#884422").save(written, "JPEG", exif=exif)
    assert b"ZQXW-phone" in written.getvalue()
    return written.getvalue()


def test_the_working_copy_knows_neither_place_nor_device_and_stands_upright() -> None:
    copy = redrawn(located())
    assert copy is not None
    assert b"ZQXW" not in copy
    assert b"Exif" not in copy
    with Image.open(BytesIO(copy)) as drawn:
        assert drawn.size == (20, 60)
        assert dict(drawn.getexif()) == {}


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1", "CMYK"])
def test_every_kind_of_photo_is_shown(kind: str, mode: str) -> None:
    written = BytesIO()
    made = Image.new(mode, (30, 20))
    try:
        made.save(written, kind)
    except (OSError, ValueError):
        made.convert("RGB").save(written, kind)
    assert redrawn(written.getvalue()) is not None


def test_only_what_cameras_and_phones_make_is_opened() -> None:
    written = BytesIO()
    Image.new("RGB", (9, 9)).save(written, "PPM")
    assert redrawn(written.getvalue()) is None
    assert redrawn(POSTSCRIPT) is None


@pytest.mark.filterwarnings("ignore:.*:UserWarning")
def test_a_broken_picture_is_none_or_drawn_anew_and_never_an_error() -> None:
    dice = random.Random(7)  # noqa: S311 - repeatable, not secret
    whole = [picture(), located()]
    copies = []
    for _ in range(400):
        broken = bytearray(dice.choice(whole))
        for _ in range(dice.randrange(1, 6)):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        copies.append(redrawn(bytes(broken[: dice.randrange(8, len(broken) + 1)])))
    assert None in copies
    drawn = [copy for copy in copies if copy is not None]
    assert drawn
    assert all(copy.startswith(b"\xff\xd8") for copy in drawn)


def test_a_picture_that_says_it_is_small_is_not_believed() -> None:
    """The header is checked before a single pixel is unpacked."""
    side = int(MOST_PIXELS**0.5) + 1
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    png = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    assert redrawn(png + b"\0" * 64) is None
