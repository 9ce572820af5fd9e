"""The child lives in another commune: who answers there is told, may read it, and is not rung for it."""

from dataclasses import replace

from bot.domain.cases import CaseId, Excluded
from bot.domain.kinds import Kind, Urgency
from bot.services import casework
from bot.services.casework import CaseFile, Done, NewCase, Refusal
from tests.services.office import Office
from tests.services.people import ABROAD, ELSEWHERE, HERE, NAMES, NOON
from tests.services.steps import an_entry, buttons, does, taken


def opens(office: Office, code: str, case: CaseId) -> CaseFile | Refusal:
    officer = office.officer(code)
    return office.store.write(lambda uow: casework.look(uow, office.tools, case, officer, office.now))


def test_the_commune_of_residence_is_told_who_acts_and_nothing_of_what_was_written(both: Office) -> None:
    case, hoa = taken(both)
    does(both, casework.set_unit, case, hoa, None, NOON, residence=ELSEWHERE)
    letters = both.letters("MINH")
    [told] = [letter.text for letter in letters]
    assert "Phối hợp" in told
    assert str(case) in told
    assert NAMES[HERE] in told
    assert "chợ" not in told, "none of the reporter's words"
    assert list(buttons(letters)) == ["Xem"]
    assert "case.coordination" in both.ledger(f"case:{case}")
    assert "event.coordination" in both.events(case)


def test_they_may_read_it_also_where_names_are_needed(both: Office) -> None:
    case, hoa = taken(both, kind=Kind.SEXUAL_ABUSE, restricted=True)
    assert isinstance(opens(both, "MINH", case), Refusal)
    does(both, casework.set_unit, case, hoa, None, NOON, residence=ELSEWHERE)
    assert isinstance(opens(both, "MINH", case), CaseFile)
    assert "case.looked" in both.ledger(f"case:{case}")


def test_only_who_was_told_by_name_reads_a_restricted_case_there(office: Office) -> None:
    case, hoa = taken(office, kind=Kind.SEXUAL_ABUSE, restricted=True)
    does(office, casework.set_unit, case, hoa, None, NOON, residence=ELSEWHERE)
    roster = office.store.read(lambda uow: uow.office.roster())
    other = replace(office.officer("CAN"), code="CAN2", units=(ELSEWHERE,))
    office.store.write(lambda uow: uow.office.replace(replace(roster, officers=(*roster.officers, other))))
    refused = opens(office, "CAN2", case)
    assert isinstance(refused, Refusal)
    assert refused.key == "desk.named_only"


def test_a_colleague_of_the_same_commune_who_was_not_asked_reads_nothing_by_it(office: Office) -> None:
    case, hoa = taken(office, kind=Kind.SEXUAL_ABUSE, restricted=True)
    does(office, casework.set_unit, case, hoa, None, NOON, residence=HERE)
    assert isinstance(opens(office, "CAN", case), Refusal)
    assert office.told("MINH") == []


def test_nobody_is_rung_and_who_has_the_case_keeps_it(office: Office) -> None:
    case, hoa = taken(office)
    rung = len(office.alerts(case))
    does(office, casework.set_unit, case, hoa, None, NOON, residence=ELSEWHERE)
    assert office.case(case).owner == hoa.id
    assert len(office.alerts(case)) == rung


def test_they_are_told_once(office: Office) -> None:
    case, hoa = taken(office)
    for _ in range(2):
        does(office, casework.set_unit, case, hoa, None, NOON, residence=ELSEWHERE)
    assert len(office.told("MINH")) == 1


def test_whoever_is_accused_is_not_told(office: Office) -> None:
    case, hoa = taken(office)
    minh = office.officer("MINH")
    office.changes(replace(office.case(case), excluded=Excluded(officers=(minh.id,))))
    done = does(office, casework.set_unit, case, hoa, None, NOON, residence=ELSEWHERE)
    assert isinstance(done, Done)
    assert done.line.key == "desk.unit_set_alone"
    assert office.told("MINH") == []


def test_a_commune_that_has_nobody_here_must_be_phoned_and_we_say_so(office: Office) -> None:
    case, hoa = taken(office)
    done = does(office, casework.set_unit, case, hoa, None, NOON, residence=ABROAD)
    assert isinstance(done, Done)
    assert done.line.key == "desk.unit_set_alone"
    assert "case.coordination" not in office.ledger(f"case:{case}")


