"""A real Chromium; where there is none these tests say so loudly, and fail where they are demanded."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.people import Citizen, Officers
from tests.browser.served import Served, served

CHROMIUM = Path("/usr/bin/chromium")
DEMANDED = "TINBAO_TESTS_NEED_BROWSER"
MISSING = f"{CHROMIUM} is missing: `make browser` installs it"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-device-for-media-stream",
    "--use-fake-ui-for-media-stream",
)
PATIENCE = 20_000
"""Milliseconds, for a machine that is busy with other tests."""
_left_out: list[str] = []


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        _left_out.append(MISSING)
        if os.environ.get(DEMANDED):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _left_out:
        terminalreporter.section("BROWSER TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line(MISSING)


@pytest.fixture
def place(tmp_path: Path, browser: Browser) -> Iterator[Served]:
    """A fresh office; after `browser`, so that nothing starts where there is none."""
    assert browser
    with served(tmp_path) as running:
        yield running


@pytest.fixture
def new_page(browser: Browser, place: Served) -> Iterator[Callable[..., Page]]:
    """Opens pages in browsers of their own; whatever they ask of anybody else fails the test."""
    contexts: list[BrowserContext] = []
    strangers: list[str] = []
    broken: list[str] = []
    own = (place.url, place.exit_url.rsplit("/", 1)[0], "data:", "blob:")

    def open_page(width: int = 360, height: int = 640, **options: object) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height},
            locale="vi-VN",
            base_url=place.url,
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "request",
            lambda request: strangers.append(request.url) if not request.url.startswith(own) else None,
        )
        page.on("pageerror", lambda error: broken.append(str(error)))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert strangers == []
    assert broken == []


@pytest.fixture
def citizen(new_page: Callable[..., Page]) -> Callable[..., Citizen]:
    """Somebody on the chat page, by default with a small phone."""
    return lambda **options: Citizen(new_page(**options))


@pytest.fixture
def officers(new_page: Callable[..., Page], place: Served) -> Officers:
    """Logs officers of the demo office in."""
    return Officers(new_page, place)
