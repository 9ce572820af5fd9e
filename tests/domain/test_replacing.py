"""Copies of values are those that `dataclasses.replace` makes."""

import dataclasses
from dataclasses import dataclass

import pytest

from bot.domain.conversation import Conversation, Report
from bot.domain.replacing import replace
from tests.domain.citizen import NOW


@dataclass(frozen=True)
class WithoutSlots:
    one: int = 1
    two: int = 2


@dataclass(frozen=True, slots=True)
class Single:
    only: str


@dataclass(frozen=True, slots=True)
class Checked:
    one: int
    two: int = 2

    def __post_init__(self) -> None:
        if self.one > self.two:
            raise ValueError("too much")


def test_a_copy_has_the_changed_fields_and_all_others() -> None:
    talk = Conversation(asking="where", asked_at=3, report=Report(NOW, words=("một", "hai")))
    assert replace(talk, asking="who", jokes=2) == dataclasses.replace(talk, asking="who", jokes=2)
    assert replace(talk).report is talk.report


def test_the_value_that_is_copied_stays_as_it_was() -> None:
    talk = Conversation(asking="where")
    assert replace(talk, asking="").asking == ""
    assert talk.asking == "where"


def test_a_field_that_there_is_not_is_refused() -> None:
    with pytest.raises(TypeError, match="no_such"):
        replace(Conversation(), no_such=1)  # type: ignore[call-arg]


def test_classes_that_check_or_have_no_slots_are_copied_through_their_own_making() -> None:
    assert replace(WithoutSlots(), two=3) == WithoutSlots(1, 3)
    with pytest.raises(ValueError, match="too much"):
        replace(Checked(1), one=5)


def test_a_class_of_one_field_is_copied_too() -> None:
    assert replace(Single("a"), only="b") == Single("b")
