"""Who works in the office, and where they are reached."""

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.messages import Address
from bot.domain.officers import Officer, Shift
from bot.ports import UnitOfWork
from storage.engine import SqlStore
from tests.storage.people import AN, BI, HOA, MINH, NOW, a_roster


@pytest.fixture
def office(store: SqlStore) -> SqlStore:
    store.write(lambda uow: uow.office.replace(a_roster()))
    return store


def named(store: SqlStore, code: str) -> Officer:
    roster = store.read(lambda uow: uow.office.roster())
    return next(officer for officer in roster.officers if officer.code == code)


def enrol(store: SqlStore, code: str, address: Address) -> int:
    id_ = named(store, code).id
    store.write(lambda uow: uow.office.enrol(id_, address, NOW))
    return id_


def test_a_roster_comes_back_whole(office: SqlStore) -> None:
    wanted = replace(a_roster(), shifts=(Shift("HOA", (0, 1), time(7), time(17)),), name="Đắk Lắk")
    office.write(lambda uow: uow.office.replace(wanted))
    got = office.read(lambda uow: uow.office.roster())
    assert replace(got, officers=(), version=0) == replace(wanted, officers=())
    assert [replace(one, id=0) for one in got.officers] == list(wanted.officers)


def test_officers_stand_in_the_order_of_the_file_imported_last(office: SqlStore) -> None:
    turned = replace(a_roster(), officers=tuple(reversed(a_roster().officers)))
    office.write(lambda uow: uow.office.replace(turned))
    got = office.read(lambda uow: uow.office.roster())
    assert [one.code for one in got.officers] == [one.code for one in turned.officers]


def test_an_office_that_was_never_imported_is_empty(store: SqlStore) -> None:
    assert store.read(lambda uow: uow.office.roster()).officers == ()


def test_the_roster_is_loaded_once_per_version(office: SqlStore) -> None:
    first = office.read(lambda uow: uow.office.roster())
    assert office.read(lambda uow: uow.office.roster()) is first
    office.write(lambda uow: uow.office.on_duty(first.officers[0].id, False))
    second = office.read(lambda uow: uow.office.roster())
    assert second.version > first.version
    assert not second.officers[0].on_duty


def test_a_change_that_was_undone_is_never_seen(office: SqlStore) -> None:
    before = office.read(lambda uow: uow.office.roster())

    def undone(uow: object) -> None:
        uow.office.on_duty(before.officers[0].id, False)  # type: ignore[attr-defined]
        assert not uow.office.roster().officers[0].on_duty  # type: ignore[attr-defined]
        raise LookupError

    with pytest.raises(LookupError):
        office.write(undone)
    office.write(lambda uow: uow.office.on_duty(before.officers[1].id, False))
    after = office.read(lambda uow: uow.office.roster())
    assert [one.on_duty for one in after.officers] == [True, False, True]


def test_an_import_keeps_numbers_addresses_and_duty_by_code_and_retires_who_is_missing(
    office: SqlStore,
) -> None:
    hoa, minh = enrol(office, "HOA", HOA), enrol(office, "MINH", MINH)
    office.write(lambda uow: uow.office.on_duty(hoa, False))
    renamed = replace(a_roster().officers[0], name="Trần Hoa")
    office.write(lambda uow: uow.office.replace(replace(a_roster(), officers=(renamed,))))
    now = office.read(lambda uow: uow.office.roster()).officers
    assert [(one.id, one.name, one.on_duty) for one in now] == [(hoa, "Trần Hoa", False)]
    assert now[0].reachable == {"telegram_officers"}
    assert office.read(lambda uow: uow.office.officer_at(MINH)) is None
    left = office.read(lambda uow: uow.office.officer(minh))
    assert left is not None
    assert (left.name, left.on_duty) == ("Lê Minh", False)


def test_an_enrolled_officer_is_found_and_reached(office: SqlStore) -> None:
    hoa = enrol(office, "HOA", HOA)
    found = office.read(lambda uow: uow.office.officer_at(HOA))
    assert found is not None
    assert (found.id, found.reachable) == (hoa, {"telegram_officers"})
    assert office.read(lambda uow: uow.office.address_of(hoa, "telegram_officers")) == HOA
    assert office.read(lambda uow: uow.office.address_of(hoa, "zalo_oa")) is None
    assert office.read(lambda uow: uow.office.officer_at(AN)) is None


def test_a_dead_address_is_no_way_to_reach_somebody_until_they_write_again(office: SqlStore) -> None:
    hoa = enrol(office, "HOA", HOA)
    office.write(lambda uow: uow.office.unreachable(HOA))
    assert named(office, "HOA").reachable == frozenset()
    assert office.read(lambda uow: uow.office.address_of(hoa, "telegram_officers")) is None
    assert office.read(lambda uow: uow.office.officer_at(HOA)) is not None
    enrol(office, "HOA", HOA)
    assert named(office, "HOA").reachable == {"telegram_officers"}


def test_an_address_belongs_to_one_officer_and_the_newest_counts(office: SqlStore) -> None:
    enrol(office, "HOA", HOA)
    minh = enrol(office, "MINH", HOA)
    assert named(office, "HOA").reachable == frozenset()
    enrol(office, "MINH", MINH)
    assert office.read(lambda uow: uow.office.address_of(minh, "telegram_officers")) == MINH
    assert office.read(lambda uow: uow.office.officer_at(HOA)) is None


def test_who_leaves_has_no_address_left(office: SqlStore) -> None:
    hoa = enrol(office, "HOA", HOA)
    office.write(lambda uow: uow.office.leave(hoa))
    assert office.read(lambda uow: uow.office.officer_at(HOA)) is None
    assert named(office, "HOA").reachable == frozenset()


def test_a_collaborator_is_never_taken_for_an_officer(office: SqlStore) -> None:
    lan = enrol(office, "LAN", BI)
    assert office.read(lambda uow: uow.office.officer_at(BI)) is None
    found = office.read(lambda uow: uow.office.collaborator_at(BI))
    assert found is not None
    assert found.id == lan
    enrol(office, "HOA", HOA)
    assert office.read(lambda uow: uow.office.collaborator_at(HOA)) is None


def test_an_address_counts_at_once_in_its_transaction_and_never_where_that_is_undone(
    office: SqlStore,
) -> None:
    hoa = named(office, "HOA").id
    assert office.read(lambda uow: uow.office.officer_at(HOA)) is None

    def enrol_and_fail(uow: UnitOfWork) -> None:
        uow.office.enrol(hoa, HOA, NOW)
        found = uow.office.officer_at(HOA)
        raise ValueError(None if found is None else found.code)

    with pytest.raises(ValueError, match="HOA"):
        office.write(enrol_and_fail)
    assert office.write(lambda uow: uow.office.officer_at(HOA)) is None
    enrol(office, "HOA", HOA)
    assert office.write(lambda uow: uow.office.officer_at(HOA)) is not None
