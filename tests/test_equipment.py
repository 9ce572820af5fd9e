"""`check` tells what is switched on, and what officers.csv or a poster counts on that is not."""

import pytest

from bot.commands.equipment import explained
from bot.domain.officers import Officer, Role, Roster
from bot.settings import Settings, load
from tests.test_program import Terminal, office, terminal

__all__ = ["office", "terminal"]
PUBLIC = "700001:FAKE-public_token_for_tests"
NEWS = "700003:FAKE-news_token_for_the_tests"
WEB = {"public_url": "https://office.invalid"}


def keys(chosen: Settings, *channels: str) -> list[str]:
    officer = Officer(1, "A", "A", Role.CHAIR, channels=channels)
    return [line.key for line in explained(chosen, Roster(officers=(officer,)))][1:]


def test_a_bare_office_is_told_what_it_has_and_what_is_missing(office: Terminal) -> None:
    told = office.types("check", status=1)
    assert "Kênh đang bật: web_chat, web_desk." in told
    assert "416 cán bộ ghi kênh telegram_officers" in told
    assert "TINBAO_PUBLIC_URL là http://127.0.0.1:8080" in told


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["program.local_address", "program.no_sender"]),
        (WEB, ["program.no_sender"]),
        (WEB | {"telegram_public_token": PUBLIC}, ["program.no_sender"]),
        (WEB | {"telegram_news_token": NEWS}, ["program.poster_nowhere"]),
        (WEB | {"telegram_news_token": NEWS, "telegram_news_name": "tin_bot"}, []),
        (
            WEB | {"telegram_public_token": PUBLIC, "telegram_news_shares_public": True},
            ["program.poster_nowhere"],
        ),
        (WEB | {"zalo_bot_token": "1:key"}, []),
    ],
)
def test_what_campaigns_and_pages_lack_is_named(given: dict[str, object], expected: list[str]) -> None:
    assert keys(load(**given)) == expected


def test_a_channel_that_officers_count_on_is_missed_only_while_it_is_off() -> None:
    assert "program.channel_off" in keys(load(), "zalo_bot", "desk")
    assert "program.channel_off" not in keys(load(zalo_bot_token="1:key"), "zalo_bot", "desk")
