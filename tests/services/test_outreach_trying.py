"""A test letter is what subscribers will see: picture, words and buttons, and nothing of it is counted."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.domain.campaigns.campaign import EVERY_CHANNEL, Content, Event, Picture, Quiz
from bot.domain.messages import Enclosure, Letter
from bot.services import outreach
from storage.engine import SqlStore
from tests.services.outreach import News, open_news
from tests.services.steps import answered

DIGEST = "a" * 64
QUIZ = Quiz("q", {"vi": "Ao sâu?"}, ({"vi": "Có"}, {"vi": "Không"}), 0, {"vi": "Vì sâu."})
EVENT = Event("boi", {"vi": "Lớp bơi"}, datetime(2026, 11, 28, 2, 0, tzinfo=UTC), {"vi": "Nhà văn hóa"})
CONTENT = Content(
    {"vi": {EVERY_CHANNEL: "Mời {event} ở {commune}: {link:boi}"}},
    picture=Picture(DIGEST, "image/jpeg", 10),
    links={"boi": "https://example.org/boi"},
    quiz=(QUIZ,),
    event=EVENT,
)


@pytest.fixture
def news(sqlite_store: SqlStore) -> News:
    made = open_news(sqlite_store)
    made.subscribes(made.person("an"))
    return made


def tried(news: News) -> list[Letter]:
    draft = news.draft(content=CONTENT)
    assert isinstance(news.does(outreach.send_test, "HOA", draft.id), outreach.Done)
    return news.office.letters("HOA")


def test_the_letter_comes_alone_with_picture_and_buttons(news: News) -> None:
    head, letter = tried(news)
    assert "An toàn" in head.text
    assert head.enclosure is None
    assert letter.enclosure == Enclosure(DIGEST, "image/jpeg")
    assert [button.text for row in letter.buttons for button in row] == [
        "Có",
        "Không",
        "Tôi sẽ đến",
        "Không đến được",
    ]
    assert "https://example.org/boi" in letter.text
    assert "An toàn" not in letter.text


def test_its_buttons_say_that_they_do_not_count(news: News) -> None:
    _, letter = tried(news)
    for tap in (letter.buttons[0][0].tap, letter.buttons[2][0].tap):
        said = answered(news.office, "HOA", tap=tap)
        assert "không tính" in said[-1].text
    assert "không tính" in answered(news.office, "HOA", "DU 0")[-1].text
    assert "không tính" not in answered(news.office, "HOA", "DU 12")[-1].text


def test_an_officer_with_the_desk_alone_is_told_that_it_shows_words_only(news: News) -> None:
    pages = {name: replace(traits, pull=True) for name, traits in news.tools.traits.items()}
    news.office.tools = replace(news.tools, traits=pages)
    draft = news.draft(content=CONTENT)
    told = news.does(outreach.send_test, "HOA", draft.id)
    assert told.line.key == "campaign.done.test_page"
