"""What officers see: the queue, a case, a search; every look is in the ledger."""

from datetime import timedelta

from bot.domain.cases import AlertState, CaseId
from bot.domain.kinds import Kind, Urgency
from bot.ports import Queue
from bot.services import casework
from bot.services.casework import CaseFile, NewCase, Refusal
from tests.services.office import Office
from tests.services.people import AN, ELSEWHERE, NOON
from tests.services.steps import an_entry, does


def test_every_look_is_in_the_ledger(both: Office) -> None:
    case = both.report(AN)
    both.deliver()
    hoa, minh = both.officer("HOA"), both.officer("MINH")
    looked = both.store.write(lambda uow: casework.look(uow, both.tools, case, hoa, NOON))
    assert isinstance(looked, CaseFile)
    assert looked.reports[0].answers == {"where": "gần chợ"}
    assert isinstance(both.store.write(lambda uow: casework.look(uow, both.tools, case, minh, NOON)), Refusal)
    rows = both.store.read(lambda uow: uow.ledger.of(f"case:{case}"))
    looks = {(row.action, row.actor) for row in rows if "look" in row.action}
    assert looks == {
        ("case.looked", f"officer:{hoa.id}"),
        ("case.look_refused", f"officer:{minh.id}"),
    }
    [alert] = both.store.read(lambda uow: uow.watches.alerts(case))
    assert alert.state is AlertState.SEEN


def test_a_restricted_case_opens_only_to_who_was_named(office: Office) -> None:
    case = office.report(kind=Kind.SEXUAL_ABUSE, restricted=True)
    police, hoa = office.officer("CAN"), office.officer("HOA")
    refused = office.store.write(lambda uow: casework.look(uow, office.tools, case, police, NOON))
    assert isinstance(refused, Refusal)
    assert refused.key == "desk.named_only"
    assert isinstance(
        office.store.write(lambda uow: casework.look(uow, office.tools, case, hoa, NOON)), CaseFile
    )


def test_the_queue_shows_ones_own_area_by_urgency_then_time_left(both: Office) -> None:
    slow = both.report(urgency=Urgency.STANDARD)
    late = both.report(due_at=NOON + timedelta(hours=9))
    soon = both.report(due_at=NOON + timedelta(hours=3))
    away = both.report(unit=ELSEWHERE)
    nowhere = both.report(unit=None)

    def queue(code: str, **filters: object) -> list[CaseId]:
        officer, asked = both.officer(code), Queue(**filters)  # type: ignore[arg-type]
        return [case.id for case in both.store.read(lambda uow: casework.queue(uow, officer, asked, NOON))]

    assert queue("HOA") == [soon, late, slow]
    assert queue("MINH") == [away]
    assert set(queue("SUP")) == {soon, late, slow, away, nowhere}
    assert queue("CTV") == []
    does(both, casework.take, late, both.officer("HOA"), NOON)
    assert queue("HOA", owner=both.officer("HOA").id) == [late]


def test_a_search_finds_only_what_one_may_know(office: Office) -> None:
    new = does(office, casework.enter_report, office.officer("TRUC"), an_entry(), NOON)
    assert isinstance(new, NewCase)

    def found(code: str, words: str) -> list[CaseId]:
        officer = office.officer(code)
        work = office.store.write(lambda uow: casework.search(uow, office.tools, words, officer, NOON))
        return [case.id for case in work]

    for words in (str(new.case), "an khanh", new.receipt, f"{new.receipt[:4]} {new.receipt[4:]}"):
        assert found("HOA", words) == [new.case], words
        assert found("MINH", words) == []


def test_who_phoned_is_found_by_nobody_although_the_place_is(office: Office) -> None:
    """Kept apart from the commune: a name that could be tried out would tell who reported."""
    duty = office.officer("TRUC")
    entry = an_entry(answers={"where": "hẻm Bạch Đằng", "name": "Nguyễn Thị Khuê"})
    new = does(office, casework.enter_report, duty, entry, NOON)
    assert isinstance(new, NewCase)

    def found(words: str) -> list[int]:
        hits = office.store.write(
            lambda uow: casework.search(uow, office.tools, words, office.officer("HOA"), NOON)
        )
        return [case.id for case in hits]

    assert found("bach dang") == [new.case]
    assert found("khuê") == []
