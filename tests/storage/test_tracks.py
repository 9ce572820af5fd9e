"""What became of a letter after the platform took it: arrived, seen, in whatever order it is told."""

from datetime import timedelta

import pytest

from bot.domain.messages import Address, Lane
from bot.ports import Delivered, NewLetter, Settled, UnitOfWork
from storage.engine import SqlStore
from storage.tracks import SqlTracks
from tests.handlers.office import wall_clock

NOW = wall_clock()
AN = Address("zalo_oa", "1", "73")
LEASE = timedelta(minutes=1)


def sent(uow: UnitOfWork, *messages: str, alert: int | None = None) -> int:
    letter = uow.outbox.post(NewLetter(Lane.ALERT, AN, "x", alert=alert), NOW)
    uow.outbox.claim("zalo_oa", "1", Lane.ALERT, 5, NOW, LEASE)
    uow.outbox.settle([Settled(letter, Delivered(messages[-1], tracked=messages))], NOW)
    return letter


def state(store: SqlStore, letter: int) -> tuple[bool, bool]:
    def look(uow: UnitOfWork) -> tuple[int | None, int | None]:
        return SqlTracks(uow._db, uow._memory.seals).of_letter(letter)  # type: ignore[attr-defined]

    arrived, seen = store.read(look)
    return arrived is not None, seen is not None


def test_a_letter_arrives_and_is_seen(store: SqlStore) -> None:
    letter = store.write(lambda uow: sent(uow, "m1", "m2"))
    assert state(store, letter) == (False, False)
    store.write(lambda uow: uow.outbox.reached(["m2"], NOW, seen=False))
    assert state(store, letter) == (True, False)
    store.write(lambda uow: uow.outbox.reached(["m1"], NOW, seen=True))
    assert state(store, letter) == (True, True)


def test_what_was_seen_has_arrived_although_that_is_told_later_or_never(store: SqlStore) -> None:
    letter = store.write(lambda uow: sent(uow, "m1"))
    store.write(lambda uow: uow.outbox.reached(["m1"], NOW, seen=True))
    store.write(lambda uow: uow.outbox.reached(["m1"], NOW, seen=False))
    assert state(store, letter) == (True, True)


def test_the_alert_that_a_seen_letter_carried_is_named_once(store: SqlStore) -> None:
    store.write(lambda uow: sent(uow, "m1", alert=7))
    store.write(lambda uow: sent(uow, "m2"))
    first = store.write(lambda uow: uow.outbox.reached(["m1", "m2", "nobody's"], NOW, seen=True))
    assert list(first) == [7]
    assert list(store.write(lambda uow: uow.outbox.reached(["m1"], NOW, seen=True))) == []


def test_a_message_of_ours_is_known_as_ours(store: SqlStore) -> None:
    store.write(lambda uow: sent(uow, "m1"))
    assert store.read(lambda uow: uow.outbox.is_ours(AN, "m1"))
    assert not store.read(lambda uow: uow.outbox.is_ours(AN, "m2"))
    store.write(lambda uow: uow.outbox.post(NewLetter(Lane.ALERT, AN, "x"), NOW))
    store.write(lambda uow: uow.outbox.claim("zalo_oa", "1", Lane.ALERT, 5, NOW, LEASE))
    assert store.read(lambda uow: uow.outbox.is_ours(AN, "m2")), "one is on its way: its id is not known yet"


@pytest.mark.parametrize("days", [0, 1])
def test_old_tracks_go(store: SqlStore, days: int) -> None:
    store.write(lambda uow: sent(uow, "m1"))
    before = NOW + timedelta(days=days, microseconds=-1)
    gone = store.write(lambda uow: SqlTracks(uow._db, uow._memory.seals).prune(before))  # type: ignore[attr-defined]
    assert gone == days
