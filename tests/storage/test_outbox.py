"""Letters go out once each, in each person's order, and their words go with them."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest

from bot.domain.messages import Address, Ask, Button, Lane, Letter
from bot.ports import Deferred, Delivered, NewLetter, Outcome, Refused, Scope, Settled, Why
from storage.engine import SqlStore
from tests.storage.people import AN, BI, HOA, MINUTE, NOW, letter

LEASE = timedelta(seconds=30)


def post(store: SqlStore, to: Address, text: str, **more: object) -> int:
    return store.write(lambda uow: uow.outbox.post(letter(to, text, **more), NOW))  # type: ignore[arg-type]


def claim(
    store: SqlStore, now: datetime = NOW, lane: Lane = Lane.CONVERSATION, limit: int = 10
) -> Sequence[Letter]:
    return store.write(lambda uow: uow.outbox.claim("telegram_public", "main", lane, limit, now, LEASE))


def texts(letters: Sequence[Letter]) -> list[str]:
    return [one.text for one in letters]


def settle(store: SqlStore, letters: Sequence[Letter], outcome: Outcome, now: datetime = NOW) -> None:
    settled = [Settled(one.id, outcome) for one in letters]
    store.write(lambda uow: uow.outbox.settle(settled, now))


def test_a_letter_comes_back_as_it_was_posted(store: SqlStore) -> None:
    buttons = ((Button("Tiếp nhận", "take:1"), Button("Xem", url="https://desk.example/1")),)
    new = NewLetter(Lane.ALERT, AN, "Vụ 1", buttons, Ask.LOCATION.value, alert=None, private=False)
    id_ = store.write(lambda uow: uow.outbox.post(new, NOW))
    (got,) = claim(store, lane=Lane.ALERT)
    assert got == Letter(id_, Lane.ALERT, AN, "Vụ 1", buttons, Ask.LOCATION, None, False, NOW)


def test_one_person_gets_one_letter_at_a_time_in_order(store: SqlStore) -> None:
    for to, text in ((AN, "một"), (AN, "hai"), (BI, "ba")):
        post(store, to, text)
    first = claim(store)
    assert texts(first) == ["một", "ba"]
    assert claim(store) == []
    settle(store, first, Delivered())
    assert texts(claim(store)) == ["hai"]


def test_a_letter_that_was_put_off_holds_up_what_comes_after_it(store: SqlStore) -> None:
    post(store, AN, "một")
    post(store, AN, "hai")
    settle(store, claim(store), Deferred(MINUTE, Scope.CHAT, Why.RATE))
    assert claim(store, NOW + MINUTE / 2) == []
    assert texts(claim(store, NOW + MINUTE)) == ["một"]


def test_a_letter_for_tomorrow_holds_up_nothing_today(store: SqlStore) -> None:
    post(store, AN, "ngày mai", due_at=NOW + timedelta(days=1))
    post(store, AN, "bây giờ")
    assert texts(claim(store)) == ["bây giờ"]


def test_an_alert_does_not_wait_for_the_conversation_with_the_same_person(store: SqlStore) -> None:
    post(store, AN, "trò chuyện")
    claim(store)
    post(store, AN, "khẩn cấp", lane=Lane.ALERT)
    assert texts(claim(store, lane=Lane.ALERT)) == ["khẩn cấp"]


@pytest.mark.parametrize("lane", [Lane.ALERT, Lane.CONVERSATION])
def test_a_letter_is_sent_again_when_its_lease_ends(store: SqlStore, lane: Lane) -> None:
    post(store, AN, "một", lane=lane)
    assert texts(claim(store, lane=lane)) == ["một"]
    assert claim(store, NOW + LEASE - MINUTE / 60, lane) == []
    assert texts(claim(store, NOW + LEASE, lane)) == ["một"]


def test_a_campaign_letter_in_flight_at_a_crash_is_never_repeated(store: SqlStore) -> None:
    post(store, AN, "mùa hè an toàn", lane=Lane.CAMPAIGN)
    assert texts(claim(store, lane=Lane.CAMPAIGN)) == ["mùa hè an toàn"]
    assert claim(store, NOW + LEASE, Lane.CAMPAIGN) == []
    assert claim(store, NOW + 1000 * LEASE, Lane.CAMPAIGN) == []
    assert store.read(lambda uow: uow.outbox.backlog())[Lane.CAMPAIGN] == 0


def test_a_refused_letter_is_not_tried_again_and_frees_the_next(store: SqlStore) -> None:
    post(store, AN, "một")
    post(store, AN, "hai")
    settle(store, claim(store), Refused(Why.BLOCKED))
    assert texts(claim(store, NOW + MINUTE)) == ["hai"]


def test_an_answer_that_comes_after_the_lease_ended_still_counts(store: SqlStore) -> None:
    post(store, AN, "một")
    first = claim(store)
    again = claim(store, NOW + LEASE)
    settle(store, first, Delivered())
    settle(store, again, Deferred(MINUTE, Scope.CHAT, Why.NETWORK))
    assert claim(store, NOW + 1000 * LEASE) == []


def test_letters_of_another_account_or_channel_are_not_claimed(store: SqlStore) -> None:
    post(store, HOA, "báo động")
    post(store, Address("telegram_public", "other", "1"), "khác")
    assert claim(store) == []


def test_the_next_moment_of_work_is_known(store: SqlStore) -> None:
    def next_due() -> datetime | None:
        return store.read(lambda uow: uow.outbox.next_due("telegram_public", "main", Lane.CONVERSATION))

    assert next_due() is None
    post(store, AN, "một")
    post(store, AN, "hai")
    assert next_due() == NOW
    letters = claim(store)
    assert next_due() == NOW + LEASE
    settle(store, letters, Deferred(2 * MINUTE, Scope.CHAT, Why.RATE))
    assert next_due() == NOW + 2 * MINUTE  # not now: the second waits for the first


def test_a_page_sees_its_letters_until_it_confirms_them(store: SqlStore) -> None:
    numbers = [post(store, AN, text) for text in ("một", "hai", "ba")]
    waiting = store.read(lambda uow: uow.outbox.waiting_for(AN, numbers[0], now=NOW))
    assert texts(waiting) == ["hai", "ba"]
    assert texts(store.read(lambda uow: uow.outbox.waiting_for(AN, 0, 2))) == ["một", "hai"]
    store.write(lambda uow: uow.outbox.seen(AN, numbers[1], NOW))
    assert texts(store.read(lambda uow: uow.outbox.waiting_for(AN, 0))) == ["ba"]
    assert store.read(lambda uow: uow.outbox.waiting_for(BI, 0)) == []


def test_a_page_does_not_see_what_is_for_later(store: SqlStore) -> None:
    later = post(store, AN, "mai", due_at=NOW + MINUTE)
    assert store.read(lambda uow: uow.outbox.waiting_for(AN, 0, now=NOW)) == []
    store.write(lambda uow: uow.outbox.seen(AN, later, NOW))
    assert texts(store.read(lambda uow: uow.outbox.waiting_for(AN, 0, now=NOW + MINUTE))) == ["mai"]


def test_words_that_no_page_came_for_are_forgotten(store: SqlStore) -> None:
    post(store, AN, "một")
    assert store.write(lambda uow: uow.outbox.forget("telegram_public", NOW)) == 0
    assert store.write(lambda uow: uow.outbox.forget("web_chat", NOW + MINUTE)) == 0
    assert store.write(lambda uow: uow.outbox.forget("telegram_public", NOW + MINUTE)) == 1
    assert store.read(lambda uow: uow.outbox.waiting_for(AN, 0)) == []


def test_waiting_letters_are_dropped_for_somebody_who_must_not_be_written_to(store: SqlStore) -> None:
    for to, text in ((AN, "một"), (AN, "hai"), (BI, "ba")):
        post(store, to, text)
    assert store.write(lambda uow: uow.outbox.drop_for(AN)) == 2
    assert texts(claim(store)) == ["ba"]


def test_a_letter_that_was_on_its_way_when_it_was_dropped_does_not_come_back(store: SqlStore) -> None:
    post(store, AN, "một")
    flying = claim(store)
    assert store.write(lambda uow: uow.outbox.drop_for(AN)) == 1
    settle(store, flying, Deferred(MINUTE, Scope.CHAT, Why.PLATFORM))
    assert claim(store, NOW + 1000 * LEASE) == []


def test_the_backlog_is_counted_by_lane(store: SqlStore) -> None:
    post(store, AN, "một")
    post(store, BI, "hai", lane=Lane.ALERT)
    post(store, BI, "ba", lane=Lane.ALERT)
    counted = store.read(lambda uow: uow.outbox.backlog())
    assert counted == {Lane.ALERT: 2, Lane.CONVERSATION: 1, Lane.CAMPAIGN: 0}
