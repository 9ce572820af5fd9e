"""Yes and no on every channel; a report always goes first, and who reported is never made an audience."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.campaigns.campaign import EVERY_CHANNEL, Content, Group, Quiz, Topic
from bot.domain.messages import Address, HeardKind
from bot.domain.understanding import PlaceGuess, Places
from bot.services import outreach
from storage.engine import SqlStore
from tests.services.office import say_state
from tests.services.outreach import NEWS, ZALO, News, open_news
from tests.services.people import BUTTONS, ELSEWHERE, HERE, HOME

EIGHT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)


@pytest.fixture
def news(sqlite_store: SqlStore) -> News:
    return open_news(sqlite_store)


def consents(news: News, person: Address) -> bool:
    found = news.subscriber(person)
    return found is not None and not found.stopped


@pytest.mark.parametrize("channel", [NEWS, ZALO, "telegram_public"])
@pytest.mark.parametrize("word", ["đăng ký", "DANG KY", "nhận tin"])
def test_a_word_subscribes_and_says_how_to_stop(news: News, channel: str, word: str) -> None:
    person = news.person(channel=channel)
    said = news.says(person, word)
    assert "DỪNG" in said
    assert consents(news, person)


@pytest.mark.parametrize("channel", [NEWS, ZALO, "telegram_public"])
@pytest.mark.parametrize("word", ["dừng", "DUNG", "stop", "huỷ đăng ký", "duwngf", "Ngừng nhận tin ạ"])
def test_a_word_stops_at_once_on_every_channel(news: News, channel: str, word: str) -> None:
    person = news.person(channel=channel)
    news.subscribes(person)
    assert "Đã dừng" in news.says(person, word)
    assert not consents(news, person)


def test_what_already_waits_for_somebody_who_stops_is_not_sent(news: News) -> None:
    person = news.person()
    news.subscribes(person)
    campaign = news.approved()
    news.tick(EIGHT)
    (run,) = news.runs(campaign.id)
    cap = (3, timedelta(days=7))
    while news.store.write(lambda uow: uow.runs.freeze(run.id, campaign.audience, cap, 100, news.now)):
        pass
    news.says(person, "dừng")
    claimed = news.store.write(lambda uow: uow.runs.claim(NEWS, "main", 10, news.now, timedelta(minutes=1)))
    assert claimed == []


def test_words_of_a_report_that_begin_like_a_stop_open_a_report(news: News) -> None:
    person = news.person()
    news.subscribes(person)
    news.says(person, "dừng lại đi nó đánh em")
    assert consents(news, person)
    state = news.store.write(lambda uow: uow.conversations.load(person)[1])
    assert state.report is not None


def test_somebody_who_never_subscribed_and_says_stop_is_answered_as_ever(news: News) -> None:
    person = news.person()
    said = news.says(person, "stop")
    assert said
    assert "Đã dừng" not in said
    assert news.subscriber(person) is None


def test_a_qr_code_tells_the_place_and_the_school(news: News) -> None:
    person = news.person()
    said = news.starts(person, f"tin-{ELSEWHERE}-parent-thcs_nguyen_du")
    found = news.subscriber(person)
    assert found is not None
    assert "Xã Bình Tân" in said
    assert (found.unit, found.province, found.group) == (ELSEWHERE, HOME, Group.PARENT)
    assert found.tags == {"thcs_nguyen_du"}
    assert found.source == f"tin-{ELSEWHERE}-parent-thcs_nguyen_du"


def test_a_code_may_be_typed_where_a_channel_has_no_deep_links(news: News) -> None:
    person = news.person(channel=ZALO)
    news.says(person, f"TIN-{HERE}")
    found = news.subscriber(person)
    assert found is not None
    assert found.unit == HERE


def test_nobody_becomes_an_officer_by_a_poster(news: News) -> None:
    person = news.person()
    news.starts(person, f"tin-{HERE}-officer")
    found = news.subscriber(person)
    assert found is not None
    assert found.group is Group.CITIZEN


def test_an_invitation_is_still_an_invitation(news: News) -> None:
    person = news.person()
    news.starts(person, "AbCdEf123456")
    assert news.subscriber(person) is None


def test_who_reported_is_never_made_an_audience(news: News) -> None:
    person = news.person()
    case = news.office.report()
    say_state(news.office, person, case=case)
    for act in (lambda: news.says(person, "đăng ký"), lambda: news.starts(person, f"tin-{HERE}")):
        assert "không nhận tin nhắc" in act()
    assert news.subscriber(person) is None


def test_in_a_conversation_marked_unsafe_nobody_is_subscribed(news: News) -> None:
    person = news.person()
    say_state(news.office, person, safe_to_write=False)
    news.says(person, "đăng ký")
    assert news.subscriber(person) is None


def test_a_subscriber_who_says_that_the_phone_is_read_gets_no_letters(news: News) -> None:
    person = news.person()
    news.subscribes(person)
    news.says(person, "bố em hay đọc tin nhắn, đừng nhắn lại cho em")
    found = news.subscriber(person)
    assert found is not None
    assert found.unsafe


def test_while_a_question_waits_a_bare_dung_is_its_answer(news: News) -> None:
    person = news.person()
    news.subscribes(person)
    say_state(news.office, person, asking="where", greeted=True)
    news.says(person, "dung")
    assert consents(news, person)


def test_who_blocked_us_comes_back_by_writing(news: News) -> None:
    person = news.person()
    news.subscribes(person)
    news.hears(person, HeardKind.BLOCKED)
    found = news.subscriber(person)
    assert found is not None
    assert found.blocked
    news.now = news.office.now = news.now + timedelta(days=1)
    news.says(person, "chào")
    found = news.subscriber(person)
    assert found is not None
    assert not found.blocked


def test_topics_are_switched_one_by_one_and_the_last_one_stays(news: News) -> None:
    person = news.person()
    news.subscribes(person)
    for topic in Topic:
        news.taps(person, f"k:t:{topic.value}")
    found = news.subscriber(person)
    assert found is not None
    assert found.topics == {Topic.EVENTS}


def test_who_asks_to_be_forgotten_is_no_subscriber_any_more(news: News) -> None:
    person = news.person()
    news.subscribes(person)
    news.says(person, "xóa dữ liệu")
    assert news.subscriber(person) is None


QUIZ = Quiz(
    "q1",
    {"vi": "Thấy bạn đuối nước, làm gì trước?"},
    ({"vi": "Nhảy xuống"}, {"vi": "Gọi to"}),
    1,
    {"vi": "Nhảy xuống dễ thành hai người gặp nạn."},
)


def test_a_quiz_answers_with_its_explanation_and_counts_a_person_once(news: News) -> None:
    person = news.person()
    news.subscribes(person)
    campaign = news.approved(content=Content({"vi": {EVERY_CHANNEL: "Câu đố"}}, quiz=(QUIZ,)))
    news.tick(EIGHT)
    (run,) = news.runs(campaign.id)
    wrong = news.taps(person, f"k:q:{run.id}:0:0")
    assert "Gọi to" in wrong
    assert "hai người gặp nạn" in wrong
    assert "trước đó" in news.taps(person, f"k:q:{run.id}:0:1")
    assert "trước đó" in news.says(person, f"TL {run.id} 1 2")
    found = news.store.read(lambda uow: outreach.results(uow, campaign.id, news.now))
    assert found is not None
    assert news.store.read(lambda uow: uow.replies.answers(run.id)) == {"q1": {0: 1}}


def test_a_button_of_a_run_that_is_not_there_is_answered_kindly(news: News) -> None:
    person = news.person()
    assert "Không tìm thấy" in news.taps(person, "k:q:999:0:0")
    assert news.taps(person, "k:q:x") != ""


def test_a_yes_may_name_the_commune(news: News) -> None:
    person = news.person()
    guess = Places((PlaceGuess(HERE, 0.9),))
    tools = replace(news.tools, answer=lambda text: guess if "An Khánh" in text else Places(needs="where"))
    news.office.tools = tools
    assert "Phường An Khánh" in news.says(person, "đăng ký phường An Khánh")
    found = news.subscriber(person)
    assert found is not None
    assert found.unit == HERE


def test_other_words_behind_a_yes_are_not_taken_for_one(news: News) -> None:
    person = news.person()
    news.says(person, "đăng ký khai sinh cho bé ở đâu ạ")
    assert news.subscriber(person) is None


def test_a_poster_with_a_commune_that_is_no_more_still_subscribes(news: News) -> None:
    person = news.person()
    news.starts(person, "tin-99999-parent")
    found = news.subscriber(person)
    assert found is not None
    assert (found.unit, found.group) == (None, Group.PARENT)


def test_a_parent_tells_who_they_are_and_when_the_child_was_born(news: News) -> None:
    person = news.person()
    news.subscribes(person)
    assert "SINH" in news.taps(person, "k:g:parent")
    news.says(person, "SINH 5/2021")
    found = news.subscriber(person)
    assert found is not None
    assert (found.group, found.born) == (Group.PARENT, date(2021, 5, 1))


@pytest.mark.parametrize("tap", ["k:g:officer", "k:g:collaborator"])
def test_nobody_says_to_be_an_officer(news: News, tap: str) -> None:
    person = news.person()
    news.subscribes(person)
    news.taps(person, tap)
    found = news.subscriber(person)
    assert found is not None
    assert found.group is Group.CITIZEN


def test_words_about_a_birth_of_somebody_who_never_subscribed_go_to_the_conversation(news: News) -> None:
    person = news.person()
    assert "tháng sinh" not in news.says(person, "sinh 5/2021")


def test_where_nothing_can_be_pressed_a_number_of_the_menu_is_a_press(news: News) -> None:
    bare = "zalo_bot"
    news.office.tools = replace(news.tools, traits={**news.tools.traits, bare: replace(BUTTONS, buttons=0)})
    person = news.person(channel=bare)
    assert "1. Chọn chủ đề" in news.says(person, "đăng ký")
    assert "1. ✓ Phòng đuối nước" in news.says(person, "1")
    news.says(person, "1")
    found = news.subscriber(person)
    assert found is not None
    assert Topic.DROWNING not in found.topics


def test_a_number_that_comes_later_is_the_conversations(news: News) -> None:
    bare = "zalo_bot"
    news.office.tools = replace(news.tools, traits={**news.tools.traits, bare: replace(BUTTONS, buttons=0)})
    person = news.person(channel=bare)
    news.says(person, "đăng ký")
    news.now = news.office.now = news.now + timedelta(hours=2)
    assert "✓" not in news.says(person, "1")
