"""Replies that are left: a letter is not tried blindly where none is, neither free nor paid."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.messages import Address, Lane
from bot.ports import Deferred, Delivered, Outcome, Quota, Refused, Scope, Why
from bot.services import reaching
from handlers.zalo_oa.letters.templates import Param, Purpose, Template
from storage.engine import SqlStore
from tests.fakes.zalo_oa import Fault
from tests.handlers.zalo_sending import CS, Desk, a_desk, a_letter, enrolled, short

OWN = "/v3.0/oa/quota/message"
NONE = (Why.QUOTA, Scope.CHAT)
ALERT_CARD = {Purpose.OFFICER_ALERT: Template("t-alert", "", {"ma_vu": Param("{case}")})}


async def sends(desk: Desk, to: Address) -> Outcome:
    """One letter, and what became of it is recorded as the courier does."""
    letter = a_letter(to)
    outcome = await desk.channel.send(letter)
    desk.store.write(lambda uow: reaching.settled(uow, desk.tools, letter, outcome, desk.clock.now))
    return outcome


async def test_when_eight_free_replies_are_gone_and_nothing_was_bought_one_letter_finds_out(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.zalo.quota_left = 0
        to = desk.heard_from("1001")
        assert all([isinstance(await sends(desk, to), Delivered) for _ in range(8)])
        assert [short(await sends(desk, to)) for _ in range(3)] == [NONE] * 3
        assert desk.zalo.calls.count(CS) == 9, "tried blindly"
        desk.clock.forward(seconds=1)
        desk.heard_from("1001")  # another word: eight more
        assert isinstance(await sends(desk, to), Delivered)


async def test_what_one_conversation_found_out_holds_for_all_whose_free_time_is_over(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.zalo.quota_left = 0
        late, later, fresh = desk.heard_from("1", days=3), desk.heard_from("2", days=3), desk.heard_from("3")
        assert [short(await sends(desk, one)) for one in (late, later)] == [NONE, NONE]
        assert desk.zalo.calls.count(CS) == 1
        assert isinstance(await sends(desk, fresh), Delivered)


async def test_after_an_hour_one_letter_tries_again_for_the_office_may_have_bought_more(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.zalo.quota_left = 0
        to = desk.heard_from("1001", days=3)
        await sends(desk, to)
        assert desk.contact(to).held_at is not None
        desk.zalo.quota_left = 2
        desk.clock.forward(minutes=59)
        assert short(await sends(desk, to)) == NONE
        desk.clock.forward(minutes=1)
        assert isinstance(await sends(desk, to), Delivered)
        assert desk.contact(to).held_at is None


async def test_when_the_last_paid_message_is_gone_zalo_is_asked_whether_another_quota_is_left(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.zalo.quota_left = 1
        to = desk.heard_from("1001", days=3)
        assert isinstance(await sends(desk, to), Delivered)
        assert desk.store.read(lambda uow: uow.contacts.quota(to.channel, to.account)) == Quota(
            0, desk.clock.now, "purchase_quota"
        )
        assert [short(await sends(desk, to)) for _ in range(2)] == [NONE, NONE]
        assert (desk.zalo.calls.count(CS), desk.zalo.calls.count(OWN)) == (1, 3)


async def test_another_quota_pays_at_once(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", days=3)
        gone = Quota(0, desk.clock.now, "sub_quota")
        desk.store.write(lambda uow: uow.contacts.told_quota(to.channel, to.account, gone))
        assert isinstance(await sends(desk, to), Delivered)


@pytest.mark.parametrize(("message", "status"), [("", 500), ("OA must upgrade", 0)])
async def test_where_zalo_says_nothing_of_its_quotas_a_letter_is_worth_a_try(
    sqlite_store: SqlStore, message: str, status: int
) -> None:
    async with a_desk(sqlite_store) as desk:
        to = desk.heard_from("1001", days=3)
        gone = Quota(0, desk.clock.now, "sub_quota")
        desk.store.write(lambda uow: uow.contacts.told_quota(to.channel, to.account, gone))
        desk.zalo.fails(Fault(OWN, code=0 if status else -224, message=message, status=status))
        assert isinstance(await sends(desk, to), Delivered)


async def test_what_one_person_may_get_does_not_hold_up_the_others(sqlite_store: SqlStore) -> None:
    async with a_desk(sqlite_store) as desk:
        full, other = desk.heard_from("1001"), desk.heard_from("1002", days=3)
        desk.zalo.fails(Fault(CS, "1001", code=-218, message="Out of quota receive"))
        assert [short(await sends(desk, full)) for _ in range(2)] == [NONE, NONE]
        assert desk.zalo.calls.count(CS) == 1
        assert isinstance(await sends(desk, other), Delivered)


async def test_an_alert_goes_by_template_where_no_reply_is_left_else_its_ladder_climbs(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store, templates=ALERT_CARD) as desk:
        desk.zalo.quota_left = 0
        desk.zalo.templates = {"t-alert": "transaction"}
        to = desk.heard_from("2001", days=3)
        enrolled(desk.store, to, desk.clock.now)
        card = a_letter(to, "Vụ 7", lane=Lane.ALERT, alert=1, case=7)
        refused_then_known = [await desk.channel.send(replace(card, id=card.id + n)) for n in (1, 2)]
        assert [one.spent[0].kind for one in refused_then_known] == ["template_uid"] * 2
        assert desk.zalo.calls.count(CS) == 1
        del desk.zalo.templates["t-alert"]
        assert await desk.channel.send(card) == Refused(Why.QUOTA)
        desk.clock.forward(minutes=2)  # the office may have bought more: an alert tries sooner than a letter
        assert await desk.channel.send(card) == Refused(Why.QUOTA)
        assert desk.zalo.calls.count(CS) == 2
        assert await desk.channel.send(a_letter(to)) == Refused(Why.QUOTA)


async def test_a_campaigns_letter_waits_for_quota_and_does_not_turn_into_a_template(
    sqlite_store: SqlStore,
) -> None:
    async with a_desk(sqlite_store) as desk:
        desk.zalo.quota_left = 0
        to = desk.heard_from("1001", days=3)
        sent = [await desk.channel.send(a_letter(to, lane=Lane.CAMPAIGN)) for _ in range(2)]
        assert sent == [Deferred(timedelta(hours=1), Scope.CHAT, Why.QUOTA)] * 2
        assert desk.zalo.calls.count(CS) == 1
