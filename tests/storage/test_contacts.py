"""The way to each person: windows that run from the last word, letters that wait, costs, tokens, alarms."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import CaseId
from bot.domain.messages import Address, Lane
from bot.ports import Deferred, Quota, Scope, Settled, Spent, TokenPair, UnitOfWork, Why
from storage.engine import SqlStore
from storage.upkeep import tidy
from tests.storage.people import MINUTE, NOW, a_roster, letter

AN = Address("zalo_oa", "4200", "246845883529197922")
HOA = Address("zalo_oa", "4200", "246845883529197923")
WEEK, FREE = timedelta(days=7), timedelta(hours=48)
HOUR = timedelta(hours=1)


def touch(store: SqlStore, person: Address = AN, **ago: float) -> bool:
    at = NOW - timedelta(**ago)
    return store.write(lambda uow: uow.contacts.touched(person, at, WEEK, FREE))


def test_nobody_is_known_before_they_have_spoken(store: SqlStore) -> None:
    assert store.read(lambda uow: uow.contacts.get(AN)) is None


def test_windows_run_from_the_last_word_and_never_backwards(store: SqlStore) -> None:
    touch(store, hours=1)
    touch(store, hours=30)  # an older event that came late
    found = store.read(lambda uow: uow.contacts.get(AN))
    assert found is not None
    assert (found.address, found.heard_at) == (AN, NOW - HOUR)
    assert found.free_until == NOW + 47 * HOUR
    assert found.window_until == NOW + WEEK - HOUR
    assert found.is_free(NOW + 46 * HOUR)
    assert not found.is_free(NOW + 47 * HOUR)
    assert found.is_open(NOW + WEEK - 2 * HOUR)
    assert not found.is_open(NOW + WEEK - HOUR)


def test_a_word_ends_that_they_blocked_us_and_that_a_letter_waits(store: SqlStore) -> None:
    touch(store, hours=9)
    store.write(lambda uow: uow.contacts.blocked(AN, NOW))
    assert [store.write(lambda uow: uow.contacts.held(AN, NOW)) for _ in range(2)] == [True, False]
    found = store.read(lambda uow: uow.contacts.get(AN))
    assert found is not None
    assert (found.blocked, found.held_at, found.is_open(NOW)) == (True, NOW, False)
    assert touch(store)
    assert not touch(store)
    found = store.read(lambda uow: uow.contacts.get(AN))
    assert found is not None
    assert (found.blocked, found.held_at, found.reachable(NOW)) == (False, None, True)


def test_what_the_platform_says_of_the_window_and_of_replies_is_kept(store: SqlStore) -> None:
    touch(store, hours=1)
    store.write(lambda uow: uow.contacts.told(AN, NOW, remain=3, total=8))
    store.write(lambda uow: uow.contacts.spent(AN, (Spent("cs", "reply", 2, 8), Spent("cs")), NOW))
    store.write(lambda uow: uow.contacts.closed(AN, NOW))
    found = store.read(lambda uow: uow.contacts.get(AN))
    assert found is not None
    assert (found.remain, found.total, found.asked_at, found.is_open(NOW)) == (2, 8, NOW, False)


def test_a_human_steps_in_and_the_bot_is_called_back(store: SqlStore) -> None:
    back = [store.write(lambda uow: uow.contacts.stepped_back(AN, NOW)) for _ in range(2)]
    called = [store.write(lambda uow: uow.contacts.called_back(AN)) for _ in range(2)]
    assert (back, called) == ([True, False], [True, False])


def test_only_enrolled_officers_whose_window_is_about_to_close_are_reminded_once(store: SqlStore) -> None:
    store.write(lambda uow: uow.office.replace(a_roster()))
    store.write(lambda uow: uow.office.enrol(1, HOA, NOW))
    for person in (AN, HOA):
        touch(store, person, days=6, hours=1)

    def closing(uow: UnitOfWork) -> list[Address]:
        return [c.address for c in uow.contacts.closing("zalo_oa", NOW, timedelta(hours=24), 9)]

    assert store.read(closing) == [HOA]
    store.write(lambda uow: uow.contacts.reminded(HOA, NOW))
    assert store.read(closing) == []
    touch(store, HOA, days=6)
    assert store.read(closing) == []  # reminded after that word
    store.write(lambda uow: uow.contacts.closed(HOA, NOW))
    assert store.read(closing) == []


def test_costs_are_counted_by_case_person_campaign_and_month(store: SqlStore) -> None:
    spent = (Spent("cs", "reply"), Spent("cs", "purchase_quota"), Spent("template_uid"))
    store.write(lambda uow: uow.contacts.spent(AN, spent, NOW, case=CaseId(7), letter=1))
    store.write(lambda uow: uow.contacts.spent(AN, spent[:1], NOW - 40 * timedelta(days=1), campaign=3))
    store.write(lambda uow: uow.contacts.spent(HOA, spent[:1], NOW, case=CaseId(7)))

    def counted(uow: UnitOfWork) -> list[object]:
        return [
            uow.contacts.cost_of_case(CaseId(7)),
            uow.contacts.cost_of_person(AN),
            uow.contacts.cost_of_campaign(3),
            uow.contacts.cost_since("zalo_oa", NOW - 30 * timedelta(days=1)),
            uow.contacts.cost_since("zalo_bot", NOW - 90 * timedelta(days=1)),
        ]

    month = {"cs:reply": 2, "cs:purchase_quota": 1, "template_uid": 1}
    assert store.read(counted) == [month, month, {"cs:reply": 1}, month, {}]


def test_who_withdraws_is_forgotten_and_numbers_stay(store: SqlStore) -> None:
    touch(store)
    store.write(lambda uow: uow.contacts.spent(AN, (Spent("cs"),), NOW))
    store.write(lambda uow: uow.contacts.forget(AN))
    assert store.read(lambda uow: uow.contacts.get(AN)) is None
    assert store.read(lambda uow: uow.contacts.cost_since("zalo_oa", NOW)) == {"cs": 1}


def test_counts_say_how_many_can_be_written_to(store: SqlStore) -> None:
    touch(store, hours=1)
    touch(store, HOA, days=3)
    store.write(lambda uow: uow.contacts.held(HOA, NOW))
    store.write(lambda uow: uow.contacts.stepped_back(HOA, NOW))
    blocked = replace(AN, person="9")
    touch(store, blocked)
    store.write(lambda uow: uow.contacts.blocked(blocked, NOW))
    store.write(lambda uow: uow.contacts.told(AN, NOW, remain=0, total=8))
    store.write(lambda uow: uow.contacts.told(HOA, NOW, remain=5, total=8))
    found = store.read(lambda uow: uow.contacts.counts("zalo_oa", NOW))
    assert (found.known, found.open, found.free, found.blocked, found.held, found.stepped_back) == (
        *(3, 2, 1, 1, 1, 1),
    )
    assert (found.replies, found.used_up) == (0, 1)  # what is left past the free time is left for nothing


def test_free_replies_are_counted_with_the_person_and_bought_ones_with_the_account(store: SqlStore) -> None:
    touch(store)
    spent = (
        Spent("cs", "reply", 4, 8),
        Spent("template_uid", "sub_quota", 3),
        Spent("cs", "purchase_quota", 90),
    )
    store.write(lambda uow: uow.contacts.spent(AN, spent, NOW))
    found = store.read(lambda uow: uow.contacts.counts("zalo_oa", NOW))
    assert (found.replies, found.used_up) == (4, 0)
    assert store.read(lambda uow: uow.contacts.quota("zalo_oa", "4200")) == Quota(90, NOW, "purchase_quota")
    assert store.read(lambda uow: uow.contacts.quota("zalo_oa", "7")) is None


def test_that_nothing_is_left_holds_for_an_hour_and_until_their_next_word(store: SqlStore) -> None:
    touch(store, hours=1)
    store.write(lambda uow: uow.contacts.used_up(AN, NOW, paid=True))
    found, quota = store.read(lambda uow: (uow.contacts.get(AN), uow.contacts.quota("zalo_oa", "4200")))
    assert found is not None
    assert quota is not None
    assert (found.is_spent(NOW), found.has_free(NOW), quota.is_gone(NOW)) == (True, False, True)
    assert (found.is_spent(NOW + HOUR), found.has_free(NOW + HOUR), quota.is_gone(NOW + HOUR)) == (
        *(False, True, False),
    )
    touch(store)
    found = store.read(lambda uow: uow.contacts.get(AN))
    assert found is not None
    assert (found.is_spent(NOW), found.has_free(NOW)) == (False, True)


def test_a_letter_that_gets_through_ends_that_letters_wait(store: SqlStore) -> None:
    touch(store)
    assert not store.write(lambda uow: uow.contacts.got_through(AN))
    store.write(lambda uow: uow.contacts.held(AN, NOW))
    assert [store.write(lambda uow: uow.contacts.got_through(AN)) for _ in range(2)] == [True, False]


# --- letters that wait for a window ---


def test_letters_that_wait_for_a_window_go_out_in_their_order_when_it_opens(store: SqlStore) -> None:
    def claimed(uow: UnitOfWork, at_most: int = 9) -> list[str]:
        claimed = uow.outbox.claim("zalo_oa", "4200", Lane.CONVERSATION, at_most, NOW, MINUTE)
        return [one.text for one in claimed]

    numbers = [
        store.write(lambda uow, t=text: uow.outbox.post(letter(AN, t), NOW))  # type: ignore[misc]
        for text in ("một", "hai")
    ]
    assert store.write(claimed) == ["một"]
    waits = Deferred(timedelta(hours=1), Scope.CHAT, Why.WINDOW)
    store.write(lambda uow: uow.outbox.settle([Settled(numbers[0], waits)], NOW))
    assert store.write(claimed) == []
    assert store.write(lambda uow: uow.outbox.release(HOA, NOW)) == 0
    assert store.write(lambda uow: uow.outbox.release(AN, NOW)) == 1
    assert store.write(claimed) == ["một"]


def test_a_letter_that_was_put_off_for_another_reason_is_not_released(store: SqlStore) -> None:
    number = store.write(lambda uow: uow.outbox.post(letter(AN, "đêm"), NOW))
    store.write(lambda uow: uow.outbox.claim("zalo_oa", "4200", Lane.CONVERSATION, 1, NOW, MINUTE))
    night = Deferred(timedelta(hours=8), Scope.CHAT, Why.NIGHT)
    store.write(lambda uow: uow.outbox.settle([Settled(number, night)], NOW))
    assert store.write(lambda uow: uow.outbox.release(AN, NOW)) == 0


def test_a_letter_that_nobody_came_back_for_is_forgotten_after_three_months(store: SqlStore) -> None:
    number = store.write(lambda uow: uow.outbox.post(letter(AN, "Em ở đâu?"), NOW))
    store.write(lambda uow: uow.outbox.claim("zalo_oa", "4200", Lane.CONVERSATION, 1, NOW, MINUTE))
    waits = Deferred(timedelta(hours=1), Scope.CHAT, Why.WINDOW)
    store.write(lambda uow: uow.outbox.settle([Settled(number, waits)], NOW))
    store.write(lambda uow: uow.alarms.raised("zalo_oa.token", NOW, 1))
    for days, left in ((89, 1), (91, 0)):
        tidy(store, NOW + timedelta(days=days), ())
        assert sum(store.read(lambda uow: uow.outbox.backlog()).values()) == left
    assert len(store.read(lambda uow: uow.alarms.standing(NOW))) == 1
    tidy(store, NOW + timedelta(days=401), ())
    assert store.read(lambda uow: uow.alarms.standing(NOW)) == []


# --- tokens ---

PAIR = TokenPair("access", "refresh", NOW + 25 * HOUR, NOW + timedelta(days=90))


def test_one_of_two_holders_may_renew_and_the_lease_of_a_dead_one_ends(store: SqlStore) -> None:
    assert store.write(lambda uow: uow.tokens.seed("zalo_oa", "4200", PAIR, b"mark", NOW))

    def claim(holder: str, minutes: int) -> bool:
        at = NOW + minutes * MINUTE
        return store.write(lambda uow: uow.tokens.claim("zalo_oa", "4200", 1, holder, at, 2 * MINUTE))

    assert [claim("a", 0), claim("b", 0), claim("b", 1), claim("b", 2)] == [True, False, False, True]
    new = replace(PAIR, access="next")
    renewed = [store.write(lambda uow: uow.tokens.renewed("zalo_oa", "4200", 1, new, NOW)) for _ in range(2)]
    assert renewed == [True, False]
    found = store.read(lambda uow: uow.tokens.get("zalo_oa", "4200"))
    assert found is not None
    assert (found.pair.access, found.version) == ("next", 2)
    assert not claim("a", 9), "an old version"


def test_a_pair_from_the_settings_counts_once(store: SqlStore) -> None:
    def seed(mark: bytes, access: str) -> bool:
        pair = replace(PAIR, access=access)
        return store.write(lambda uow: uow.tokens.seed("zalo_oa", "4200", pair, mark, NOW))

    assert [seed(b"one", "a"), seed(b"one", "b"), seed(b"two", "c")] == [True, False, True]
    store.write(lambda uow: uow.tokens.logged_in("zalo_oa", "4200", replace(PAIR, access="d"), NOW))
    assert not seed(b"two", "e"), "a log-in replaces the settings' pair"
    found = store.read(lambda uow: uow.tokens.get("zalo_oa", "4200"))
    assert found is not None
    assert (found.pair.access, found.version) == ("d", 3)


def test_since_when_renewing_fails_is_kept_until_it_works(store: SqlStore) -> None:
    store.write(lambda uow: uow.tokens.seed("zalo_oa", "4200", PAIR, b"mark", NOW))
    for minutes in (0, 5):
        at = NOW + minutes * MINUTE
        store.write(lambda uow, at=at: uow.tokens.claim("zalo_oa", "4200", 1, "a", at, MINUTE))  # type: ignore[misc]
        store.write(lambda uow, at=at: uow.tokens.failed("zalo_oa", "4200", 1, "a", "-14014", at))  # type: ignore[misc]
    found = store.read(lambda uow: uow.tokens.get("zalo_oa", "4200"))
    assert found is not None
    assert (found.failed_at, found.failed_why) == (NOW, "-14014")
    assert store.write(lambda uow: uow.tokens.claim("zalo_oa", "4200", 1, "b", NOW, MINUTE))


# --- alarms ---


def test_an_alarm_is_told_once_a_day_and_stands_until_it_is_over(store: SqlStore) -> None:
    raised = [
        store.write(lambda uow, d=day: uow.alarms.raised("zalo_oa.token", NOW, d))  # type: ignore[misc]
        for day in (1, 1, 2)
    ]
    assert raised == [True, False, True]
    (standing,) = store.read(lambda uow: uow.alarms.standing(NOW))
    assert (standing.code, standing.times) == ("zalo_oa.token", 3)
    assert store.read(lambda uow: uow.alarms.standing(NOW + MINUTE)) == []
    store.write(lambda uow: uow.alarms.over("zalo_oa.token"))
    assert store.read(lambda uow: uow.alarms.standing(NOW)) == []


@pytest.mark.parametrize("secret", [AN.person, "access", "refresh"])
def test_neither_ids_nor_tokens_print(secret: str, store: SqlStore) -> None:
    touch(store)
    store.write(lambda uow: uow.tokens.seed("zalo_oa", "4200", PAIR, b"mark", NOW))
    contact = store.read(lambda uow: uow.contacts.get(AN))
    row = store.read(lambda uow: uow.tokens.get("zalo_oa", "4200"))
    assert contact is not None
    assert row is not None
    assert secret not in f"{contact!r} {row!r} {row.pair!r}"
