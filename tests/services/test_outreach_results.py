"""What came back from a campaign, and what was reported around it with small numbers hidden."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from types import SimpleNamespace

import pytest

from bot.commands.campaigns.following import follow
from bot.domain.campaigns import around
from bot.domain.campaigns.campaign import EVERY_CHANNEL, Audience, Content
from bot.domain.campaigns.subscribers import LetterState, RunState, Skipped
from bot.ports import Delivered, Refused, Settled, UnitOfWork, Why
from bot.ports.outreach import RunLetter
from bot.services import outreach
from bot.services.outreach import Faults, Notice, Refusal, Saved
from bot.services.outreach.results import look
from bot.services.outreach.surfaces import own_words
from storage.engine import SqlStore
from tests.services.outreach import NEWS, News, open_news
from tests.services.people import ELSEWHERE, HERE

EIGHT = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def news(store: SqlStore) -> News:
    return open_news(store)


def sent(news: News, id_: int) -> int:
    """The newest run, frozen and sent: every third person has blocked us."""
    run = news.runs(id_)[0]
    campaign = news.campaign(id_)
    cap = (3, timedelta(days=7))
    while news.store.write(lambda uow: uow.runs.freeze(run.id, campaign.audience, cap, 100, news.now)):
        pass

    def work(uow: UnitOfWork) -> None:
        letters = uow.runs.claim(NEWS, "main", 100, news.now, MINUTE)
        outcomes = [Refused(Why.BLOCKED) if at % 3 == 2 else Delivered("1") for at in range(len(letters))]
        settled = [Settled(letter.id, what) for letter, what in zip(letters, outcomes, strict=True)]
        uow.runs.settle(settled, news.now)

    news.store.write(work)
    return run.id


def test_reach_clicks_opt_outs_and_why_some_got_nothing(news: News) -> None:
    people = [news.person(str(n)) for n in range(6)]
    news.subscribes(*people)
    news.subscribes(news.person("im"), unsafe=True)
    content = Content({"vi": {EVERY_CHANNEL: "Đọc thêm: {link:a}"}}, links={"a": "https://example.org/a"})
    campaign = news.approved(content=content)
    news.tick(EIGHT)
    run = sent(news, campaign.id)
    address = news.store.write(lambda uow: outreach.follow(uow, run, "a", news.now))
    nothing = news.store.write(lambda uow: outreach.follow(uow, run, "b", news.now))
    news.now = EIGHT + MINUTE
    news.says(people[0], "dừng")
    found = news.store.read(lambda uow: outreach.results(uow, campaign.id, EIGHT + timedelta(days=1)))
    assert found is not None
    assert (address, nothing) == ("https://example.org/a", None)
    assert (found.reached, found.letters[LetterState.REFUSED]) == (4, 2)
    assert found.reasons == {"blocked": 2, "no_consent": 1}
    assert (found.clicks, found.opt_outs) == ({"a": 1}, 1)


def test_progress_tells_how_far_a_run_is(news: News) -> None:
    news.subscribes(*(news.person(str(n)) for n in range(6)))
    campaign = news.approved()
    news.tick(EIGHT)
    run = sent(news, campaign.id)
    found = news.store.read(lambda uow: outreach.progress(uow, run, EIGHT + timedelta(seconds=2)))
    assert found is not None
    assert (found.whole, found.done, found.sent, found.failed, found.waiting) == (6, 6, 4, 2, 0)
    assert found.per_second == pytest.approx(2.0)
    assert found.over
    assert found.run.state is RunState.SENDING


def test_reports_of_four_weeks_before_and_after_for_the_communes_it_was_for(news: News) -> None:
    news.subscribes(news.person())
    for unit, at, count in ((HERE, -3, 6), (HERE, 3, 9), (ELSEWHERE, 3, 7), (HERE, -40, 5)):
        for _ in range(count):
            news.office.report(unit=unit, opened_at=EIGHT + timedelta(days=at))
    campaign = news.approved()
    news.tick(EIGHT)
    sent(news, campaign.id)
    found = news.store.read(lambda uow: outreach.results(uow, campaign.id, EIGHT + timedelta(days=10)))
    assert found is not None
    assert found.around is not None
    pair = found.around.by_unit[HERE]
    assert (pair.before.value, pair.after.value) == (6, 9)
    assert ELSEWHERE not in found.around.by_unit
    assert not found.around.whole


def test_an_officer_sees_reports_of_the_own_communes_and_every_look_is_in_the_ledger(news: News) -> None:
    news.subscribes(news.person())
    campaign = news.draft(audience=Audience(units=(HERE,)))
    for unit, count in ((HERE, 6), (ELSEWHERE, 7)):
        for _ in range(count):
            news.office.report(unit=unit, opened_at=EIGHT + timedelta(days=1))
    wide = replace(campaign, audience=Audience(units=(HERE, ELSEWHERE)))
    news.store.write(lambda uow: uow.campaigns.save(wide))
    news.store.write(lambda uow: uow.runs.begin(campaign.id, EIGHT, RunState.FREEZING, EIGHT))
    ran(news, campaign.id)
    assert seen(news, "SUP", campaign.id) == {HERE: 6, ELSEWHERE: 7}
    assert seen(news, "HOA", campaign.id) == {HERE: 6}
    ledger = news.store.read(lambda uow: uow.ledger.of(f"campaign:{campaign.id}"))
    assert [row.action for row in ledger].count("campaign.results_looked") == 2


def ran(news: News, id_: int) -> None:
    def work(uow: UnitOfWork) -> None:
        run = uow.runs.of(id_)[0].id
        uow.runs.text(run, "vi", NEWS, "Chào")
        uow.runs.freeze(run, Audience(), (3, timedelta(days=7)), 10, EIGHT)

    news.store.write(work)


def seen(news: News, code: str, id_: int) -> dict[str, int | None]:
    later, officer = EIGHT + timedelta(days=10), news.officer(code)
    found = news.store.write(lambda uow: look(uow, officer, id_, later))
    assert not isinstance(found, Refusal)
    assert found.around is not None
    return {unit: pair.after.value for unit, pair in found.around.by_unit.items()}


@pytest.mark.parametrize(("unsafe", "told"), [(0, None), (1, None), (4, None), (5, 5)])
def test_a_few_to_whom_writing_is_not_safe_look_like_those_who_stopped(
    news: News, unsafe: int, told: int | None
) -> None:
    people = [news.person(str(n)) for n in range(8)]
    news.subscribes(*people[unsafe:])
    news.subscribes(*people[:unsafe], unsafe=True)
    campaign = news.approved()
    reach = news.store.read(lambda uow: outreach.reach(uow, news.tools, campaign, news.now))
    assert (reach.left_out.get(Skipped.UNSAFE), sum(reach.left_out.values())) == (told, unsafe)
    news.tick(EIGHT)
    run = sent(news, campaign.id)
    progress = news.store.read(lambda uow: outreach.progress(uow, run, EIGHT))
    results = news.store.read(lambda uow: outreach.results(uow, campaign.id, EIGHT))
    assert progress is not None
    assert results is not None
    for reasons in (progress.reasons, results.reasons):
        assert reasons.get("unsafe") == told
        assert reasons.get("no_consent", 0) == (unsafe if told is None else 0)


ROWS = [("24163", "violence", 7), ("24163", "neglect", 3), ("24169", "violence", 2), ("24169", "labour", 20)]
TIMES = around.span(EIGHT, EIGHT, EIGHT + timedelta(days=30))


def test_small_numbers_are_hidden_and_no_sum_gives_them_away() -> None:
    """neglect (3) alone would be the total less the other kinds: labour (20) is hidden with it."""
    found = around.compare(ROWS, [], TIMES, lambda _: True)
    before = {kind: pair.before.value for kind, pair in found.by_kind.items()}
    assert before == {"neglect": None, "violence": 9, "labour": None}
    assert {unit: pair.before.value for unit, pair in found.by_unit.items()} == {"24163": 10, "24169": 22}
    assert (found.total.before.value, found.total.after.value) == (32, 0)
    assert str(found.by_kind["neglect"].before) == "…"
    assert found.whole


def test_two_small_numbers_hide_each_other() -> None:
    rows = [("24163", "neglect", 3), ("24163", "labour", 2), ("24163", "violence", 9)]
    found = around.compare(rows, [], TIMES, lambda _: True)
    assert found.by_kind["violence"].before.value == 9
    assert found.by_kind["neglect"].before.value is None
    assert found.total.before.value == 14


def test_whoever_knows_the_rules_cannot_tell_a_hidden_number_from_what_is_shown() -> None:
    """Every possible month of two communes and two kinds: what looks alike on the page differs in each small sum."""
    cells = [("24163", "labour"), ("24163", "neglect"), ("24169", "neglect")]
    alike: defaultdict[str, list[Counter[str]]] = defaultdict(list)
    for numbers in product(range(12), repeat=len(cells)):
        if sum(numbers) < 12:  # of larger sums this range does not hold every month
            rows = [(*cell, number) for cell, number in zip(cells, numbers, strict=True) if number]
            seen = around.compare(rows, [], TIMES, lambda _: True)
            sums = Counter(
                {
                    name: sum(r[2] for r in rows if name in r[:2])
                    for name in ("24163", "24169", "labour", "neglect")
                }
            )
            alike[str((seen.by_kind, seen.by_unit, seen.total))].append(sums)
    assert len(alike) > 20
    for months in alike.values():
        told = {name for name in months[0] if len({month[name] for month in months}) == 1}
        assert not [name for name in told if 0 < months[0][name] < around.SMALL], months[0]


def test_two_ones_are_not_told_by_their_sum() -> None:
    rows = [("24163", "neglect", 1), ("24163", "labour", 1), ("24163", "violence", 9)]
    found = around.compare(rows, [], TIMES, lambda _: True)
    assert {pair.before.value for pair in found.by_kind.values()} == {None}


def test_a_campaign_of_years_counts_all_its_runs(news: News) -> None:
    news.subscribes(news.person())
    campaign = news.approved()

    def work(uow: UnitOfWork) -> None:
        for day in range(60):
            run = uow.runs.begin(campaign.id, EIGHT + timedelta(days=day), RunState.SENDING, news.now)
            assert run is not None
            uow.replies.clicked(run, "a", EIGHT.date())

    news.store.write(work)
    found = news.store.read(lambda uow: outreach.results(uow, campaign.id, EIGHT + timedelta(days=90)))
    assert found is not None
    assert len(found.runs) == 60


def test_nothing_is_a_number_that_may_be_shown() -> None:
    assert around.shown(0).value == 0
    assert [around.shown(n).value for n in (1, 4, 5)] == [None, None, 5]


def test_a_letter_names_each_readers_own_commune(news: News) -> None:
    letter = RunLetter(1, 1, 1, 1, news.person(), "vi", HERE, "Ở {commune} có ao")
    nowhere = RunLetter(1, 1, 1, 1, news.person(), "vi", None, "Ở {commune} có ao")
    assert own_words(news.tools, letter) == "Ở Phường An Khánh có ao"
    assert own_words(news.tools, nowhere) == "Ở địa phương bạn có ao"


# --- urgent notices ---------------------------------------------------------------------------------------

FLOOD = Notice("Lũ lên nhanh", {"vi": "Nước sông đang lên. Đưa trẻ lên chỗ cao."}, Audience(units=(HERE,)))
NIGHT = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)
"""23:00 in Vietnam."""


def test_an_urgent_notice_rings_whoever_may_agree_and_runs_at_once_even_at_night(news: News) -> None:
    news.subscribes(news.person())
    news.now = news.office.now = NIGHT
    saved = news.store.write(
        lambda uow: outreach.urgent_notice(uow, news.tools, news.officer("HOA"), FLOOD, news.now)
    )
    assert isinstance(saved, Saved)
    (letter,) = news.alerts("TRUC")
    assert "KHẨN" in letter.text
    assert "Nước sông" in letter.text
    assert letter.buttons[0][0].text == "Duyệt"
    news.now = news.office.now = NIGHT + timedelta(minutes=3)
    approved = news.does(outreach.approve, "TRUC", saved.campaign.id, version=saved.campaign.version)
    assert isinstance(approved, outreach.Done), approved
    assert news.tick() == 1
    sent(news, saved.campaign.id)
    found = news.store.read(lambda uow: outreach.results(uow, saved.campaign.id, news.now))
    assert found is not None
    assert found.reached == 1


def test_who_writes_an_urgent_notice_cannot_send_it_alone(news: News) -> None:
    news.subscribes(news.person())
    saved = news.store.write(
        lambda uow: outreach.urgent_notice(uow, news.tools, news.officer("TRUC"), FLOOD, news.now)
    )
    assert isinstance(saved, Saved)
    refused = news.does(outreach.approve, "TRUC", saved.campaign.id)
    assert isinstance(refused, outreach.Refusal)
    assert refused.key == "campaign.no.author"


def test_an_urgent_notice_with_a_fault_is_refused_with_it(news: News) -> None:
    notice = Notice("Lũ", {"vi": "Gọi {sdt}"}, Audience(units=(HERE,)))
    refused = news.store.write(
        lambda uow: outreach.urgent_notice(uow, news.tools, news.officer("HOA"), notice, news.now)
    )
    assert isinstance(refused, Faults)
    assert "placeholder.unknown" in [one.code for one in refused.found]


# --- the live bar -----------------------------------------------------------------------------------------


def test_a_run_is_followed_until_its_last_letter(news: News, capsys: pytest.CaptureFixture[str]) -> None:
    news.subscribes(*(news.person(str(n)) for n in range(6)))
    campaign = news.approved()
    news.tick(EIGHT)
    waited: list[float] = []

    def wait(seconds: float) -> None:
        waited.append(seconds)
        news.now += timedelta(seconds=seconds)
        sent(news, campaign.id)

    office = SimpleNamespace(store=news.store, tools=news.tools)
    assert follow(office, campaign.id, wait=wait, now=lambda: news.now)
    told = capsys.readouterr().out.splitlines()
    assert len(waited) == 1
    assert "lập danh sách" in told[0]
    assert "100% · 6/6" in told[-1]
    assert "lỗi 2 (đã chặn tài khoản của cơ quan: 2)" in told[-1]


def test_where_nothing_ran_there_is_nothing_to_follow(news: News) -> None:
    campaign = news.draft()
    assert not follow(SimpleNamespace(store=news.store, tools=news.tools), campaign.id)
