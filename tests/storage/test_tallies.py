"""Figures that outlive the program."""

from datetime import date, timedelta

from storage.engine import SqlStore

DAY = date(2026, 11, 21)


def test_a_day_is_counted_up_and_days_add_up(store: SqlStore) -> None:
    for code, days in (("a", 0), ("a", 0), ("a", -3), ("a", -9), ("b", 0)):
        store.write(lambda uow, c=code, d=days: uow.tallies.add(c, DAY + timedelta(days=d)))
    store.write(lambda uow: uow.tallies.add("a", DAY, 5))

    def since(code: str, days: int) -> int:
        return store.read(lambda uow: uow.tallies.since(code, DAY - timedelta(days=days)))

    assert (since("a", 0), since("a", 6), since("a", 99), since("b", 6), since("c", 6)) == (7, 8, 9, 1, 0)


def test_nothing_is_lost_when_many_count_at_once(store: SqlStore) -> None:
    counts = [store.submit(lambda uow: uow.tallies.add("a", DAY)) for _ in range(20)]
    for count in counts:
        count.result()
    assert store.read(lambda uow: uow.tallies.since("a", DAY)) == 20
