"""One person on two of our accounts of one platform: a stop on either counts for both, and so does danger."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.messages import Address
from bot.services import outreach
from storage.engine import SqlStore
from tests.services.outreach import NEWS, News, open_news
from tests.services.people import BUTTONS

PUBLIC = "telegram_public"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def news(store: SqlStore) -> News:
    made = open_news(store)
    made.office.tools = replace(made.tools, traits={**made.tools.traits, PUBLIC: BUTTONS})
    return made


def on(channel: str, person: str = "7") -> Address:
    """Each bot is an account of its own, the person's id is Telegram's."""
    return Address(channel, f"bot-{channel}", person)


def gets_letters(news: News, to: Address) -> bool:
    found = news.subscriber(to)
    return found is not None and not (found.stopped or found.unsafe or found.blocked)


def test_stop_on_one_account_stops_the_other_and_what_waits_there(news: News) -> None:
    news.subscribes(on(NEWS), on(NEWS, "8"))
    campaign = news.approved()
    news.tick(campaign.next_at)
    (run,) = news.runs(campaign.id)
    while news.store.write(
        lambda uow: uow.runs.freeze(run.id, campaign.audience, (3, MINUTE), 100, news.now)
    ):
        pass
    assert "DỪNG" not in news.says(on(PUBLIC), "dừng")
    assert not gets_letters(news, on(NEWS))
    assert gets_letters(news, on(NEWS, "8")), "somebody else"
    letters = news.store.write(lambda uow: uow.runs.claim(NEWS, f"bot-{NEWS}", 9, news.now, MINUTE))
    assert [letter.to for letter in letters] == [on(NEWS, "8")]


def test_the_same_number_on_another_platform_is_somebody_else(news: News) -> None:
    news.subscribes(on(NEWS), on("zalo_oa"))
    news.says(on(NEWS), "DỪNG")
    assert gets_letters(news, on("zalo_oa"))


@pytest.mark.parametrize("first", ["subscribes", "is unsafe"])
def test_danger_in_one_conversation_keeps_letters_from_the_other(news: News, first: str) -> None:
    if first == "subscribes":
        news.says(on(NEWS), "đăng ký")
        assert gets_letters(news, on(NEWS))
    news.store.write(lambda uow: uow.conversations.load(on(PUBLIC)))
    news.store.write(lambda uow: uow.subscribers.mark(on(PUBLIC), unsafe=True))
    if first != "subscribes":
        news.says(on(NEWS), "đăng ký")
    assert not gets_letters(news, on(NEWS))
    news.store.write(lambda uow: uow.conversations.load(on(NEWS)))
    news.store.write(lambda uow: uow.subscribers.mark(on(NEWS), unsafe=False))
    assert not gets_letters(news, on(NEWS)), "one safe conversation does not make the other safe"
    news.store.write(lambda uow: uow.subscribers.mark(on(PUBLIC), unsafe=False))
    assert gets_letters(news, on(NEWS))


def test_a_report_on_the_public_bot_keeps_the_news_away_until_writing_is_said_to_be_safe(news: News) -> None:
    news.says(on(NEWS), "đăng ký")
    news.says(on(PUBLIC), "bạn em đang bị bố đánh ở xã Hòa Bình")
    assert not gets_letters(news, on(NEWS))


def test_a_block_counts_for_the_account_that_was_blocked(news: News) -> None:
    news.subscribes(on(NEWS), on(PUBLIC))
    news.store.write(lambda uow: uow.subscribers.mark(on(PUBLIC), blocked=True))
    assert gets_letters(news, on(NEWS))


def test_whoever_takes_everything_back_is_forgotten_on_both(news: News) -> None:
    news.subscribes(on(NEWS), on(PUBLIC))
    news.store.write(lambda uow: uow.subscribers.forget(on(PUBLIC)))
    assert news.subscriber(on(NEWS)) is None
    assert news.store.read(lambda uow: outreach.listing(uow)) == []
