"""The desk's doors: no session, no page; no token of ours, no action; no preview of what is sealed."""

import re
from base64 import b32decode
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain import totp
from bot.domain.cases import CaseId
from bot.services.officers import access
from handlers.web_desk.queue import SHOWS
from locales.catalogue import load
from storage.engine import SqlStore
from tests.handlers.office import office
from tests.handlers.web import site
from tests.handlers.web_cases import NOW, photo, picture, reported

HANDLERS = Path(__file__).parents[2] / "handlers"
SPOKEN = re.compile(r"""\bt\(\s*"([a-z_0-9.]+)"(?: ~ )?""")
PAGES = ("/desk", "/desk/new", "/desk/search", "/desk/me", "/desk/case/1", "/desk/queue", "/desk/units?q=ea")


@pytest.mark.parametrize("path", PAGES)
async def test_without_a_session_there_is_only_the_log_in(sqlite_store: SqlStore, path: str) -> None:
    async with site(sqlite_store) as place:
        await reported(place)
        async with place.browser() as nobody, nobody.session.get(path) as answer:
            assert answer.url.path == "/desk/login"
        async with (
            place.browser(**{"Sec-Fetch-Mode": "cors"}) as script,
            script.session.get(path) as answer,
        ):
            assert answer.status == 401


async def test_in_production_nobody_is_chosen(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store, demo=False) as place, place.browser() as visitor:
        hoa = place.officer("TE-24169")
        async with visitor.session.get("/desk/login") as answer:
            assert hoa.name not in await answer.text()
        async with visitor.session.post("/desk/login", data={"officer": hoa.id}) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("token", ["", "0" * 32, "é"])
async def test_a_form_that_is_not_ours_does_nothing(sqlite_store: SqlStore, token: str) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        right = await desk.enters(place.officer("TE-24169"))
        for path in ("/desk/case/1/take", "/desk/me/duty", "/desk/logout", "/desk/new", "/desk/seen"):
            async with desk.session.post(path, data={"csrf": token}) as answer:
                assert answer.status == 403, path
        headers = {"Sec-Fetch-Site": "cross-site"}
        async with desk.session.post("/desk/case/1/take", data={"csrf": right}, headers=headers) as answer:
            assert answer.status == 403
        case = sqlite_store.read(lambda uow: uow.cases.get(CaseId(1)))
        assert case is not None
        assert case.owner is None


async def test_a_cookie_is_for_the_desk_only_and_hidden_from_scripts(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        data = {"officer": place.officer("TE-24169").id}
        async with desk.session.post("/desk/login", data=data, allow_redirects=False) as answer:
            cookies = [one for one in answer.headers.getall("Set-Cookie") if one.startswith("desk=")]
        assert len(cookies) == 1
        for part in ("HttpOnly", "SameSite=Strict", "Path=/desk"):
            assert part in cookies[0]


async def test_a_link_is_not_used_up_by_a_preview(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as phone:
        tools, hoa = replace(office(sqlite_store), public_url=place.url), place.officer("TE-24169")
        link = sqlite_store.write(lambda uow: access.login_link(uow, tools, hoa, NOW)).removeprefix(place.url)
        for _ in range(2):
            async with phone.session.get(link) as answer:
                assert answer.status == 200
        async with phone.session.post(link) as answer:
            assert answer.url.path == "/desk"
        async with place.browser() as thief, thief.session.post(link) as answer:
            assert answer.status == 403


@pytest.mark.parametrize("show", [*SHOWS, "nonsense"])
async def test_every_view_of_the_queue_opens(sqlite_store: SqlStore, show: str) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        await desk.enters(place.officer("TE-24169"))
        async with desk.session.get("/desk", params={"show": show}) as answer:
            assert answer.status == 200


async def test_an_officer_of_another_commune_finds_nothing(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        file = photo(sqlite_store, picture())
        token = await desk.enters(place.officer("TE-22015"))
        for path in ("/desk/case/1", f"/desk/file/{file}/view", f"/desk/file/{file}/play"):
            async with desk.session.get(path) as answer:
                assert answer.status == 404, path
        async with desk.session.post(f"/desk/file/{file}/original", data={"csrf": token}) as answer:
            assert answer.status == 404
        async with desk.session.post("/desk/search", data={"csrf": token, "words": "1"}) as answer:
            assert "/desk/case/1" not in await answer.text()


async def test_a_second_factor_is_asked_once_it_is_set_up(sqlite_store: SqlStore) -> None:
    async with site(sqlite_store) as place, place.browser() as desk, place.browser() as later:
        hoa = place.officer("TE-24169")
        token = await desk.enters(hoa)
        async with desk.session.post("/desk/me/offer", data={"csrf": token}) as answer:
            secret = (await answer.text()).split("secret=")[1].split("&amp;")[0].split('"')[0]
        code = code_of(secret, place.now)
        async with desk.session.post("/desk/me/confirm", data={"csrf": token, "code": code}) as answer:
            assert "Từ nay" in await answer.text()
        async with later.session.post("/desk/login", data={"officer": hoa.id}) as answer:
            assert answer.url.path == "/desk/code"
        async with later.session.get("/desk") as answer:
            assert answer.url.path == "/desk/login", "half a log-in opens nothing"
        async with later.session.post("/desk/code", data={"code": code}) as answer:
            assert answer.status == 403, "a code counts once"
        place.now += timedelta(seconds=30)
        code = code_of(secret, place.now)
        async with later.session.post("/desk/code", data={"code": code}) as answer:
            assert answer.url.path == "/desk"


def code_of(secret: str, at: datetime) -> str:
    padded = secret + "=" * (-len(secret) % 8)
    return totp.code(b32decode(padded), totp.counter_at(at))


@pytest.mark.parametrize(
    ("typed", "found"),
    [("tan an", "Phường Tân An"), ("Ea Kao", "Phường Ea Kao"), ("phuong ea kao", "Phường Ea Kao")],
)
async def test_a_commune_is_known_by_its_name_without_marks(
    sqlite_store: SqlStore, typed: str, found: str
) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await desk.enters(place.officer("TE-24169"))
        async with desk.session.get("/desk/units", params={"q": typed}) as answer:
            assert (await answer.json())[0]["name"] == found


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_speaks_english_too(sqlite_store: SqlStore, path: str) -> None:
    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        token = await desk.enters(place.officer("SYT-TRUC-1"))
        async with desk.session.post("/desk/me/language", data={"csrf": token, "lang": "en"}) as answer:
            assert "Second factor" in await answer.text()
        async with desk.session.get(path) as answer:
            assert answer.status == 200


def spoken() -> set[str]:
    """Keys that the templates of both pages speak; those put together of parts are the tests' of each page."""
    files = [*HANDLERS.glob("web_*/**/*.html")]
    assert len(files) > 10, "looked at nothing"
    return {
        key
        for file in files
        for key in SPOKEN.findall(file.read_text(encoding="utf-8"))
        if not key.endswith(".")
    }


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_word_of_the_pages_is_in_the_catalogue(lang: str) -> None:
    known = {key for key, _ in load()._sentences[lang]}
    assert len(spoken()) > 100
    assert spoken() - known == set()


def test_no_page_has_words_or_looks_of_its_own() -> None:
    letters = re.compile(r"[à-ỹÀ-Ỹ]")
    pages = list(HANDLERS.glob("web_*/**/*.html"))
    assert len(pages) > 20, "looked at nothing"
    for file in pages:
        text = re.sub(r"Tiếng Việt|\{#.*?#\}", "", file.read_text(encoding="utf-8"))
        assert not letters.search(text), file
        assert " style=" not in text, file
        assert "onclick" not in text, file
