"""/chien_dich: campaigns in the officers' chat; only who may press a button gets it."""

from datetime import timedelta

import pytest

from bot.domain.campaigns.campaign import State
from bot.services import outreach
from storage.engine import SqlStore
from tests.services.outreach import News, open_news
from tests.services.steps import answered, buttons


@pytest.fixture
def news(store: SqlStore) -> News:
    made = open_news(store)
    made.subscribes(made.person("an"), made.person("bi"))
    return made


def pressed(news: News, code: str, label: str) -> str:
    """Types the command and presses the button that begins so."""
    offered = buttons(answered(news.office, code, "/chien_dich"))
    return news.office.presses(code, next(tap for name, tap in offered.items() if name.startswith(label)))


def test_a_second_officer_agrees_by_one_tap_and_the_author_is_not_offered_it(news: News) -> None:
    draft = news.draft()
    news.does(outreach.propose, "HOA", draft.id)
    news.office.deliver()
    assert not any(name.startswith("Duyệt") for name in buttons(answered(news.office, "HOA", "/chien_dich")))
    pressed(news, "SUP", "Duyệt")
    assert news.campaign(draft.id).state is State.APPROVED


def test_an_approval_of_what_was_changed_meanwhile_does_nothing(news: News) -> None:
    draft = news.draft()
    news.does(outreach.propose, "HOA", draft.id)
    news.office.deliver()
    offered = buttons(answered(news.office, "SUP", "/chien_dich"))
    agree = next(tap for name, tap in offered.items() if name.startswith("Duyệt"))
    news.does(outreach.send_back, "HOA", draft.id)
    news.does(outreach.propose, "HOA", draft.id)
    news.office.deliver()
    news.office.presses("SUP", agree)
    assert news.campaign(draft.id).state is State.PROPOSED


def test_what_runs_is_paused_resumed_and_stopped_after_a_question(news: News) -> None:
    id_ = news.approved().id
    news.office.deliver()
    news.now = news.office.now = (news.campaign(id_).next_at or news.now) - timedelta(minutes=1)
    pressed(news, "SUP", "Tạm dừng")
    assert news.campaign(id_).state is State.PAUSED
    pressed(news, "SUP", "Chạy tiếp")
    assert news.campaign(id_).state is State.APPROVED
    offered = buttons(answered(news.office, "SUP", "/chien_dich"))
    sure = buttons(
        answered(news.office, "SUP", tap=next(t for n, t in offered.items() if n.startswith("Dừng")))
    )
    assert news.campaign(id_).state is State.APPROVED, "a slip of the thumb stops nothing"
    news.office.presses("SUP", next(iter(sure.values())))
    assert news.campaign(id_).state is State.STOPPED


def test_the_only_run_of_a_campaign_can_be_paused_and_stopped_while_it_is_sent(news: News) -> None:
    id_ = news.approved().id
    news.office.deliver()
    news.tick(news.campaign(id_).next_at)
    assert news.campaign(id_).state is State.DONE
    assert any(name.startswith("Dừng") for name in buttons(answered(news.office, "SUP", "/chien_dich")))
    pressed(news, "SUP", "Tạm dừng")
    assert news.campaign(id_).state is State.PAUSED


def test_where_nothing_runs_it_says_so_and_police_are_offered_nothing(news: News) -> None:
    assert "không có chiến dịch nào" in news.office.types("HOA", "chiến dịch")
    draft = news.draft()
    news.does(outreach.propose, "HOA", draft.id)
    news.office.deliver()
    assert buttons(answered(news.office, "CAN", "/chien_dich")) == {}


def test_a_button_of_another_officer_does_nothing(news: News) -> None:
    id_ = news.approved().id
    news.office.deliver()
    news.now = news.office.now = news.campaign(id_).next_at or news.now
    offered = buttons(answered(news.office, "SUP", "/chien_dich"))
    pause = next(tap for name, tap in offered.items() if name.startswith("Tạm dừng"))
    news.office.presses("CAN", pause)
    assert news.campaign(id_).state is State.APPROVED


def test_campaigns_are_not_for_police_and_collaborators_in_the_chat_either(news: News) -> None:
    news.approved()
    for code in ("CAN", "CTV"):
        said = "\n".join(letter.text for letter in answered(news.office, code, "/chien_dich"))
        assert "chỉ dành cho người soạn" in said, code
        assert "An toàn" not in said
