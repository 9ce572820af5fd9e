"""An officer's different judgement stands beside the assessment that it differs from."""

from bot.domain.cases import CaseId
from bot.domain.kinds import Kind, Urgency
from bot.ports import About
from bot.services import casework
from bot.services.casework import NewCase
from tests.services.office import Office
from tests.services.people import ASSESSED, NOON
from tests.services.steps import an_entry, does, taken


def judged(office: Office, case: CaseId) -> list[tuple[About, str, str]]:
    found = office.store.read(lambda uow: uow.judgements.of(case))
    return [(one.about, one.was, one.said) for one in found]


def test_raising_and_lowering_are_kept_with_officer_time_and_version(both: Office) -> None:
    case, hoa = taken(both, urgency=Urgency.URGENT)
    both.store.write(lambda uow: uow.cases.assessed(case, ASSESSED, NOON))
    does(both, casework.raise_urgency, case, hoa, Urgency.EMERGENCY, NOON)
    does(both, casework.lower_urgency, case, hoa, Urgency.STANDARD, "đã gặp cháu", NOON)
    up, down = both.store.read(lambda uow: uow.judgements.of(case))
    assert (up.about, up.was, up.said, up.officer) == (About.URGENCY, "urgent", "emergency", hoa.id)
    assert (up.at, up.version) == (NOON, ASSESSED.version)
    assert (down.was, down.said) == ("emergency", "standard")


def test_another_kind_is_kept(office: Office) -> None:
    case, hoa = taken(office, kind=Kind.NEGLECT)
    does(office, casework.set_kind, case, hoa, Kind.VIOLENCE, NOON, (Kind.NEGLECT,))
    assert judged(office, case) == [
        (About.KIND, "neglect", "violence"),
        (About.ALSO, "", "neglect"),
    ]


def test_who_judges_the_same_or_is_refused_leaves_nothing(office: Office) -> None:
    case, hoa = taken(office, urgency=Urgency.URGENT)
    does(office, casework.set_kind, case, hoa, Kind.VIOLENCE, NOON)
    does(office, casework.set_urgency, case, hoa, Urgency.URGENT, "", NOON)
    does(office, casework.lower_urgency, case, hoa, Urgency.STANDARD, "", NOON)
    assert judged(office, case) == []


def test_what_an_officer_enters_otherwise_than_the_triage_reads_it_is_kept(office: Office) -> None:
    entry = an_entry(kind=Kind.NEGLECT, urgency=Urgency.EMERGENCY)
    new = does(office, casework.enter_report, office.officer("TRUC"), entry, NOON)
    assert isinstance(new, NewCase)
    assert judged(office, new.case) == [
        (About.URGENCY, "urgent", "emergency"),
        (About.KIND, "violence", "neglect"),
    ]
