"""Somebody writes and the platform keeps back what: always answered, never claimed to be more than it is."""

from bot.domain.conversation import Facts
from bot.domain.effects import AddWords, IssueReceipt, OpenCase, Say, TellOfficer
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import HeardKind
from tests.domain.citizen import URGENT, Citizen, facts, heard

OA = "https://zalo.me/388613280878808645"


def withholding(**changes: object) -> Facts:
    return facts(withholds=True, location=False, oa=OA, **changes)


def tries(citizen: Citizen, *, after: float = 60) -> Citizen:
    citizen.waits(seconds=after)
    citizen.hears(heard(HeardKind.UNSUPPORTED))
    return citizen


def test_the_answer_names_111_first_and_then_the_ways_by_link() -> None:
    citizen = tries(Citizen(withholding()))
    assert citizen.told[:4] == ["danger.unseen", "number.111", "unseen.oa", "unseen.web"]
    assert citizen.told[-1] == "intro.automatic"
    assert len(citizen.effects(Say)) == 1
    assert not citizen.effects(OpenCase)


def test_ways_that_the_office_has_not_are_not_named() -> None:
    citizen = tries(Citizen(facts(withholds=True, web="")))
    assert citizen.told == ["danger.unseen", "number.111", "intro.automatic"]


def test_several_in_one_go_are_one_try_and_answered_once() -> None:
    citizen = tries(Citizen(withholding()))
    for _ in range(5):
        tries(citizen, after=2)
        assert citizen.told == []
    assert citizen.state.withheld == 1


def test_the_third_try_becomes_a_case_that_says_what_is_known() -> None:
    citizen = tries(tries(tries(Citizen(withholding()))))
    (opened,) = citizen.effects(OpenCase)
    judged = opened.report.assessment
    assert (judged.kind, judged.urgency) == (Kind.UNKNOWN, Urgency.URGENT)
    assert [reason.rule for reason in judged.reasons] == ["reason.withheld"]
    assert [(words.text, words.code) for words in citizen.effects(AddWords)] == [("", "event.withheld")]
    assert not citizen.effects(IssueReceipt)
    assert "opened.unseen" in citizen.told


def test_there_is_one_case_however_often_they_try() -> None:
    citizen = tries(tries(tries(Citizen(withholding()))))
    for _ in range(5):
        tries(citizen)
        assert "danger.unseen" in citizen.told
        assert not citizen.effects(OpenCase)
        assert not citizen.effects(TellOfficer)
        assert not citizen.effects(IssueReceipt)


def test_tries_of_other_days_do_not_add_up() -> None:
    citizen = Citizen(withholding())
    for _ in range(4):
        tries(citizen, after=25 * 3600)
        assert not citizen.effects(OpenCase)


def test_words_that_arrive_end_the_count() -> None:
    citizen = tries(tries(Citizen(withholding())))
    citizen.says("chào")
    tries(citizen)
    assert not citizen.effects(OpenCase)
    assert citizen.state.withheld == 1


def test_the_officer_of_a_case_learns_of_it_once() -> None:
    citizen = Citizen(withholding())
    citizen.says(f"{URGENT} ở Ea Kao")
    tries(citizen)
    assert [effect.code for effect in citizen.effects(TellOfficer)] == ["withheld"]
    tries(citizen)
    assert not citizen.effects(TellOfficer)


def test_the_receipt_follows_with_the_first_words_that_can_be_read() -> None:
    citizen = tries(tries(tries(Citizen(withholding()))))
    citizen.waits(minutes=5)
    citizen.says("em viết được rồi")
    assert citizen.effects(IssueReceipt)


def test_where_nothing_is_withheld_it_is_a_kind_that_we_cannot_read() -> None:
    citizen = Citizen()
    for _ in range(4):
        tries(citizen)
        assert "unsupported.try_web" in citizen.told
        assert not citizen.effects(OpenCase)
