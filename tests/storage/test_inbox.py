"""What was heard is kept once, answered in order, and its words go."""

from sqlalchemy import text

from bot.domain.messages import Address
from bot.ports import Haste
from storage.engine import SqlStore
from tests.storage.people import AN, BI, MINUTE, NOW, heard


def test_a_message_that_comes_twice_is_kept_once(store: SqlStore) -> None:
    one = heard(AN, "bạn em đang bị đánh", message="42")
    assert store.write(lambda uow: uow.inbox.put(one, NOW), haste=Haste.FIRST)
    assert not store.write(lambda uow: uow.inbox.put(one, NOW + MINUTE), haste=Haste.FIRST)
    assert store.read(lambda uow: uow.inbox.waiting()) == 1


def test_the_same_number_on_another_account_is_another_message(store: SqlStore) -> None:
    elsewhere = Address("telegram_public", "other", AN.person)
    assert store.write(lambda uow: uow.inbox.put(heard(AN, "một", message="42"), NOW))
    assert store.write(lambda uow: uow.inbox.put(heard(elsewhere, "hai", message="42"), NOW))


def test_an_answered_message_keeps_its_unique_key_and_loses_its_words(store: SqlStore) -> None:
    one = heard(AN, "em sợ", message="42")
    store.write(lambda uow: uow.inbox.put(one, NOW))
    waiting = store.read(lambda uow: uow.inbox.oldest(AN))
    assert waiting is not None
    assert waiting.heard == one
    store.write(lambda uow: uow.inbox.mark(waiting.id))
    assert store.read(lambda uow: uow.inbox.oldest(AN)) is None
    assert not store.write(lambda uow: uow.inbox.put(one, NOW))
    assert store.read(lambda uow: uow.inbox.waiting()) == 0


def test_each_person_gets_their_own_oldest_message(store: SqlStore) -> None:
    for sender, said in ((AN, "một"), (BI, "hai"), (AN, "ba")):
        store.write(lambda uow, s=sender, t=said: uow.inbox.put(heard(s, t), NOW))
    oldest = store.read(lambda uow: uow.inbox.oldest(AN))
    other = store.read(lambda uow: uow.inbox.oldest(BI))
    assert oldest is not None
    assert other is not None
    assert (oldest.heard.text, other.heard.text) == ("một", "hai")


def test_people_who_wait_are_found_once_each_oldest_first(store: SqlStore) -> None:
    for sender in (BI, AN, BI):
        store.write(lambda uow, s=sender: uow.inbox.put(heard(s, "có ai không"), NOW))
    assert store.read(lambda uow: uow.inbox.unanswered(NOW, 10)) == [BI, AN]
    assert store.read(lambda uow: uow.inbox.unanswered(NOW - MINUTE, 10)) == []
    assert store.read(lambda uow: uow.inbox.unanswered(NOW, 1)) == [BI]


def test_failed_turns_are_counted_and_poison_is_given_up(store: SqlStore) -> None:
    store.write(lambda uow: uow.inbox.put(heard(AN, "💥"), NOW))
    waiting = store.read(lambda uow: uow.inbox.oldest(AN))
    assert waiting is not None
    assert [store.write(lambda uow: uow.inbox.failed(waiting.id)) for _ in range(3)] == [1, 2, 3]
    store.write(lambda uow: uow.inbox.give_up(waiting.id))
    assert store.read(lambda uow: uow.inbox.oldest(AN)) is None


def test_a_row_that_does_not_open_is_set_aside_and_holds_nobody_up(store: SqlStore) -> None:
    for sender, said in ((AN, "một"), (AN, "hai"), (BI, "ba")):
        store.write(lambda uow, s=sender, t=said: uow.inbox.put(heard(s, t), NOW))
    damaged = text("UPDATE inbox SET heard = :junk WHERE id = (SELECT min(id) FROM inbox)")
    with store.engine.begin() as connection:
        connection.execute(damaged, {"junk": b"\x01\x00\x00\x00\x01\x00\x00"})
    assert store.write(lambda uow: uow.inbox.set_aside_unreadable(NOW, 10)) == 1
    assert store.write(lambda uow: uow.inbox.set_aside_unreadable(NOW, 10)) == 0
    assert store.read(lambda uow: uow.inbox.unanswered(NOW, 10)) == [AN, BI]
    oldest = store.read(lambda uow: uow.inbox.oldest(AN))
    assert oldest is not None
    assert oldest.heard.text == "hai"


def test_how_much_somebody_writes_is_counted_per_person(store: SqlStore) -> None:
    for minute, sender in enumerate((AN, AN, BI, AN)):
        store.write(lambda uow, s=sender, m=minute: uow.inbox.put(heard(s, "alo"), NOW + m * MINUTE))
    assert store.read(lambda uow: uow.inbox.recent(AN, NOW)) == 3
    assert store.read(lambda uow: uow.inbox.recent(AN, NOW + MINUTE)) == 2
