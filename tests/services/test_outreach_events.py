"""Classes and forums: who comes, who is reminded at the last moment and who no longer, and the list at the door."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.campaigns.campaign import EVERY_CHANNEL, Campaign, Content, Event, Quiz, State
from bot.domain.campaigns.heard import buttons
from bot.domain.campaigns.subscribers import LetterState, RunState
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Address
from bot.domain.understanding import Assessment
from bot.ports.outreach import RunLetter
from bot.services import outreach
from bot.services.outreach import Refusal, events
from storage.engine import SqlStore
from storage.upkeep import tidy
from tests.services.outreach import NEWS, News, open_news

EIGHT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
BEGINS = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
BEFORE = BEGINS - timedelta(days=1)
MINUTE = timedelta(minutes=1)
EVENT = Event("boi", {"vi": "Lớp bơi"}, BEGINS, {"vi": "Nhà văn hóa"}, seats=3)
LINK = "https://example.org/boi"
CALM = Assessment(Kind.OFF_TOPIC, Urgency.NONE, version="test")


@pytest.fixture
def news(store: SqlStore) -> News:
    made = open_news(store)
    made.office.tools = replace(made.office.tools, assess=lambda _earlier, _texts: CALM)
    made.subscribes(*(made.person(name) for name in ("mẹ", "bố", "bà")))
    return made


def invited(news: News) -> tuple[Campaign, int]:
    """(campaign, run) of a swimming class."""
    quiz = Quiz("q", {"vi": "Sâu?"}, ({"vi": "Có"}, {"vi": "Không"}), 0, {"vi": "Vì sâu."})
    texts = {"vi": {EVERY_CHANNEL: "Mời {event}: {link:boi}"}}
    campaign = news.approved(content=Content(texts, event=EVENT, links={"boi": LINK}, quiz=(quiz,)))
    news.tick(EIGHT)
    return campaign, news.runs(campaign.id)[0].id


def claimed(news: News) -> dict[Address, str]:
    """What goes out at this moment."""
    return {letter.to: letter.text for letter in taken(news)}


def taken(news: News) -> list[RunLetter]:
    return list(news.store.write(lambda uow: uow.runs.claim(NEWS, "main", 100, news.now, MINUTE)))


def test_whoever_stops_between_the_reminder_and_its_sending_gets_none_and_the_results_say_so(
    news: News,
) -> None:
    campaign, run = invited(news)
    mother, father, granny = (news.person(name) for name in ("mẹ", "bố", "bà"))
    for person in (mother, father, granny):
        news.taps(person, buttons.comes(run, yes=True))
    news.tick(BEFORE)
    news.says(father, "dừng")
    news.store.write(lambda uow: uow.subscribers.mark(granny, unsafe=True))
    told = claimed(news)
    assert list(told) == [mother]
    assert "Nhà văn hóa" in told[mother]
    found = news.store.read(lambda uow: outreach.results(uow, campaign.id, news.now))
    assert found is not None
    assert found.not_reminded == {"no_consent": 2}
    assert found.reminders[LetterState.SKIPPED] == 2
    assert found.letters == {}, "the invitation itself was not frozen: reminders are counted apart"


def test_a_reminder_that_was_held_up_until_the_class_began_does_not_go(news: News) -> None:
    _, run = invited(news)
    news.taps(news.person("mẹ"), buttons.comes(run, yes=True))
    news.tick(BEFORE)
    news.now = BEGINS + MINUTE
    assert claimed(news) == {}


def test_a_reminder_goes_once_and_counts_for_no_cap(news: News) -> None:
    campaign, run = invited(news)
    news.taps(news.person("mẹ"), buttons.comes(run, yes=True))
    news.tick(BEFORE)
    news.tick(BEFORE + MINUTE)
    reminders = [one for one in news.runs(campaign.id) if one.reminds]
    assert [(one.state, one.frozen) for one in reminders] == [(RunState.SENDING, 0)]
    assert len(taken(news)) == 1


# --- the list at the door ---


def listed(news: News, code: str, id_: int) -> list[str] | str:
    officer = news.officer(code)
    found = news.store.write(lambda uow: events.guests(uow, officer, id_, news.now))
    return found.line.key if isinstance(found, Refusal) else list(found.names)


def test_names_are_given_or_not_and_only_writer_and_approver_see_them(news: News) -> None:
    campaign, run = invited(news)
    mother, father = news.person("mẹ"), news.person("bố")
    told = news.taps(mother, buttons.comes(run, yes=True))
    assert "chúng tôi sẽ nhắn tin nhắc lại" in told
    assert "Để ban tổ chức chuẩn bị chỗ" in told, "an event may be a forum"
    assert f"TÊN {run}" in told
    news.taps(father, buttons.comes(run, yes=True))
    assert "Đã ghi tên" in news.says(mother, f"ten {run}  Nguyễn  Văn An")
    assert listed(news, "HOA", campaign.id) == ["Nguyễn Văn An", ""]
    assert listed(news, "SUP", campaign.id) == ["Nguyễn Văn An", ""]
    assert listed(news, "CHU", campaign.id) == "campaign.no.guests"
    actions = news.ledger(campaign.id)
    assert actions.count("campaign.guests_looked") == 2
    assert actions.count("campaign.look_refused") == 1


@pytest.mark.parametrize("how", ["stops", "takes it back", "does not come", "half a year passes"])
def test_a_name_goes_when_its_owner_wants_it_and_with_time(news: News, how: str) -> None:
    campaign, run = invited(news)
    mother = news.person("mẹ")
    news.taps(mother, buttons.comes(run, yes=True))
    news.says(mother, f"TÊN {run} Nguyễn Văn An")
    match how:
        case "stops":
            news.says(mother, "DỪNG")
            news.subscribes(mother)
        case "takes it back":
            assert "Đã xóa tên" in news.says(mother, f"xóa tên {run}")
        case "does not come":
            news.taps(mother, buttons.comes(run, yes=False))
            news.taps(mother, buttons.comes(run, yes=True))
        case _:
            tidy(news.store, news.now + timedelta(days=181), ())
    assert listed(news, "HOA", campaign.id) == [""]


# --- what letters lead to ---


def follows(news: News, run: int) -> str | None:
    return news.store.write(lambda uow: outreach.follow(uow, run, "boi", news.now))


def test_what_letters_lead_to_holds_when_their_year_is_over_and_while_they_are_changed(news: News) -> None:
    campaign, run = invited(news)
    kept = news.campaign(campaign.id)
    other = Content(kept.content.texts, links={"boi": "https://example.org/unseen"})

    def lapse(content: Content) -> None:
        now = news.campaign(campaign.id)
        changed = replace(now, state=State.DRAFT, approver=None, approved_at=None, content=content)
        news.store.write(lambda uow: uow.campaigns.save(changed))

    lapse(kept.content)
    assert follows(news, run) == LINK
    lapse(other)
    assert follows(news, run) == LINK, "what nobody has agreed to reaches nobody"
    assert "Vì sâu" in news.taps(news.person("mẹ"), buttons.answer(run, 0, 0))
    assert "Đã ghi" in news.taps(news.person("bố"), buttons.comes(run, yes=True))


def test_a_link_mended_and_agreed_to_leads_to_the_new_address(news: News) -> None:
    campaign, run = invited(news)
    now = news.campaign(campaign.id)
    mended = replace(now, content=replace(now.content, links={"boi": "https://example.org/new"}))
    news.store.write(lambda uow: uow.campaigns.save(mended))
    assert follows(news, run) == "https://example.org/new"
    assert follows(news, run + 100) is None
