"""Four eyes on a campaign: who writes, who approves, who holds it up."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.campaigns.campaign import EVERY_CHANNEL, Audience, Content, Picture, State
from bot.domain.campaigns.schedule import Lunar, Once, Schedule
from bot.domain.campaigns.subscribers import RunState
from bot.services import outreach
from bot.services.outreach import Done, Faults, Refusal, Saved, deciding
from bot.services.outreach.copying import next_year
from storage.engine import SqlStore
from tests.services.outreach import NEWS, News, a_campaign, open_news
from tests.services.people import ELSEWHERE, HERE, HOME

HOUR = timedelta(hours=1)


@pytest.fixture
def news(sqlite_store: SqlStore) -> News:
    found = open_news(sqlite_store)
    found.subscribes(found.person("mẹ"))
    return found


def saved(news: News, by: str = "HOA", **fields: object) -> Saved | Faults | Refusal:
    made = replace(a_campaign(), **fields)  # type: ignore[arg-type]
    return news.store.write(
        lambda uow: outreach.save_draft(uow, news.tools, news.officer(by), made, news.now)
    )


def test_one_writes_another_approves_and_only_then_it_is_due(news: News) -> None:
    draft = news.draft()
    assert (draft.state, draft.author, draft.next_at) == (State.DRAFT, news.officer("HOA").id, None)
    assert isinstance(news.does(outreach.propose, "HOA", draft.id), Done)
    assert isinstance(news.does(outreach.approve, "SUP", draft.id), Done)
    approved = news.campaign(draft.id)
    assert approved.state is State.APPROVED
    assert approved.next_at == datetime(2026, 11, 21, 1, tzinfo=UTC)
    assert {"campaign.saved", "campaign.proposed", "campaign.approved"} <= set(news.ledger(draft.id))


def test_the_author_cannot_approve(news: News) -> None:
    supervised = saved(news, "SUP")
    assert isinstance(supervised, Saved)
    news.does(outreach.propose, "SUP", supervised.campaign.id)
    refused = news.does(outreach.approve, "SUP", supervised.campaign.id)
    assert isinstance(refused, Refusal)
    assert refused.key == "campaign.no.author"
    assert news.campaign(supervised.campaign.id).state is State.PROPOSED


@pytest.mark.parametrize(("code", "why"), [("HOA", "campaign.no.role"), ("MINH", "campaign.no.role")])
def test_not_every_role_approves(news: News, code: str, why: str) -> None:
    draft = news.draft()
    news.does(outreach.propose, "HOA", draft.id)
    refused = news.does(outreach.approve, code, draft.id)
    assert isinstance(refused, Refusal)
    assert refused.key == why


def test_a_commune_officer_writes_for_the_own_commune_only(news: News) -> None:
    for units in ((ELSEWHERE,), (HOME,), ()):
        refused = saved(news, "HOA", audience=Audience(units=units))
        assert isinstance(refused, Refusal)
        assert refused.key == "campaign.no.area"
    assert isinstance(saved(news, "SUP", audience=Audience(units=(HOME,))), Saved)


def test_of_two_approvers_the_second_is_told_who_was_first(news: News) -> None:
    campaign = news.approved()
    assert isinstance(news.does(outreach.approve, "SUP", campaign.id), Done)
    late = news.does(outreach.approve, "CHU", campaign.id)
    assert isinstance(late, Refusal)
    assert late.key == "campaign.no.approved_by"
    assert late.line.values["name"] == news.officer("SUP").name


def test_two_hands_at_once_are_parted_by_the_version(news: News) -> None:
    draft = news.draft()
    assert isinstance(saved(news, id=draft.id, version=draft.version, title="Một"), Saved)
    second = saved(news, id=draft.id, version=draft.version, title="Hai")
    assert isinstance(second, Refusal)
    assert second.key == "campaign.no.faster"
    assert news.campaign(draft.id).title == "Một"


def test_nobody_agrees_to_what_was_changed_since_it_was_shown(news: News) -> None:
    draft = news.draft()
    news.does(outreach.propose, "HOA", draft.id)
    shown = news.campaign(draft.id).version
    saved(news, id=draft.id, version=shown, title="Khác")
    news.does(outreach.propose, "HOA", draft.id)
    refused = news.does(outreach.approve, "SUP", draft.id, version=shown)
    assert isinstance(refused, Refusal)
    assert refused.key == "campaign.no.changed"


def test_a_change_takes_the_approval_away(news: News) -> None:
    campaign = news.approved()
    refused = saved(news, id=campaign.id, version=campaign.version)
    assert isinstance(refused, Refusal)
    assert refused.key == "campaign.no.runs"
    news.does(outreach.pause, "HOA", campaign.id)
    paused = news.campaign(campaign.id)
    changed = saved(news, id=campaign.id, version=paused.version, title="Mới")
    assert isinstance(changed, Saved)
    assert (changed.campaign.state, changed.campaign.approver) == (State.DRAFT, None)


def test_who_may_approve_is_asked_with_a_button_that_names_the_version(news: News) -> None:
    draft = news.draft()
    news.does(outreach.propose, "HOA", draft.id)
    letter = next(one for one in news.office.letters("SUP") if "duyệt" in one.text)
    assert "Trần Thị Hoa" in letter.text
    assert "Giữ trẻ an toàn" in letter.text
    tap = letter.buttons[0][0].tap
    assert len(tap.encode()) <= 64
    action, arg = tap.split(":")[1], tap.split(":")[3]
    assert action == deciding.APPROVE
    assert deciding.pressed(arg) == (draft.id, news.campaign(draft.id).version)


def test_a_campaign_with_faults_may_be_kept_but_not_proposed(news: News) -> None:
    draft = news.draft(schedule=Schedule((Once(date(2026, 11, 1)),)))
    refused = news.does(outreach.propose, "HOA", draft.id)
    assert isinstance(refused, Refusal)
    assert refused.key == "campaign.no.faults"
    assert news.campaign(draft.id).state is State.DRAFT


def test_an_audience_of_nobody_hinders(news: News) -> None:
    draft = news.draft(audience=Audience(units=(HERE,), tags=("border",)))
    found = news.store.read(lambda uow: outreach.check(uow, news.tools, draft, news.now))
    assert "audience.empty" in [one.code for one in found]


def test_an_unknown_placeholder_is_not_even_kept(news: News) -> None:
    wrong = saved(news, content=Content({"vi": {EVERY_CHANNEL: "Xin chào\n{comune}!"}}))
    assert isinstance(wrong, Faults)
    (fault,) = wrong.found
    assert (fault.code, fault.field) == ("placeholder.unknown", "texts.vi")
    assert fault.line.values == {"name": "comune", "line": 2, "column": 1, "meant": "commune"}


def test_a_picture_of_40_megabytes_is_named_with_the_channel_and_its_limit(news: News) -> None:
    content = replace(a_campaign().content, picture=Picture("a" * 64, "image/jpeg", 40_000_000))
    draft = news.draft(content=content)
    found = news.store.read(lambda uow: outreach.check(uow, news.tools, draft, news.now))
    told = [news.tools.words.render(one.line, "vi") for one in found if one.code == "picture.large"]
    assert "Tệp 40 MB quá lớn cho Zalo OA, tối đa 1 MB." in told
    assert "Tệp 40 MB quá lớn cho Telegram tuyên truyền, tối đa 10 MB." in told


def test_pause_resume_and_stop(news: News) -> None:
    campaign = news.approved(schedule=Schedule((Lunar(8, 15),)))
    assert isinstance(news.does(outreach.pause, "HOA", campaign.id), Done)
    assert news.campaign(campaign.id).state is State.PAUSED
    assert news.tick(datetime(2027, 9, 15, 2, tzinfo=UTC)) == 0
    assert isinstance(news.does(outreach.resume, "SUP", campaign.id), Done)
    assert news.campaign(campaign.id).next_at == datetime(2028, 10, 3, 1, tzinfo=UTC)
    assert isinstance(news.does(outreach.stop, "HOA", campaign.id), Done)
    assert news.campaign(campaign.id).state is State.STOPPED
    again = news.does(outreach.resume, "SUP", campaign.id)
    assert isinstance(again, Refusal)


def test_last_years_campaign_is_copied_as_a_draft_that_asks_anew(news: News) -> None:
    old = news.draft(code="he-2026", theme_year=2026, schedule=Schedule((Once(date(2026, 12, 1)),)))
    copied = news.store.write(
        lambda uow: outreach.copy(uow, news.tools, news.officer("HOA"), old.id, 2027, news.now)
    )
    assert isinstance(copied, Saved)
    assert (copied.campaign.code, copied.campaign.theme_year) == ("he-2027", 2026)
    assert "theme.old" in [one.code for one in copied.found]
    assert copied.campaign.schedule.rules == (Once(date(2027, 12, 1)),)
    assert copied.campaign.state is State.DRAFT


def test_a_test_goes_to_the_officer_alone(news: News) -> None:
    draft = news.draft()
    assert isinstance(news.does(outreach.send_test, "HOA", draft.id), Done)
    told = news.told("HOA")
    assert "Giữ trẻ an toàn ở Phường An Khánh" in told
    assert news.letters(news.person("mẹ")) == []


def test_a_paused_campaign_that_is_changed_sends_nothing_more_of_the_run_that_was_held(news: News) -> None:
    campaign = news.approved()
    news.tick(datetime(2026, 11, 21, 1, tzinfo=UTC))
    news.does(outreach.pause, "HOA", campaign.id)
    (held,) = news.runs(campaign.id)
    assert held.state is RunState.FREEZING
    paused = news.campaign(campaign.id)
    assert isinstance(saved(news, id=campaign.id, version=paused.version, title="Mới"), Saved)
    (run,) = news.runs(campaign.id)
    assert (run.state, run.ended_at) == (RunState.STOPPED, news.now)
    assert news.store.write(lambda uow: uow.runs.freeze(run.id, Audience(), (3, HOUR), 100, news.now)) == 0


def test_the_only_run_of_a_campaign_is_paused_resumed_and_stopped_while_it_is_sent(news: News) -> None:
    """Nothing follows, so it is done; its letters still wait."""
    campaign = news.approved()
    news.tick(datetime(2026, 11, 21, 1, tzinfo=UTC))
    assert news.campaign(campaign.id).state is State.DONE
    assert isinstance(news.does(outreach.pause, "HOA", campaign.id), Done)
    assert news.campaign(campaign.id).state is State.PAUSED
    assert isinstance(news.does(outreach.resume, "SUP", campaign.id), Done)
    assert news.campaign(campaign.id).state is State.DONE
    assert [run.state for run in news.runs(campaign.id)] == [RunState.FREEZING]
    assert isinstance(news.does(outreach.stop, "HOA", campaign.id), Done)
    assert [run.state for run in news.runs(campaign.id)] == [RunState.STOPPED]
    late = news.does(outreach.pause, "HOA", campaign.id)
    assert isinstance(late, Refusal)
    assert late.key == "campaign.no.not_running"


def test_an_old_letter_leads_where_it_led_while_its_campaign_is_changed(news: News) -> None:
    """Else its author could lead readers to an address that nobody agreed to."""
    texts = {"vi": {EVERY_CHANNEL: "Đọc: {link:a}"}}
    campaign = news.approved(content=Content(texts, links={"a": "https://example.org/a"}))
    news.tick(datetime(2026, 11, 21, 1, tzinfo=UTC))
    (run,) = news.runs(campaign.id)

    def address() -> str | None:
        return news.store.write(lambda uow: outreach.follow(uow, run.id, "a", news.now))

    assert address() == "https://example.org/a"
    news.does(outreach.pause, "HOA", campaign.id)
    paused = news.campaign(campaign.id)
    changed = Content(texts, links={"a": "https://example.org/b"})
    assert isinstance(saved(news, id=campaign.id, version=paused.version, content=changed), Saved)
    assert address() == "https://example.org/a"
    assert "Không tìm thấy" in news.says(news.person("mẹ"), f"TL {run.id} 1 1")


def test_a_run_beside_the_schedule_stays_within_the_officers_area_and_has_its_words(news: News) -> None:
    campaign = news.approved(schedule=Schedule((Lunar(8, 15),)))
    refused = news.does(outreach.run_now, "MINH", campaign.id)
    assert isinstance(refused, Refusal)
    assert refused.key == "campaign.no.area"
    open_brace = replace(campaign, content=Content({"vi": {EVERY_CHANNEL: "Gọi {phone}"}}))
    assert news.store.write(lambda uow: uow.campaigns.save(open_brace))
    refused = news.does(outreach.run_now, "HOA", campaign.id)
    assert isinstance(refused, Refusal)
    assert refused.key == "campaign.fault.no_value"
    assert news.runs(campaign.id) == []


def test_who_may_approve_is_shown_every_text_and_where_the_links_lead(news: News) -> None:
    texts = {
        "vi": {EVERY_CHANNEL: "Cho mọi kênh", NEWS: "Riêng kênh này {link:a}"},
        "en": {EVERY_CHANNEL: "English"},
    }
    draft = news.draft(content=Content(texts, links={"a": "https://example.org/a"}))
    news.does(outreach.propose, "HOA", draft.id)
    asked = next(one.text for one in news.office.letters("SUP") if "duyệt" in one.text)
    for said in ("Cho mọi kênh", "Riêng kênh này", "English", "https://example.org/a"):
        assert said in asked


@pytest.mark.parametrize(
    ("theme_year", "rule", "year"),
    [(2025, Lunar(8, 15), 2026), (2026, Lunar(8, 15), 2027), (None, Lunar(8, 15), 2027),
     (None, Once(date(2025, 6, 1)), 2026), (None, Once(date(2026, 6, 1)), 2027)],
)  # fmt: skip
def test_last_years_campaign_is_copied_for_this_year(
    news: News, theme_year: int | None, rule: Lunar | Once, year: int
) -> None:
    old = replace(a_campaign(), theme_year=theme_year, schedule=Schedule((rule,)))
    assert next_year(old, news.now) == year
