"""What officers correct, and what they enter themselves."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import Result
from bot.domain.kinds import Kind, Urgency
from bot.domain.understanding import Assessment, Point
from bot.ports import Queue
from bot.services import casework
from bot.services.casework import Done, NewCase, Refusal
from tests.services.office import Office
from tests.services.people import HERE, NOON
from tests.services.steps import an_entry, does, taken


def test_raising_works_at_once_and_lowering_asks_for_a_reason(office: Office) -> None:
    case, hoa = taken(office, urgency=Urgency.URGENT)
    assert isinstance(does(office, casework.raise_urgency, case, hoa, Urgency.EMERGENCY, NOON), Done)
    refused = does(office, casework.lower_urgency, case, hoa, Urgency.STANDARD, "", NOON)
    assert isinstance(refused, Refusal)
    assert refused.key == "move.no.reason_needed"
    does(office, casework.lower_urgency, case, hoa, Urgency.STANDARD, "đã gặp cháu", NOON)
    assert office.case(case).urgency is Urgency.STANDARD
    assert "event.urgency_lowered" in office.events(case)


def test_the_limit_follows_the_kind(office: Office) -> None:
    case, hoa = taken(office, urgency=Urgency.STANDARD)
    does(office, casework.set_kind, case, hoa, Kind.DROWNING_HAZARD, NOON)
    assert office.case(case).due_at is None
    does(office, casework.set_kind, case, hoa, Kind.SEXUAL_ABUSE, NOON)
    assert office.case(case).due_at == NOON + timedelta(hours=12)
    assert office.case(case).restricted


def test_an_accused_officer_loses_the_case_and_sees_nothing_more(both: Office) -> None:
    case, hoa = taken(both)
    does(both, casework.exclude, case, both.officer("CHU"), NOON, officers=(hoa.id,))
    assert both.case(case).owner is None
    assert both.told("HOA") == []
    assert both.told("CHU")
    looked = both.store.write(lambda uow: casework.look(uow, both.tools, case, hoa, NOON))
    assert isinstance(looked, Refusal)
    assert looked.key == "desk.no_such_case"
    assert both.store.read(lambda uow: casework.queue(uow, hoa, Queue(), NOON)) == []


def test_joining_takes_the_worst_and_the_earliest(both: Office) -> None:
    into, hoa = taken(both, urgency=Urgency.URGENT)
    both.now += timedelta(minutes=30)
    earlier = NOON - timedelta(hours=1)
    other = both.report(clock_from=earlier, due_at=earlier + timedelta(hours=12), reports=1)
    done = does(both, casework.join, other, hoa, into, both.now)
    assert isinstance(done, Done)
    joined = both.case(into)
    assert (joined.urgency, joined.clock_from) == (Urgency.EMERGENCY, earlier)
    assert both.case(other).result is Result.DUPLICATE
    assert joined.reports == 2


def test_what_came_by_telephone_becomes_a_case_like_any_other(both: Office) -> None:
    duty = both.officer("TRUC")
    both.now += timedelta(minutes=20)
    new = does(both, casework.enter_report, duty, an_entry(urgency=Urgency.EMERGENCY), both.now)
    assert isinstance(new, NewCase)
    case = both.case(new.case)
    assert (case.kind, case.urgency, case.unit) == (Kind.VIOLENCE, Urgency.EMERGENCY, HERE)
    assert case.due_at == NOON + timedelta(hours=12)
    assert both.told("HOA")
    digest = both.tools.signer.digest("receipt", new.receipt)
    assert both.store.read(lambda uow: uow.cases.by_receipt(digest)) == new.case
    [report] = both.store.read(lambda uow: uow.cases.reports(new.case))
    assert (report.source, report.conversation) == ("phone", None)


def test_whoever_enters_it_may_keep_it(office: Office) -> None:
    hoa = office.officer("HOA")
    new = does(office, casework.enter_report, hoa, an_entry(), NOON, keep=True)
    assert isinstance(new, NewCase)
    assert office.case(new.case).owner == hoa.id
    assert office.told("HOA") == office.told("CHU") == []
    office.forward(minutes=31)
    assert any("không còn hiệu lực" in text for text in office.told("HOA"))


def test_an_entry_without_words_or_from_nowhere_is_refused(office: Office) -> None:
    hoa = office.officer("HOA")
    assert isinstance(does(office, casework.enter_report, hoa, an_entry(text=" "), NOON), Refusal)
    assert isinstance(does(office, casework.enter_report, hoa, an_entry(source="rumour"), NOON), Refusal)


def test_sexual_abuse_among_other_things_is_restricted_however_it_came(office: Office) -> None:
    """Entered by an officer, or corrected by one: the same rule as for a citizen's report."""
    also = Assessment(Kind.VIOLENCE, Urgency.URGENT, also=(Kind.SEXUAL_ABUSE,), version="test")
    office.tools = replace(office.tools, assess=lambda _earlier, _texts: also)
    new = does(office, casework.enter_report, office.officer("TRUC"), an_entry(), NOON)
    assert isinstance(new, NewCase)
    assert office.case(new.case).restricted
    case, hoa = taken(office, urgency=Urgency.STANDARD)
    does(office, casework.set_kind, case, hoa, Kind.NEGLECT, NOON, (Kind.SEXUAL_ABUSE,))
    assert office.case(case).restricted


def test_a_hazard_that_was_phoned_in_is_known_to_the_next_who_stands_there(both: Office) -> None:
    there = Point(12.6667, 108.05)
    entry = an_entry(kind=Kind.DROWNING_HAZARD, point=there, answers={"water": "ao sau chợ"})
    new = does(both, casework.enter_report, both.officer("TRUC"), entry, NOON)
    assert isinstance(new, NewCase)
    [hazard] = both.store.read(lambda uow: uow.cases.hazards_near(there, 250.0))
    assert (hazard.case, hazard.water) == (new.case, "ao sau chợ")
