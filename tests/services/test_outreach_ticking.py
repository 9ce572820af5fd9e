"""What is due runs once, late within its tolerance, or is skipped and said so."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.campaigns.campaign import EVERY_CHANNEL, Audience, Content, Event, State
from bot.domain.campaigns.schedule import Daily, Lunar, Moment, Named, Once, Personal, Schedule
from bot.domain.campaigns.subscribers import RunState
from bot.ports import UnitOfWork
from bot.services import outreach
from storage.engine import SqlStore
from tests.services.outreach import News, open_news
from tests.services.people import HERE

EIGHT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
"""08:00 in Vietnam, when the draft of the tests is due."""


@pytest.fixture
def news(store: SqlStore) -> News:
    found = open_news(store)
    found.subscribes(found.person("mẹ"))
    return found


def test_it_runs_at_its_time_and_never_twice(news: News) -> None:
    campaign = news.approved()
    assert news.tick(EIGHT - timedelta(seconds=1)) == 0
    assert news.tick(EIGHT) == 1
    (run,) = news.runs(campaign.id)
    assert (run.at, run.state) == (EIGHT, RunState.FREEZING)
    assert news.campaign(campaign.id).state is State.DONE
    assert [news.tick(EIGHT + timedelta(seconds=n)) for n in range(3)] == [0, 0, 0]
    assert len(news.runs(campaign.id)) == 1


def test_a_clock_that_is_put_back_repeats_nothing(news: News) -> None:
    campaign = news.approved(schedule=Schedule((Daily(),)))
    news.tick(EIGHT)
    for minute in range(0, 120, 10):
        news.tick(EIGHT - timedelta(hours=1) + timedelta(minutes=minute))
    assert [run.at for run in news.runs(campaign.id)] == [EIGHT]


def test_a_run_missed_by_an_hour_is_sent_late_and_said_to_be_late(news: News) -> None:
    campaign = news.approved()
    news.tick(EIGHT + timedelta(hours=1))
    (run,) = news.runs(campaign.id)
    assert run.at == EIGHT
    assert "campaign.run_late" in news.ledger(campaign.id)


def test_beyond_its_tolerance_it_is_skipped_and_its_people_are_told(news: News) -> None:
    campaign = news.approved()
    news.told("HOA")
    news.tick(EIGHT + timedelta(hours=13))
    (run,) = news.runs(campaign.id)
    assert run.state is RunState.MISSED
    assert "lỡ lần gửi 08:00 21/11/2026" in news.told("HOA")
    assert "campaign.missed" in news.ledger(campaign.id)


def test_after_three_days_without_power_only_the_newest_run_is_sent(news: News) -> None:
    schedule = Schedule((Daily(),), tolerance=timedelta(hours=60))
    campaign = news.approved(schedule=schedule)
    news.tick(EIGHT + timedelta(days=3, hours=1))
    runs = sorted(news.runs(campaign.id), key=lambda run: run.at)
    assert [run.state for run in runs] == [RunState.MISSED] * 3 + [RunState.FREEZING]
    assert news.campaign(campaign.id).next_at == EIGHT + timedelta(days=4)


def test_what_was_stopped_does_not_run(news: News) -> None:
    campaign = news.approved()
    news.does(outreach.stop, "HOA", campaign.id)
    assert news.tick(EIGHT) == 0
    assert news.runs(campaign.id) == []


def test_a_stop_during_sending_ends_the_run(news: News) -> None:
    campaign = news.approved()
    news.tick(EIGHT)
    news.does(outreach.stop, "HOA", campaign.id)
    (run,) = news.runs(campaign.id)
    assert run.state is RunState.STOPPED


def test_last_years_theme_asks_for_a_new_approval_instead_of_running(news: News) -> None:
    campaign = news.approved(theme_year=2026, schedule=Schedule((Once(date(2026, 11, 21)), Lunar(8, 15))))
    news.tick(EIGHT)
    assert len(news.runs(campaign.id)) == 1
    news.told("HOA")
    news.tick(datetime(2027, 9, 15, 1, tzinfo=UTC))
    again = news.campaign(campaign.id)
    assert (again.state, again.approver, again.next_at) == (State.DRAFT, None, None)
    assert len(news.runs(campaign.id)) == 1
    assert "trình duyệt lại" in news.told("HOA")


def test_the_words_of_a_run_are_written_once_for_each_language_and_channel(news: News) -> None:
    texts = {
        "vi": {EVERY_CHANNEL: "Hôm nay {lunar_day}, {commune}", "zalo_oa": "Zalo {day}"},
        "en": {"": "Today"},
    }
    campaign = news.approved(content=Content(texts))
    news.tick(EIGHT)
    (run,) = news.runs(campaign.id)
    news.store.write(
        lambda uow: uow.runs.freeze(run.id, Audience(units=(HERE,)), (3, timedelta(days=7)), 100, news.now)
    )
    assert (
        news.store.write(
            lambda uow: uow.runs.freeze(run.id, Audience(), (3, timedelta(days=7)), 100, news.now)
        )
        == 0
    )
    (letter,) = news.store.write(
        lambda uow: uow.runs.claim("telegram_news", "main", 10, news.now, timedelta(minutes=1))
    )
    assert letter.text.startswith("Hôm nay 13/10 âm lịch, {commune}")
    assert "DỪNG" in letter.text


def test_a_personal_rule_runs_every_day_for_those_whose_day_it_is(news: News) -> None:
    rule = Personal(Moment.SUBSCRIBED, 7)
    campaign = news.approved(schedule=Schedule((rule,)))
    for day in range(3):
        news.tick(EIGHT + timedelta(days=day))
    assert len(news.runs(campaign.id)) == 3
    assert news.campaign(campaign.id).state is State.APPROVED


def test_who_comes_is_reminded_the_day_before_and_once(news: News) -> None:
    begins = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    event = Event("boi", {"vi": "Lớp bơi"}, begins, {"vi": "Nhà văn hóa"}, seats=1)
    content = Content({"vi": {EVERY_CHANNEL: "Mời {event}, {event_time}"}}, event=event)
    campaign = news.approved(content=content)
    mother, other = news.person("mẹ"), news.person("bà")
    news.subscribes(other)
    news.tick(EIGHT)
    (run,) = news.runs(campaign.id)
    assert "Đã ghi" in news.taps(mother, f"k:e:{run.id}:y")
    assert "hết chỗ" in news.taps(other, f"k:e:{run.id}:y")
    news.tick(begins - timedelta(days=1))
    news.tick(begins - timedelta(days=1) + timedelta(minutes=1))
    claimed = news.store.write(
        lambda uow: uow.runs.claim("telegram_news", "main", 9, news.now, timedelta(minutes=1))
    )
    assert [letter.to for letter in claimed] == [mother]
    assert "campaign.reminded" in news.ledger(campaign.id)


def test_the_mid_autumn_draft_runs_three_days_before_by_vietnams_moon(news: News) -> None:
    campaign = news.approved(schedule=Schedule((Named("trung_thu", -3),)))
    assert campaign.next_at == datetime(2027, 9, 12, 1, tzinfo=UTC)


def test_a_tick_over_ten_thousand_schedules_asks_the_index(sqlite_store: SqlStore) -> None:
    news = open_news(sqlite_store)
    news.subscribes(news.person("mẹ"))
    campaign = news.approved()

    def many(uow: UnitOfWork) -> None:
        for number in range(2_000):
            far = replace(campaign, id=0, code=f"c{number}", next_at=EIGHT + timedelta(days=400))
            uow.campaigns.add(far)

    news.store.write(many)
    assert news.tick(EIGHT) == 1


def test_a_placeholder_that_lost_its_value_holds_the_campaign_up(news: News) -> None:
    """The office's telephone stood in the file when it was approved, and is gone when it should run."""
    roster = news.store.read(lambda uow: uow.office.roster())
    news.store.write(lambda uow: uow.office.replace(replace(roster, numbers={"office": "0262 111"})))
    campaign = news.approved(content=Content({"vi": {EVERY_CHANNEL: "Gọi {phone}"}}))
    news.store.write(lambda uow: uow.office.replace(replace(roster, numbers={})))
    news.told("HOA")
    news.tick(EIGHT)
    assert news.runs(campaign.id) == []
    assert news.campaign(campaign.id).state is State.PAUSED
    assert "phone" in news.told("HOA")


