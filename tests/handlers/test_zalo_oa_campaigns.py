"""A campaign's letter to somebody who has not written for long: by an approved template, or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.campaigns.campaign import Content
from bot.domain.campaigns.subscribers import LetterState, RunState, Subscriber
from bot.domain.campaigns.templates import Param, Tag, Template
from bot.domain.messages import Address, Approved, Gap, Lane, Letter
from bot.ports import Deferred, Delivered, Refused, UnitOfWork, Why
from bot.services.outreach.ticking import write_texts
from handlers.courier import Courier
from handlers.freezer import Freezer
from handlers.gate import Gate
from handlers.zalo_oa.traits import NAME
from storage.engine import SqlStore
from tests.handlers.office import eventually, running
from tests.handlers.zalo_sending import CS, a_desk, a_letter
from tests.storage.outreach import a_campaign, the_run

TEMPLATE = "/v3.0/oa/message/template"
PROMOTION = Approved("t-news", {"noi": Gap("xã Ea Kao", 30)}, promotional=True)
CARE = Approved("t-care", {"noi": Gap("xã Ea Kao", 30)})
NAMES = {"t-news": "promotion", "t-care": "customer care"}


def of_a_run(to: Address, approved: Approved | None, *, outside: bool = True) -> Letter:
    return a_letter(to, lane=Lane.CAMPAIGN, run=1, approved=approved, outside=outside)


async def test_outside_the_window_the_template_goes_at_once_and_is_counted(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.zalo.templates = NAMES
        to = desk.heard_from("1001", days=8)
        sent = await desk.channel.send(of_a_run(to, PROMOTION))
        assert isinstance(sent, Delivered)
        assert [one.kind for one in sent.spent] == ["template_uid"]
        assert sent.tracked
        (letter,) = desk.zalo.people["1001"].letters
        assert (letter.template, letter.data) == ("t-news", {"noi": "xã Ea Kao"})
        asked = [path for path in desk.zalo.calls if "access_token" not in path]
        assert asked == [TEMPLATE], "nothing else was asked or tried"


async def test_inside_the_window_free_text_goes_although_there_is_a_template(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.zalo.templates = NAMES
        to = desk.heard_from("1001")
        assert isinstance(await desk.channel.send(of_a_run(to, CARE, outside=False)), Delivered)
        assert (desk.zalo.calls.count(CS), desk.zalo.calls.count(TEMPLATE)) == (1, 0)


async def test_where_zalo_says_that_the_window_has_closed_the_template_goes(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.zalo.templates = NAMES
        to = desk.heard_from("1001")
        desk.zalo.people["1001"].interacts(desk.clock.now - timedelta(days=9))
        sent = await desk.channel.send(of_a_run(to, CARE, outside=False))
        assert isinstance(sent, Delivered)
        assert [one.template for one in desk.zalo.people["1001"].letters] == ["t-care"]


@pytest.mark.parametrize(("approved", "goes"), [(PROMOTION, False), (CARE, True)])
async def test_at_night_only_what_is_no_advertising_goes(
    sqlite_store: SqlStore, approved: Approved, goes: bool
) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.zalo.templates = NAMES
        to = desk.heard_from("1001", days=8)
        desk.clock.forward(hours=13)  # 23:00
        sent = await desk.channel.send(of_a_run(to, approved))
        assert isinstance(sent, Delivered if goes else Deferred)
        assert isinstance(sent, Delivered) or (sent.why, sent.wait) == (Why.NIGHT, timedelta(hours=7))


async def test_a_template_that_zalo_does_not_know_is_refused_and_somebody_is_told(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", days=8)
        assert await desk.channel.send(of_a_run(to, CARE)) == Refused(Why.CONTENT)
        assert desk.alarms() == ["zalo_oa.template.campaign"]


async def test_without_a_template_nothing_is_tried(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", days=8)
        assert await desk.channel.send(of_a_run(to, None)) == Refused(Why.WINDOW)
        assert TEMPLATE not in desk.zalo.calls


async def test_a_run_reaches_people_inside_and_outside_the_window_and_its_costs_are_booked(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.zalo.templates = {"412345": "promotion"}
        people = [desk.heard_from("1001"), desk.heard_from("1002", days=3), desk.heard_from("1003", days=9)]
        template = Template("412345", {"noi": Param("{commune}")}, Tag.PROMOTION)
        content = Content({"vi": {"": "Giữ trẻ an toàn ở {commune}."}}, templates={NAME: template})

        def begun(uow: UnitOfWork) -> int:
            for one in people:
                uow.subscribers.put(Subscriber(0, one, unit="24169", province="66"), desk.clock.now)
            campaign = replace(a_campaign(), content=content)
            run = uow.runs.begin(
                uow.campaigns.add(campaign), desk.clock.now, RunState.FREEZING, desk.clock.now
            )
            assert run is not None
            write_texts(uow, desk.tools, campaign, run, desk.clock.now)
            return run

        run = desk.store.write(begun)
        gate = Gate(desk.store, desk.tools, desk.clock)
        async with running(Courier(gate, [desk.channel]), Freezer(gate)):
            await eventually(lambda: the_run(desk.store, run).state is RunState.DONE)
        gate.close()
        assert the_run(desk.store, run).counts == {LetterState.SENT: 3}
        letters = [desk.zalo.people[person].letters for person in ("1001", "1002", "1003")]
        assert [[bool(one.template) for one in sent] for sent in letters] == [[False], [False], [True]]
        assert letters[2][0].data == {"noi": desk.tools.unit_name("24169")}
        spent = desk.store.read(lambda uow: uow.contacts.cost_of_campaign(the_run(desk.store, run).campaign))
        assert spent == {"cs:reply": 1, "cs:purchase_quota": 1, "template_uid": 1}
