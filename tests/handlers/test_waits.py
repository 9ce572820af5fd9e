"""Campaigns stand aside while somebody waits too long for us, but not for ever."""

from contextlib import ExitStack

from handlers.waits import ASIDE, OVERDUE, Waits


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_nobody_waits() -> None:
    assert not Waits().too_long()


def test_the_one_who_waits_longest_counts_and_no_longer_than_they_wait() -> None:
    clock = Clock()
    waits = Waits(clock)
    with waits.waiting():
        clock.now += OVERDUE
        assert not waits.too_long()
        with waits.waiting():
            clock.now += OVERDUE / 2
            assert waits.too_long()
        assert waits.too_long()
    assert not waits.too_long()


def test_whoever_came_later_waits_on_their_own() -> None:
    clock = Clock()
    waits = Waits(clock)
    with ExitStack() as first:
        first.enter_context(waits.waiting())
        clock.now += OVERDUE
        with waits.waiting():
            first.close()
            clock.now += OVERDUE / 2
            assert not waits.too_long()


def test_a_transaction_that_hangs_does_not_hold_up_a_flood_warning_for_ever() -> None:
    clock, aside = Clock(), 0
    waits = Waits(clock)
    with waits.waiting():
        for _ in range(1000):
            clock.now += 0.01
            aside += waits.too_long()
    assert 400 < aside < 600, "about half of the time"


def test_a_transaction_that_fails_waits_no_longer() -> None:
    clock = Clock()
    waits = Waits(clock)
    try:
        with waits.waiting():
            raise OSError
    except OSError:
        clock.now += 2 * OVERDUE + ASIDE
    assert not waits.too_long()