def test_two_who_approve_at_the_same_moment_make_one_approval(news: News) -> None:
    draft = news.draft()
    news.does(outreach.propose, "HOA", draft.id)
    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(lambda code: news.does(outreach.approve, code, draft.id), ("SUP", "CHU")))
    assert sorted(type(one).__name__ for one in told) == ["Done", "Refusal"]
    assert news.ledger(draft.id).count("campaign.approved") == 1


def test_nobody_is_reminded_in_a_conversation_that_became_unsafe(news: News) -> None:
    begins = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    event = Event("boi", {"vi": "Lớp bơi"}, begins, {"vi": "Nhà văn hóa"})
    campaign = news.approved(content=Content({"vi": {EVERY_CHANNEL: "Mời {event}"}}, event=event))
    mother = news.person("mẹ")
    news.tick(EIGHT)
    (run,) = news.runs(campaign.id)
    news.taps(mother, f"k:e:{run.id}:y")
    news.store.write(lambda uow: uow.subscribers.mark(mother, unsafe=True))
    news.tick(begins - timedelta(days=1))
    claim = timedelta(minutes=1)
    assert news.store.write(lambda uow: uow.runs.claim("telegram_news", "main", 9, news.now, claim)) == []
    assert "campaign.reminded" in news.ledger(campaign.id)


def test_months_without_power_are_caught_up_over_several_ticks(news: News) -> None:
    campaign = news.approved(schedule=Schedule((Daily(),)))
    now = EIGHT + timedelta(days=130)
    ticks = [news.tick(now + timedelta(seconds=2 * step)) for step in range(5)]
    runs = news.runs(campaign.id)
    assert ticks == [1, 1, 1, 0, 0]
    assert news.campaign(campaign.id).next_at == EIGHT + timedelta(days=131)
    assert runs[0].state is RunState.FREEZING
    assert {run.state for run in runs[1:]} == {RunState.MISSED}


def test_several_clocks_at_the_same_moment_make_one_run_and_skip_none(news: News) -> None:
    campaign = news.approved(schedule=Schedule((Daily(),)))
    news.now = news.office.now = EIGHT
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: news.tick(), range(12)))
    assert [run.at for run in news.runs(campaign.id)] == [EIGHT]
    assert news.campaign(campaign.id).next_at == EIGHT + timedelta(days=1)
    assert news.ledger(campaign.id).count("campaign.run") == 1
