"""What people sent along is fetched from Zalo's servers and from nobody else's, within its size."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from yarl import URL

from bot.domain.messages import Attachment
from bot.domain.messages import Media as Kind
from bot.ports import Fetched, NotFetched, TooLarge
from handlers.zalo_wire.media import HOPS, Media, NotPublic, PublicOnly, Rules, is_public, rules_of

LARGEST = 1000


@asynccontextmanager
async def files(**answers: web.StreamResponse) -> AsyncIterator[str]:
    """A server with a file under each name; "loop" leads to itself."""

    async def serve(request: web.BaseRequest) -> web.StreamResponse:
        name = request.path.strip("/")
        if name == "loop":
            return web.Response(status=302, headers={"Location": "/loop"})
        return answers.get(name, web.Response(status=404))

    runner = web.ServerRunner(web.Server(serve, access_log=None))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


@asynccontextmanager
async def fetching(*, loopback: bool = True) -> AsyncIterator[Media]:
    media = Media(Rules(loopback=loopback), LARGEST)
    try:
        yield media
    finally:
        await media.close()


def at(url: str, size: int | None = None) -> Attachment:
    return Attachment(Kind.PHOTO, url, size, "image/jpeg")


async def test_a_file_comes_whole_with_its_kind() -> None:
    body = bytes(range(256)) * 3
    async with files(a=web.Response(body=body, content_type="image/png")) as base, fetching() as media:
        got = await media.fetch(at(f"{base}/a"))
    assert isinstance(got, Fetched)
    assert (got.content, got.mime) == (body, "image/png")


async def test_a_server_that_does_not_know_the_kind_leaves_ours() -> None:
    async with files(a=web.Response(body=b"x")) as base, fetching() as media:
        got = await media.fetch(at(f"{base}/a"))
    assert isinstance(got, Fetched)
    assert got.mime == "image/jpeg"


async def test_redirects_are_followed_to_the_file() -> None:
    there = web.Response(status=302, headers={"Location": "/b"})
    async with files(a=there, b=web.Response(body=b"x")) as base, fetching() as media:
        assert isinstance(await media.fetch(at(f"{base}/a")), Fetched)


async def test_a_circle_of_redirects_ends() -> None:
    async with files() as base, fetching() as media:
        assert await media.fetch(at(f"{base}/loop")) == NotFetched(again=False)
    assert HOPS < 10


@pytest.mark.parametrize(
    "to",
    [
        "http://169.254.169.254/latest/meta-data/", "https://127.0.0.1/", "https://example.invalid/x", "file:///etc/passwd",
        "https://zdn.vn.example.invalid/x", "https://photo@example.invalid/x", "//example.invalid/x", "ftp://photo.zdn.vn/x",
    ],
)  # fmt: skip
async def test_no_redirect_leads_anywhere_else(to: str, caplog: pytest.LogCaptureFixture) -> None:
    """On a server of Zalo's own: nobody else may be asked in this office's name."""
    strict = Rules()
    assert not strict.allow(URL("https://photo.zdn.vn/x").join(URL(to)))
    there = web.Response(status=302, headers={"Location": to})
    if URL(to).host == "127.0.0.1":
        return  # let in by the setting of a rehearsal
    async with files(a=there) as base, fetching() as media:
        with caplog.at_level(logging.WARNING):
            assert await media.fetch(at(f"{base}/a")) == NotFetched(again=False)
    assert "passwd" not in caplog.text
    assert "meta-data" not in caplog.text


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://photo-stal-7.zdn.vn/a", True), ("https://zdn.vn/a", True), ("https://F1.ZADN.VN./a", True),
        ("https://file-stal-1.dlfl.vn/a?x=1", True), ("http://photo.zdn.vn/a", False), ("https://evilzdn.vn/a", False),
        ("https://photo.zdn.vn:8443/a", False), ("https://u:p@photo.zdn.vn/a", False), ("https://10.0.0.1/a", False),
        ("https://[::1]/a", False), ("https://localhost/a", False), ("", False),
    ],
)  # fmt: skip
def test_which_addresses_are_zalos(url: str, allowed: bool) -> None:
    assert Rules().allow(URL(url)) is allowed


@pytest.mark.parametrize(
    ("api_base", "allowed"), [("http://127.0.0.1:8071", True), ("http://proxy.example.vn", False)]
)
def test_only_a_rehearsal_on_this_machine_fetches_from_it(api_base: str, allowed: bool) -> None:
    assert rules_of("", api_base).allow(URL("http://127.0.0.1:9000/a")) is allowed


def test_an_office_may_add_a_domain() -> None:
    assert Rules(hosts=("new-cdn.invalid",)).allow(URL("https://a.new-cdn.invalid/x"))


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("118.102.1.1", True), ("2405:4800::1", True), ("127.0.0.1", False), ("10.1.1.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False), ("100.64.0.1", False), ("0.1.2.3", False),
        ("::1", False), ("fd00::1", False),
        ("::ffff:10.0.0.1", False), ("fe80::1", False), ("224.0.0.1", False), ("nonsense", False),
    ],
)  # fmt: skip
def test_which_addresses_are_public(address: str, public: bool) -> None:
    assert is_public(address) is public


async def test_a_name_that_leads_into_our_own_network_leads_nowhere() -> None:
    names = PublicOnly()
    with pytest.raises(NotPublic):
        await names.resolve("localhost", 443)
    await names.close()


@pytest.mark.parametrize(
    ("url", "again"),
    [("", False), ("::::", False), ("https://photo.zdn.vn:99999/x", False), ("http://127.0.0.1:1/", True)],
)
async def test_a_broken_link_raises_nothing(url: str, again: bool) -> None:
    async with fetching() as media:
        assert await media.fetch(at(url)) == NotFetched(again=again)


async def test_what_is_too_large_is_not_read_to_its_end() -> None:
    big = web.Response(body=b"x" * (LARGEST + 1))
    unsaid = web.Response(body=b"x" * (LARGEST + 1))
    unsaid.enable_chunked_encoding()
    async with files(a=big, b=unsaid) as base, fetching() as media:
        assert await media.fetch(at(f"{base}/a")) == TooLarge(LARGEST + 1)
        assert await media.fetch(at(f"{base}/b")) == TooLarge(None)
        assert await media.fetch(at(f"{base}/never-asked", LARGEST + 1)) == TooLarge(LARGEST + 1)


@pytest.mark.parametrize(
    ("status", "again"), [(403, False), (410, False), (404, True), (500, True), (503, True)]
)
async def test_an_expired_link_is_not_tried_again_and_a_tired_server_is(status: int, again: bool) -> None:
    async with files(a=web.Response(status=status)) as base, fetching() as media:
        assert await media.fetch(at(f"{base}/a")) == NotFetched(again=again)


async def test_nothing_at_all_is_no_file() -> None:
    async with files(a=web.Response(body=b"")) as base, fetching() as media:
        assert await media.fetch(at(f"{base}/a")) == NotFetched(again=True)
