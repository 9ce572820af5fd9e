"""What we took for nothing: a second reader may make a case of it, and can take nothing away."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import CaseId
from bot.domain.conversation import Conversation
from bot.domain.kinds import Kind, Urgency
from bot.domain.opinion import Opinion
from bot.ports import Draft, Readable, Unheard, Unread
from bot.services import second_reader
from tests.stories.world import Person, World

NOTHING = "con mèo nhà em hôm nay lạ lắm"
ASKED_WHERE = "Cháu bé 7 tuổi bị liệt hai chân, nhà nghèo không có tiền mua xe lăn"
URGENT = Opinion(Urgency.URGENT, (Kind.NEGLECT,))


def state(world: World, person: Person) -> Conversation:
    return world.store.write(lambda uow: uow.conversations.load(person.address)[1])


def due(world: World) -> list[Readable]:
    return list(world.store.read(lambda uow: second_reader.due(uow, world.now, 4)))


def hears(world: World, one: Readable, opinion: Opinion) -> None:
    world.store.write(lambda uow: second_reader.record(uow, world.tools, one, opinion, "vi-7b", world.now))
    world.deliver()


@pytest.fixture
def writer(world: World) -> Person:
    """Somebody whose words were taken for nothing, and who was answered."""
    person = world.citizen().says(NOTHING)
    assert world.cases() == 0
    assert due(world) == []
    world.now += timedelta(seconds=6)
    return person


def test_a_draft_is_read_once_and_again_when_more_is_said(world: World, writer: Person) -> None:
    (one,) = due(world)
    assert isinstance(one, Draft)
    assert world.store.read(lambda uow: second_reader.text_of(uow, world.tools, one)) == NOTHING
    hears(world, one, Opinion(Urgency.NONE))
    assert due(world) == []
    writer.says("hihi dễ thương ghê")
    world.now += timedelta(seconds=6)
    assert len(due(world)) == 1


def test_an_urgent_opinion_makes_a_case_that_rings_and_says_nothing_to_the_writer(
    world: World, writer: Person
) -> None:
    writer.forgets()
    (one,) = due(world)
    hears(world, one, URGENT)
    case = world.case(1)
    assert (case.kind, case.urgency) == (Kind.NEGLECT, Urgency.URGENT)
    assert world.store.read(lambda uow: uow.watches.alerts(CaseId(1)))
    assert writer.letters == []
    entries = world.store.read(lambda uow: uow.cases.entries(CaseId(1)))
    assert NOTHING in [entry.text for entry in entries]
    (note,) = [entry.text for entry in entries if entry.code == "event.second_reader"]
    assert "vi-7b" in note
    known = world.store.read(lambda uow: uow.judgements.assessments(CaseId(1)))
    assert sorted(one.version.startswith("second:") for one in known) == [False, True]
    assert due(world) == [], "it was read as a draft"


def test_whoever_comes_back_gets_the_receipt_and_goes_on_in_the_same_case(
    world: World, writer: Person
) -> None:
    (one,) = due(world)
    hears(world, one, URGENT)
    writer.forgets()
    writer.says("bố mẹ em bỏ đi rồi")
    assert world.receipt(writer)
    assert world.cases() == 1


def test_a_standard_opinion_lets_silence_send_it(world: World, writer: Person) -> None:
    (one,) = due(world)
    hears(world, one, Opinion(Urgency.STANDARD, (Kind.SUPPORT_NEED,)))
    assert world.cases() == 0
    world.forward(minutes=11)
    assert world.case(1).kind is Kind.SUPPORT_NEED


def test_a_draft_that_waits_for_its_place_is_raised_too(world: World) -> None:
    world.citizen().says(ASKED_WHERE)
    assert world.cases() == 0
    world.now += timedelta(seconds=6)
    (one,) = due(world)
    hears(world, one, URGENT)
    case = world.case(1)
    assert (case.kind, case.urgency) == (Kind.SUPPORT_NEED, Urgency.URGENT)
    assert Kind.NEGLECT in case.also


@pytest.mark.parametrize(
    "opinion", [Opinion(Urgency.NONE), Opinion(kinds=(Kind.NEGLECT,)), Opinion(ages=(9,))]
)
def test_what_raises_nothing_opens_nothing(world: World, writer: Person, opinion: Opinion) -> None:
    before = state(world, writer)
    (one,) = due(world)
    hears(world, one, opinion)
    assert world.cases() == 0
    assert replace(state(world, writer), second_read=None) == before


def test_an_opinion_on_words_that_were_gone_on_from_is_not_heard(world: World, writer: Person) -> None:
    (one,) = due(world)
    writer.says("à mà thôi")
    hears(world, one, URGENT)
    assert world.cases() == 0


def test_nonsense_is_not_asked_for_again_and_silence_is(world: World, writer: Person) -> None:
    (one,) = due(world)
    world.store.write(lambda uow: second_reader.put_off(uow, one, Unheard.AWAY, world.now))
    assert due(world) == [one]
    world.store.write(lambda uow: second_reader.put_off(uow, one, Unheard.NONSENSE, world.now))
    assert due(world) == []


def test_a_crowd_of_greetings_holds_up_no_case(world: World) -> None:
    for _ in range(6):
        world.citizen().says(NOTHING)
    world.citizen().says("ở xã Ea Kao, Đắk Lắk có cháu bị bố đánh hằng ngày")
    world.now += timedelta(minutes=2)
    kinds = [type(one) for one in due(world)]
    assert kinds.count(Unread) == 1
    assert kinds.count(Draft) == 3
