"""Payloads and numbers: what they stand for, and what is only a word that looks like one."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import offers
from bot.domain.conversation import Conversation
from bot.domain.messages import Choice, Line
from bot.domain.offers import Offer, Spoilt, Ticket

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
THREE = Offer(7, ("q:4:kind:violence", "q:4:kind:neglect", "q:4:kind:-"), NOW, NOW + timedelta(days=30))
LINE = Line("choice.skip")


def sign(said: str) -> str:
    return f"{hash(said) & 0xFFFFFFFFFF:010x}"


# --- payloads ---


def test_a_payload_names_the_choice_it_was_made_for() -> None:
    assert offers.ticket(offers.payload(sign, 7, 2), sign) == Ticket(7, 2)
    assert offers.ticket(f" {offers.payload(sign, 7, 2)}\n", sign) == Ticket(7, 2)


def test_a_payload_that_was_changed_is_forged() -> None:
    good = offers.payload(sign, 7, 2)
    for bad in (good.replace("#7.", "#8."), good.replace(".2.", ".1."), f"{good}0", good.upper() + "Z"):
        assert offers.ticket(bad, sign) is Spoilt.FORGED, bad


def test_a_payload_of_another_person_is_forged() -> None:
    assert offers.ticket(offers.payload(lambda said: sign(f"{said}|other"), 7, 2), sign) is Spoilt.FORGED


@pytest.mark.parametrize(
    "text", ["#cứu", "#7", "#7.2", "#report", "7.2.abcdefgh", "cứu em #7.2.abcdefgh", ""]
)
def test_words_are_no_payload(text: str) -> None:
    assert offers.ticket(text, sign) is None


def test_a_choice_works_until_it_is_over_and_once_where_it_may_only_once() -> None:
    once = Offer(7, ("o1:take:7::x", "o1:open:7::x"), NOW, NOW + timedelta(days=1), once=frozenset({0}))
    used = Offer(7, once.taps, NOW, once.expires, once=frozenset({0}), used=frozenset({0, 1}))
    assert offers.redeemed(once, 0, NOW) == "o1:take:7::x"
    assert offers.redeemed(used, 0, NOW) is Spoilt.USED
    assert offers.redeemed(used, 1, NOW) == "o1:open:7::x"
    assert offers.redeemed(once, 0, once.expires) is Spoilt.OVER
    assert offers.redeemed(once, 2, NOW) is Spoilt.FORGED


# --- numbers ---


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("1", 1), ("1.", 1), ("1)", 1), (" 2 ", 2), ("12", 12), ("số 1", 1), ("so 1", 1), ("SỐ 3.", 3)),
        *(("một", 1), ("Mot", 1), ("hai", 2), ("bốn", 4), ("số ba", 3), ("so tu", 4), ("chọn số 2", 2)),
        *(("câu 2", 2), ("number 3", 3), ("no. 3", 3), ("three", 3), ("1️⃣", 1), ("2", 2)),
    ],
)
def test_a_number_is_understood_as_people_type_it(text: str, number: int) -> None:
    assert offers.number(text) == number


@pytest.mark.parametrize(
    "text",
    ["ba", "nam", "sau", "bay", "tu", "8 tuổi", "1 2", "0901234567", "số nhà 1", "một mình", "em", "", "."],
)
def test_what_may_mean_something_else_is_no_number(text: str) -> None:
    assert offers.number(text) is None


@given(st.text(max_size=40))
def test_whatever_is_typed_breaks_nothing(text: str) -> None:
    offers.number(text)
    assert isinstance(offers.ticket(text, sign), Ticket | Spoilt | None)


def test_a_number_beyond_the_list_is_none_of_it() -> None:
    assert offers.counted(THREE, 1) == "q:4:kind:violence"
    assert offers.counted(THREE, 3) == "q:4:kind:-"
    assert offers.counted(THREE, 4) is Spoilt.NO_SUCH
    assert offers.counted(THREE, 0) is Spoilt.NO_SUCH


def test_numbers_answer_only_what_was_last_asked() -> None:
    assert offers.answers_now(THREE, Conversation(asking="kind", asked_at=4))
    assert not offers.answers_now(THREE, Conversation(asking="kind", asked_at=5))
    assert not offers.answers_now(THREE, Conversation(asking="who", asked_at=5))
    assert not offers.answers_now(THREE, Conversation(asking="", asked_at=4))
    assert not offers.answers_now(THREE, Conversation(asking="kind", asked_at=4, question_open=True))


# --- which choices get a number ---


def test_a_menu_and_the_ways_past_an_open_question_get_no_number() -> None:
    past = (Choice(LINE, "q:4:who:-"), Choice(LINE, "q:4:who:."))
    real = Choice(LINE, "q:4:safe_now:no")
    assert offers.countable((Choice(LINE, "c:report"),)) == ()
    assert offers.countable(past) == ()
    assert offers.passes(past) == {"-", "."}
    assert offers.countable((real, *past)) == (real, *past)
    assert offers.countable((Choice(LINE, "o1:take:7::x"),)) == (Choice(LINE, "o1:take:7::x"),)
