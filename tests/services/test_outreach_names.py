"""Names for the list at the door, and reports that begin like one: those are never swallowed."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from bot.data.triage import load_triage
from bot.domain.campaigns.campaign import EVERY_CHANNEL, Campaign, Content, Event
from bot.domain.campaigns.heard import buttons
from bot.domain.triage import Triage
from bot.domain.triage.marks import fold
from bot.services.outreach import Refusal, events
from storage.engine import SqlStore
from tests.services.office import state_of
from tests.services.outreach import News, open_news

EIGHT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
BEGINS = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
EVENT = Event("boi", {"vi": "Lớp bơi"}, BEGINS, {"vi": "Nhà văn hóa"}, seats=3)
REPORTS = (
    "tên {} tuổi bị bố đánh",
    "Tên {} tuổi bị bố đánh",
    "TÊN {} TUỔI BỊ BỐ ĐÁNH",
    "Tên {} Tuổi Bị Bố Đánh",
    "Tên {} thằng cởi đồ em ra",
    "tên {} thằng cởi đồ em ra",
    "Tên {} đứa nhỏ bị nhốt ở nhà, đói lắm",
    "name {} boy is beaten by dad",
)
NAMES = (
    ("TÊN {}  Nguyễn  Văn An", "Nguyễn Văn An"),
    ("Tên {}: Trần Thị Ngọc Bích", "Trần Thị Ngọc Bích"),
    ("tên {} phạm thu hà", "phạm thu hà"),
    ("ten {} pham thi hoa", "pham thi hoa"),
    ("TEN {} LO THI MAI", "LO THI MAI"),
    ("tên {} An", "An"),
    ("tên {} H'Lan Niê", "H'Lan Niê"),
    ("NAME {} Tran Van Nam", "Tran Van Nam"),
)


@cache
def triage() -> Triage:
    return load_triage()


@pytest.fixture
def news(sqlite_store: SqlStore) -> News:
    made = open_news(sqlite_store)
    made.office.tools = replace(made.office.tools, assess=triage().together)
    made.subscribes(*(made.person(name) for name in ("mẹ", "bố")))
    return made


def invited(news: News) -> tuple[Campaign, int]:
    """(campaign, run) of a swimming class."""
    campaign = news.approved(content=Content({"vi": {EVERY_CHANNEL: "Mời {event}"}}, event=EVENT))
    news.tick(EIGHT)
    return campaign, news.runs(campaign.id)[0].id


def noted(news: News, id_: int) -> list[str]:
    """The list at the door, as the campaign's writer sees it."""
    writer = news.officer("HOA")
    found = news.store.write(lambda uow: events.guests(uow, writer, id_, news.now))
    assert not isinstance(found, Refusal)
    return list(found.names)


@pytest.mark.parametrize(("said", "name"), NAMES)
def test_a_name_is_noted_however_it_is_typed(news: News, said: str, name: str) -> None:
    campaign, run = invited(news)
    news.taps(news.person("mẹ"), buttons.comes(run, yes=True))
    assert "Đã ghi tên" in news.says(news.person("mẹ"), said.format(run))
    assert noted(news, campaign.id) == [name]


# --- reports that begin alike ---


def is_answered_as_ever(news: News, who: str, said: str) -> bool:
    """Whether the conversation took it, and nothing of the campaigns answered."""
    answer = news.says(news.person(who), said)
    ours = ("Đã ghi tên", "Không tìm thấy", "Chưa ghi tên", "Đã xóa tên")
    return bool(answer) and not any(one in answer for one in ours)


def reports(news: News, who: str) -> bool:
    return state_of(news.office, news.person(who)).report is not None


@pytest.mark.parametrize("number", ["of the event", "of nothing"])
@pytest.mark.parametrize("who", ["stranger", "bố", "mẹ"])
@pytest.mark.parametrize("said", [*dict.fromkeys((*REPORTS, *map(fold, REPORTS)))])
def test_a_report_that_begins_like_a_name_is_a_report(news: News, said: str, who: str, number: str) -> None:
    campaign, run = invited(news)
    news.taps(news.person("mẹ"), buttons.comes(run, yes=True))
    assert is_answered_as_ever(news, who, said.format(run if number == "of the event" else run + 11))
    assert reports(news, who)
    assert noted(news, campaign.id) == [""]


@pytest.mark.parametrize("who", ["stranger", "bố"])
@pytest.mark.parametrize("said", ["TÊN {} An", "TÊN {} Nguyễn Văn An", "xóa tên {}"])
def test_who_has_not_said_that_they_come_is_answered_as_ever(news: News, said: str, who: str) -> None:
    campaign, run = invited(news)
    assert is_answered_as_ever(news, who, said.format(run))
    assert noted(news, campaign.id) == []


@pytest.mark.parametrize(
    "said",
    [
        "tên bố em là Nam, bố đánh em",
        "ten em la An",
        "tên {} cô của bạn Nguyễn Văn An lớp ba",
        "tên {} Ông hàng xóm",
    ],
)
def test_what_does_not_read_like_a_name_is_none(news: News, said: str) -> None:
    campaign, run = invited(news)
    news.taps(news.person("mẹ"), buttons.comes(run, yes=True))
    assert is_answered_as_ever(news, "mẹ", said.format(run))
    assert noted(news, campaign.id) == [""]


def test_a_run_without_an_event_has_no_list(news: News) -> None:
    campaign = news.approved(code="khac")
    news.tick(EIGHT)
    (run,) = news.runs(campaign.id)
    assert is_answered_as_ever(news, "mẹ", f"TÊN {run.id} Nguyễn Văn An")
