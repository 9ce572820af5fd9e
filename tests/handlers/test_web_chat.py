"""The citizens' page: written down once, resumed where it was cut off, never stopped in an emergency."""

import asyncio
import re
from io import BytesIO

import pytest
from aiohttp import FormData

from bot.domain.cases import CaseId
from bot.ports import FileState
from handlers.web_chat.channel import UPLOAD_LIMIT
from handlers.web_chat.limits import KEPT, Buckets, Rate
from handlers.web_chat.options import Limits
from handlers.web_wire.room import Room
from storage.engine import SqlStore
from tests.handlers.office import eventually
from tests.handlers.web import BEATEN, site

TWO = Rate(burst=2, per_second=0)


def cases(store: SqlStore) -> int:
    return store.read(lambda uow: uow.cases.count_open())


async def test_the_page_keeps_itself_to_itself(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as child, child.session.get("/") as answer:
        page = await answer.text()
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "noindex" in answer.headers["X-Robots-Tag"]
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "unsafe" not in policy
        assert policy.endswith("form-action 'self' https://weather.example")
        assert "Set-Cookie" not in answer.headers, "looking at the page starts nothing"
        assert re.findall('https?://[^"/]*', page) == ["https://weather.example"], "where the way out leads"
        assert " style=" not in page


async def test_the_first_words_start_a_session_that_ends_with_the_browser(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store, secure=True) as place, place.browser() as child:
        answer = await child.says("xin chào")
        cookie = answer.headers["Set-Cookie"]
        assert answer.status == 202
        for part in ("HttpOnly", "Secure", "SameSite=Strict"):
            assert part in cookie
        assert "expires" not in cookie.lower()
        assert "max-age" not in cookie.lower()


async def test_a_message_sent_again_is_one_message(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as child, place.browser() as other:
        await child.says(BEATEN, id="the-same-message")
        await child.says(BEATEN, id="the-same-message")
        await child.hears(2)
        assert cases(sqlite_store) == 1
        await other.says(BEATEN, id="the-same-message")
        await other.hears(2)
        assert cases(sqlite_store) == 2, "somebody else's message of that name is another one"


async def test_a_cut_stream_goes_on_where_it_was(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as child:
        await child.says(BEATEN)
        first, second = await child.hears(2)
        assert "113" in str(first["text"])
        (again,) = await child.hears(1, after=int(str(first["id"])))
        assert again == second


async def test_what_the_page_has_shown_leaves_the_server(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as child:
        await child.says(BEATEN)
        letters = await child.hears(3)
        await child.confirms(letters[1]["id"])
        (left,) = await child.hears(1)
        assert left == letters[2]


async def test_nobody_hears_what_is_for_somebody_else(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as child, place.browser() as stranger:
        await child.says(BEATEN)
        await child.hears(1)
        async with stranger.session.get("/chat/stream") as answer:
            assert answer.status == 204, "and the browser asks no more"
        await stranger.says("hi")
        (letter,) = await stranger.hears(1)
        assert "113" not in str(letter["text"])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b'{"id": "message-1"', 400),
        (b'{"id": "short", "text": "x"}', 400),
        (b'{"id": "../../etc/passwd", "text": "x"}', 400),
        (b'{"id": "message-1", "text": 5}', 400),
        (b'{"id": "message-1", "text": "' + b"x" * 500_000 + b'"}', 413),
        (b'{"id": "message-1", "text": "\\ud83d \\u0000 em"}', 202),
        (b'{"id": "message-2", "lat": 91, "lon": 0}', 202),
        (b'{"id": "message-3", "lat": 12.6, "lon": 108.1, "accuracy": 20}', 202),
        ('{"id": "message-4", "text": "' + "ơ" * 60_000 + '"}', 202),
    ],
)
async def test_whatever_comes_gets_an_answer(sqlite_store: SqlStore, body: bytes | str, status: int) -> None:
    async with site(sqlite_store) as place, place.browser() as child:
        headers = {"Content-Type": "application/json"}
        async with child.session.post("/chat/say", data=body, headers=headers) as answer:
            assert answer.status == status
        if status == 202:
            assert await child.hears(1)


async def test_another_site_cannot_speak_here(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser(**{"Sec-Fetch-Site": "cross-site"}) as stranger:
        assert (await stranger.says(BEATEN)).status == 403
        for path in ("/chat/bye", "/chat/file", "/chat/seen"):
            async with stranger.session.post(path) as answer:
                assert answer.status == 403
        assert cases(sqlite_store) == 0


async def test_a_flood_is_put_off_but_never_a_cry_for_help(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store, limits=Limits(texts=Buckets(TWO))) as place, place.browser() as child:
        statuses = [(await child.says(f"alo {n}")).status for n in range(4)]
        assert statuses == [202, 202, 429, 429]
        assert (await child.says(BEATEN)).status == 202
        await child.hears(1)
        await eventually(lambda: cases(sqlite_store) == 1)


async def test_one_network_cannot_stop_the_others_cries(sqlite_store: SqlStore) -> None:
    limits = Limits(texts_of_a_network=Buckets(Rate(burst=0, per_second=0)))
    async with site(sqlite_store, limits=limits) as place, place.browser() as child:
        assert (await child.says("chào")).status == 429
        assert (await child.says(BEATEN)).status == 202


async def test_behind_our_proxy_each_network_has_a_share_of_its_own(sqlite_store: SqlStore) -> None:
    limits = Limits(texts_of_a_network=Buckets(Rate(burst=1, per_second=0)))
    async with site(sqlite_store, limits=limits) as place:
        statuses = []
        for forwarded in ("198.51.100.7", "198.51.100.7", "198.51.100.7, 203.0.113.9"):
            async with place.browser(**{"X-Forwarded-For": forwarded}) as child:
                statuses.append((await child.says("chào")).status)
        assert statuses == [202, 429, 202]


async def test_uploads_wait_their_turn_when_the_memory_is_full(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store, limits=Limits(room=Room(1_000))) as place, place.browser() as child:
        for size, status in ((2_000, 503), (900, 202), (900, 202)):
            path = f"/chat/file?id=upload-{size:05}"
            async with child.session.post(path, data=b"x" * size) as answer:
                assert answer.status == status


async def test_an_upload_is_sealed_whole_and_belongs_to_the_case(sqlite_store: SqlStore) -> None:
    content = bytes(range(256)) * 40
    async with site(sqlite_store) as place, place.browser() as child:
        await child.says(BEATEN)
        await child.hears(2)
        for _ in range(2):
            async with child.session.post(
                "/chat/file?id=upload-00001&name=a%2Fb.jpg",
                data=content,
                headers={"Content-Type": "image/jpeg"},
            ) as answer:
                assert answer.status == 202
        await eventually(lambda: bool(sqlite_store.read(lambda uow: uow.files.of_case(CaseId(1)))))
        (file,) = sqlite_store.read(lambda uow: uow.files.of_case(CaseId(1)))
        assert (file.state, file.size, file.attachment.name) == (FileState.KEPT, len(content), "a_b.jpg")
        assert sqlite_store.read(lambda uow: uow.files.content(file.id)) == content


async def test_a_form_without_a_script_sends_files_too(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as child:
        await child.says(BEATEN)
        await child.hears(2)
        form = FormData({"id": "upload-00001", "lang": "vi"})
        content = b"%PDF-1.7" * 250_000
        form.add_field("file", BytesIO(content), filename="a.pdf", content_type="application/pdf")
        async with child.session.post("/chat/file", data=form, allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (303, "/chat/plain?lang=vi")
        await eventually(lambda: bool(sqlite_store.read(lambda uow: uow.files.of_case(CaseId(1)))))
        (file,) = sqlite_store.read(lambda uow: uow.files.of_case(CaseId(1)))
        assert file.size == len(content), "larger than other forms may be"


async def test_what_is_too_large_is_refused_before_it_is_read(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(place.url.rsplit(":", 1)[1]))
        head = f"POST /chat/file?id=upload-00001 HTTP/1.1\r\nHost: x\r\nContent-Length: {UPLOAD_LIMIT + 1}\r\n\r\n"
        writer.write(head.encode())
        assert b"413" in await asyncio.wait_for(reader.readline(), 5)
        writer.close()


async def test_leaving_ends_the_session_in_the_browser(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as child:
        await child.says(BEATEN)
        await child.hears(2)
        async with child.session.post("/chat/bye?quiet=1") as answer:
            assert answer.status == 204
            assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        async with child.session.get("/chat/stream") as answer:
            assert answer.status == 204


def test_a_bucket_fills_again_with_time() -> None:
    buckets = Buckets(Rate(burst=1, per_second=0.5))
    assert [buckets.take("an", at) for at in (0.0, 1.0, 3.0)] == [True, False, True]


def test_a_clock_that_is_put_back_empties_no_bucket() -> None:
    buckets = Buckets(Rate(burst=3, per_second=1.0))
    assert [buckets.take("an", at) for at in (7200.0, 0.0, 0.0, 1.0)] == [True, True, True, True]


def test_buckets_forget_the_longest_silent() -> None:
    buckets = Buckets(Rate(burst=1, per_second=0))
    assert buckets.take("an", 0.0)
    for n in range(KEPT):
        buckets.take(f"person {n}", 1.0)
    assert buckets.take("an", 2.0), "forgotten, not punished"
