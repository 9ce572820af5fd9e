"""Who sends campaigns: an account of its own, or the public bot at half its rate; half a setting is refused."""

from collections.abc import Mapping

import pytest

from bot.channels import configured, joins
from bot.settings import BadSettings, load

PUBLIC = "700001:FAKE-public_token_for_tests"
NEWS = "700003:FAKE-news_token_for_the_tests"


def shares(**given: object) -> Mapping[str, tuple[float, float]]:
    """By channel: letters a second, and the share of them that campaigns may use."""
    return {
        one.name: (one.traits.per_second, one.traits.campaign_share)
        for one in configured(load(**given))
        if one.name.startswith("telegram")
    }


def test_an_account_of_its_own_has_the_whole_rate_and_the_public_bot_sends_no_campaigns() -> None:
    found = shares(telegram_public_token=PUBLIC, telegram_news_token=NEWS)
    assert found == {"telegram_public": (27.0, 0.0), "telegram_news": (30.0, 1.0)}


def test_an_office_that_pays_sends_a_thousand_a_second() -> None:
    assert shares(telegram_news_token=NEWS, telegram_news_paid=True) == {"telegram_news": (1000.0, 1.0)}


def test_an_office_with_one_bot_sends_campaigns_at_half_its_rate() -> None:
    found = shares(telegram_public_token=PUBLIC, telegram_news_shares_public=True)
    assert found == {"telegram_public": (27.0, 0.5)}


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"telegram_news_shares_public": True}, "TINBAO_TELEGRAM_PUBLIC_TOKEN"),
        (
            {
                "telegram_news_shares_public": True,
                "telegram_public_token": PUBLIC,
                "telegram_news_token": NEWS,
            },
            "set one of them",
        ),
        (
            {
                "telegram_news_shares_public": True,
                "telegram_public_token": PUBLIC,
                "telegram_news_paid": True,
            },
            "TINBAO_TELEGRAM_NEWS_PAID",
        ),
        ({"telegram_news_paid": True}, "TINBAO_TELEGRAM_NEWS_TOKEN"),
        ({"telegram_public_token": NEWS, "telegram_news_token": NEWS}, "one token has one reader"),
    ],
)
def test_half_a_setting_is_refused_with_what_is_missing(given: Mapping[str, object], named: str) -> None:
    with pytest.raises(BadSettings, match=named):
        load(**given)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"telegram_news_token": NEWS, "telegram_news_name": "tin_bot"}, {"telegram_news": "tin_bot"}),
        ({"telegram_public_token": PUBLIC, "telegram_public_name": "bao_bot"}, {}),
        (
            {
                "telegram_public_token": PUBLIC,
                "telegram_public_name": "bao_bot",
                "telegram_news_token": NEWS,
                "telegram_news_name": "tin_bot",
            },
            {"telegram_news": "tin_bot"},
        ),
        (
            {
                "telegram_public_token": PUBLIC,
                "telegram_news_shares_public": True,
                "telegram_public_name": "bao_bot",
            },
            {"telegram_public": "bao_bot"},
        ),
    ],
)
def test_a_poster_leads_to_the_bot_that_sends_campaigns(
    given: Mapping[str, object], expected: Mapping[str, str]
) -> None:
    assert joins(load(**given)) == {
        name: f"https://t.me/{bot}?start={{code}}" for name, bot in expected.items()
    }


def test_a_poster_leads_to_the_official_account_under_either_name_of_its_setting() -> None:
    whole = {"zalo_oa_app_id": "1", "zalo_oa_app_secret": "a", "zalo_oa_secret_key": "b"}
    for name in ("zalo_oa_id", "zalo_oa_oa_id"):
        assert joins(load(**whole, **{name: "42"})) == {"zalo_oa": "https://zalo.me/42"}
