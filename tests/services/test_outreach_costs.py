"""A campaign with a template for people outside the reply window: what is written, whom it reaches, what it costs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.campaigns.campaign import EVERY_CHANNEL, Audience, Campaign, Content
from bot.domain.campaigns.subscribers import Reach
from bot.domain.campaigns.templates import Param, ParamKind, Template
from bot.domain.messages import Address, Approved, Gap, Line
from bot.ports import Spent
from bot.services import outreach
from bot.services.outreach import costs, surfaces
from bot.services.tools import Prices
from storage.engine import SqlStore
from tests.services.outreach import MORNING, NEWS, ZALO, News, a_campaign, open_news
from tests.services.people import ELSEWHERE, HERE, HOME

DAY, WEEK, FREE = timedelta(days=1), timedelta(days=7), timedelta(days=2)
TEMPLATE = Template("412345", {"noi": Param("{commune}"), "co_quan": Param("{office}", ParamKind.ADDRESS)})
CONTENT = Content({"vi": {EVERY_CHANNEL: "Giữ trẻ an toàn."}}, templates={ZALO: TEMPLATE})


@pytest.fixture
def news(store: SqlStore) -> News:
    return open_news(store)


def people(news: News) -> list[Address]:
    """Just written, three days ago, nine days ago; and one on a channel without a window."""
    found = [news.person(name, ZALO) for name in ("an", "binh", "chi")]
    for one, ago in zip(found, (DAY / 2, 3 * DAY, 9 * DAY), strict=True):
        news.store.write(lambda uow, one=one, ago=ago: uow.contacts.touched(one, news.now - ago, WEEK, FREE))
    news.subscribes(*found, news.person("dung", NEWS))
    return found


def reach_of(news: News, campaign: Campaign) -> Reach:
    return news.store.read(lambda uow: outreach.reach(uow, news.tools, campaign, news.now))


def test_a_run_keeps_the_template_once_and_each_letter_has_its_readers_commune(news: News) -> None:
    people(news)
    campaign = news.approved(content=CONTENT)
    news.tick(MORNING + DAY)
    (run,) = news.runs(campaign.id)
    audience = (campaign.audience, (9, WEEK), 100, news.now)
    while news.store.write(lambda uow: uow.runs.freeze(run.id, *audience)):
        pass
    letters = news.store.write(lambda uow: uow.runs.claim(ZALO, "main", 10, news.now, DAY))
    assert [one.outside for one in letters] == [False, False, True]
    office = news.store.read(lambda uow: uow.office.roster().name)
    assert surfaces.own_gaps(news.tools, letters[-1]) == Approved(
        "412345", {"noi": Gap(news.tools.unit_name(HERE), 30), "co_quan": Gap(office, 200)}
    )
    (other,) = news.store.write(lambda uow: uow.runs.claim(NEWS, "main", 10, news.now, DAY))
    assert (other.approved, other.outside) == (None, False)


def test_reach_counts_people_outside_the_window_where_there_is_a_template(news: News) -> None:
    people(news)
    without = reach_of(news, news.draft(code="khong"))
    with_one = reach_of(news, news.draft(content=CONTENT))
    assert (without.by_channel, without.by_template) == ({NEWS: 1, ZALO: 2}, {})
    assert (with_one.by_channel, with_one.by_template, with_one.paid) == (
        {NEWS: 1, ZALO: 3},
        {ZALO: 1},
        {ZALO: 1},
    )


@pytest.mark.parametrize(
    ("prices", "money"),
    [
        (Prices(), None),
        (Prices(template=300), None),
        (Prices(letter=55), None),
        (Prices(300, 55), 2 * 300 + 3 * 55),
        (Prices(0, 0), 0),
    ],
)
def test_money_is_shown_only_where_the_office_set_every_price(
    news: News, prices: Prices, money: int | None
) -> None:
    tools = replace(news.tools, prices=prices)
    found = costs.expected(Reach(9, {ZALO: 9}, {}, {}, {ZALO: 2}, {ZALO: 3}), tools)
    assert found == costs.Costs(2, 3, money)
    assert found.line.key == ("campaign.cost.counted" if money is None else "campaign.cost.money")


def test_money_is_written_as_people_here_write_it(news: News) -> None:
    assert costs.Costs(5000, 0, 1_500_000).line == Line(
        "campaign.cost.money", {"templates": 5000, "paid": 0, "money": "1.500.000"}
    )
    assert costs.expected(Reach(1, {NEWS: 1}, {}, {}), news.tools).money is None


def test_what_was_booked_is_counted_in_the_results(news: News) -> None:
    (an, *_) = people(news)
    campaign = news.draft(content=CONTENT)
    spent = (Spent("template_uid"), Spent("cs", "reply"), Spent("cs", "purchase_quota"), Spent("cs"))
    news.store.write(lambda uow: uow.contacts.spent(an, spent, news.now, campaign=campaign.id))
    found = news.store.read(lambda uow: outreach.results(uow, campaign.id, news.now))
    assert found is not None
    tools = replace(news.tools, prices=Prices(300, 55))
    assert costs.booked(found.spent, tools) == costs.Costs(1, 1, 355, free=2)


def test_a_template_whose_value_is_gone_holds_the_run_up(news: News) -> None:
    people(news)
    template = replace(TEMPLATE, params={"so": Param("{phone}", ParamKind.CODE)})
    content = replace(CONTENT, templates={ZALO: template})
    roster = news.store.read(lambda uow: uow.office.roster())
    numbers = {**roster.numbers, "office": "0262 3 000 111"}
    news.store.write(lambda uow: uow.office.replace(replace(roster, numbers=numbers)))
    campaign = news.approved(content=content)
    bare = {name: number for name, number in numbers.items() if name != "office"}
    news.store.write(lambda uow: uow.office.replace(replace(roster, numbers=bare)))
    news.tick(MORNING + DAY)
    assert news.runs(campaign.id) == []
    assert "phone" in news.told("HOA")


def test_a_gap_must_hold_the_longest_name_of_the_communes_that_it_is_for(news: News) -> None:
    names = {HERE: "Xã Ngắn, Tỉnh A", ELSEWHERE: "Xã Có Một Cái Tên Dài Hơn Hẳn, Tỉnh B", HOME: "Tỉnh A"}
    tools = replace(news.tools, unit_name=names.__getitem__, units=frozenset(names))

    def faults(*units: str) -> set[str]:
        campaign = replace(a_campaign(), content=CONTENT, audience=Audience(units=units))
        found = news.store.read(lambda uow: outreach.check(uow, tools, campaign, news.now))
        return {one.code for one in found if one.field.startswith("templates")}

    assert faults(HERE) == faults(HOME) == set()
    assert faults() == faults(ELSEWHERE) == {"template.too_long"}