def test_what_came_by_telephone_tells_them_too(office: Office) -> None:
    duty = office.officer("TRUC")
    new = does(office, casework.enter_report, duty, an_entry(residence=ELSEWHERE), NOON)
    assert isinstance(new, NewCase)
    assert any("Phối hợp" in text for text in office.told("MINH"))


def test_what_came_by_telephone_says_so_where_nobody_of_that_commune_is_here(office: Office) -> None:
    duty = office.officer("TRUC")
    told = [
        does(office, casework.enter_report, duty, an_entry(residence=place), NOON)
        for place in (None, ELSEWHERE, ABROAD)
    ]
    assert [isinstance(new, NewCase) and new.phone_residence for new in told] == [False, False, True]


def test_whoever_enters_it_where_the_child_lives_may_open_it(both: Office) -> None:
    minh = both.officer("MINH")
    entry = an_entry(kind=Kind.SEXUAL_ABUSE, residence=ELSEWHERE)
    new = does(both, casework.enter_report, minh, entry, NOON)
    assert isinstance(new, NewCase)
    assert not new.phone_residence
    assert both.case(new.case).restricted
    assert isinstance(opens(both, "MINH", new.case), CaseFile)
    assert both.told("MINH") == [], "who says so need not be told"
    assert "case.coordination" in both.ledger(f"case:{new.case}")


def test_whoever_had_it_where_the_child_lives_may_open_it_when_another_has_it(both: Office) -> None:
    minh, hoa = both.officer("MINH"), both.officer("HOA")
    entry = an_entry(kind=Kind.SEXUAL_ABUSE, residence=ELSEWHERE)
    new = does(both, casework.enter_report, minh, entry, NOON, keep=True)
    assert isinstance(new, NewCase)
    moved = does(both, casework.transfer, new.case, minh, hoa.id, "ngoài địa bàn", NOON)
    assert isinstance(moved, Done)
    assert both.case(new.case).owner != minh.id
    assert isinstance(opens(both, "MINH", new.case), CaseFile)


def test_while_nobody_has_it_they_are_not_told_that_somebody_acts(office: Office) -> None:
    does(office, casework.enter_report, office.officer("TRUC"), an_entry(residence=ELSEWHERE), NOON)
    [told] = office.told("MINH")
    assert f"{NAMES[HERE]} (nơi xảy ra) đã được báo, chưa có người tiếp nhận" in told
    case, hoa = taken(office)
    does(office, casework.set_unit, case, hoa, None, NOON, residence=ELSEWHERE)
    [told] = office.told("MINH")
    assert f"{NAMES[HERE]} (nơi xảy ra) đang xử lý" in told


def joins(office: Office, residence: str) -> tuple[CaseId, Done]:
    """One knows where it happened, the other where the child lives."""
    into, _ = taken(office)
    one, duty = office.report(unit=None, residence=residence), office.officer("TRUC")
    office.told("MINH")  # rung, as long as it was not known where it happened
    done = does(office, casework.join, one, duty, into, NOON)
    assert isinstance(done, Done)
    return into, done


def test_what_is_joined_to_a_case_of_another_commune_tells_the_commune_of_residence(both: Office) -> None:
    into, done = joins(both, ELSEWHERE)
    assert done.line.key == "desk.joined"
    [told] = both.told("MINH")
    assert f"Phối hợp · vụ {into}:" in told
    assert "case.coordination" in both.ledger(f"case:{into}")


def test_joining_says_so_where_the_commune_of_residence_must_be_phoned(office: Office) -> None:
    into, done = joins(office, ABROAD)
    assert done.line.key == "desk.joined_alone"
    assert NAMES[ABROAD] in office.tools.words.render(done.line, "vi")
    assert "case.coordination" not in office.ledger(f"case:{into}")


def test_joining_tells_nobody_anew_of_a_residence_that_was_known(office: Office) -> None:
    case, hoa = taken(office, urgency=Urgency.URGENT)
    does(office, casework.set_unit, case, hoa, None, NOON, residence=ELSEWHERE)
    assert len(office.told("MINH")) == 1
    other = office.report(residence=ELSEWHERE)
    done = does(office, casework.join, other, hoa, case, NOON)
    assert isinstance(done, Done)
    assert office.case(case).urgency is Urgency.EMERGENCY
    assert office.told("MINH") == []
