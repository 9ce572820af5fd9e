"""Within a transaction a case and the office are read once, yet what the transaction changes is seen at once."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.domain.cases import Case, CaseId, OfficerId, Status
from bot.domain.kinds import Urgency
from bot.ports import UnitOfWork
from storage.engine import SqlStore
from tests.storage.people import NOW, a_case, a_roster

OTHER = OfficerId(7)
Change = Callable[[UnitOfWork, Case], object]


def raised(uow: UnitOfWork, case: Case) -> None:
    uow.cases.save(replace(case, urgency=Urgency.EMERGENCY))


def taken(uow: UnitOfWork, case: Case) -> None:
    uow.cases.take(case.id, OTHER, NOW)


def joined(uow: UnitOfWork, case: Case) -> None:
    uow.cases.join(case.id, uow.cases.open(a_case()), NOW)


@pytest.mark.parametrize("change", [raised, taken, joined])
def test_a_case_is_read_again_after_a_change(store: SqlStore, change: Change) -> None:
    number = store.write(lambda uow: uow.cases.open(a_case()))

    def work(uow: UnitOfWork) -> tuple[Case, Case]:
        before = seen(uow, number)
        change(uow, before)
        return before, seen(uow, number)

    before, after = store.write(work)
    assert after.version == before.version + 1
    assert after == store.read(lambda uow: uow.cases.get(number))


def test_the_case_that_took_another_in_counts_its_reports(store: SqlStore) -> None:
    into, other = (store.write(lambda uow: uow.cases.open(a_case())) for _ in range(2))

    def work(uow: UnitOfWork) -> int:
        seen(uow, into)
        uow.cases.join(other, into, NOW)
        return seen(uow, into).reports

    assert store.write(work) == 2


def test_what_is_undone_was_never_read(store: SqlStore) -> None:
    number = store.write(lambda uow: uow.cases.open(a_case()))

    def fails(uow: UnitOfWork) -> None:
        taken(uow, seen(uow, number))
        assert seen(uow, number).status is Status.TAKEN
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(fails)
    assert store.read(lambda uow: seen(uow, number)).status is Status.NEW


def test_an_office_that_changes_is_seen_in_the_same_transaction(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> tuple[int, int]:
        before = len(uow.office.roster().officers)
        uow.office.replace(a_roster())
        return before, len(uow.office.roster().officers)

    assert store.write(work) == (0, len(a_roster().officers))


def seen(uow: UnitOfWork, number: CaseId) -> Case:
    case = uow.cases.get(number)
    assert case is not None
    return case
