"""What was offered is found by its number and person only, and works once where it may only once."""

from datetime import timedelta

import pytest

from bot.domain.offers import MOST
from bot.ports import NewOffer
from storage.engine import SqlStore
from storage.upkeep import tidy
from tests.storage.people import AN, BI, NOW

END = NOW + timedelta(days=30)
TAPS = ("q:4:kind:violence", "q:4:kind:-")


def test_an_offer_is_only_that_persons(store: SqlStore) -> None:
    id_ = store.write(lambda uow: uow.offers.put(NewOffer(AN, TAPS, END, frozenset({1})), NOW))
    found = store.read(lambda uow: uow.offers.get(AN, id_))
    assert found is not None
    assert (found.taps, found.at, found.expires, found.once, found.used) == (TAPS, NOW, END, {1}, frozenset())
    assert store.read(lambda uow: uow.offers.get(BI, id_)) is None
    assert store.read(lambda uow: uow.offers.numbered(AN)) is None


def test_a_choice_is_used_by_exactly_one_of_many(store: SqlStore) -> None:
    id_ = store.write(lambda uow: uow.offers.put(NewOffer(AN, TAPS, END, frozenset({0, 1})), NOW))
    uses = [store.submit(lambda uow: uow.offers.use(id_, 1)) for _ in range(8)]
    assert sum(use.result() for use in uses) == 1
    assert store.write(lambda uow: uow.offers.use(id_, 0))
    found = store.read(lambda uow: uow.offers.get(AN, id_))
    assert found is not None
    assert found.used == {0, 1}


def test_only_the_last_list_of_numbers_is_kept(store: SqlStore) -> None:
    for taps in (TAPS, ("q:5:same:no",)):
        store.write(lambda uow, t=taps: uow.offers.put(NewOffer(AN, t, END, numbered=True), NOW))
    store.write(lambda uow: uow.offers.put(NewOffer(AN, TAPS, END), NOW))
    found = store.read(lambda uow: uow.offers.numbered(AN))
    assert found is not None
    assert found.taps == ("q:5:same:no",)
    store.write(lambda uow: uow.offers.end_numbers(AN))
    assert store.read(lambda uow: uow.offers.numbered(AN)) is None


def test_a_number_is_never_given_again(store: SqlStore) -> None:
    first = store.write(lambda uow: uow.offers.put(NewOffer(AN, TAPS, END), NOW))
    assert store.write(lambda uow: uow.offers.forget(AN)) == 1
    assert store.write(lambda uow: uow.offers.put(NewOffer(AN, TAPS, END), NOW)) > first


def test_what_is_over_goes_and_nothing_else(store: SqlStore) -> None:
    old = store.write(lambda uow: uow.offers.put(NewOffer(AN, TAPS, NOW), NOW))
    new = store.write(lambda uow: uow.offers.put(NewOffer(AN, TAPS, END), NOW))
    assert tidy(store, NOW + timedelta(hours=1), ()).offers == 1
    assert store.read(lambda uow: (uow.offers.get(AN, old), uow.offers.get(AN, new) is None)) == (None, False)


def test_more_choices_than_there_is_room_for_are_refused(store: SqlStore) -> None:
    many = NewOffer(AN, tuple(f"q:1:which:{n}" for n in range(MOST + 1)), END)
    with pytest.raises(ValueError, match="at most"):
        store.write(lambda uow: uow.offers.put(many, NOW))
    most = NewOffer(AN, many.taps[:MOST], END, frozenset({MOST - 1}))
    id_ = store.write(lambda uow: uow.offers.put(most, NOW))
    assert store.write(lambda uow: uow.offers.use(id_, MOST - 1))
