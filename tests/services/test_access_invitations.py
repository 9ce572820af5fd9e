"""Who gets in by invitation: once, within a week, on the right kind of channel."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import CaseId
from bot.domain.messages import Address
from bot.services import casework
from bot.services.officers import access, invitations
from tests.services.office import Office, say_state, state_of
from tests.services.people import AN, NOON, ROSTER, TELEGRAM

NEW = Address(TELEGRAM, "main", "555")
BI = Address("telegram_public", "main", "700100201")


def invited(office: Office, code: str) -> str:
    id_ = office.officer(code).id
    return office.store.write(lambda uow: access.invite(uow, office.tools, id_, office.now, by="officer:1"))


def redeems(office: Office, address: Address, token: str) -> str | None:
    found = office.store.write(lambda uow: access.redeem(uow, office.tools, address, token, office.now))
    return None if found is None else found.officer.code


def test_an_invitation_enrols_once(both: Office) -> None:
    token = invited(both, "HOA")
    assert redeems(both, NEW, token) == "HOA"
    assert redeems(both, Address(TELEGRAM, "main", "556"), token) is None
    at = both.store.read(lambda uow: uow.office.officer_at(NEW))
    assert at is not None
    assert at.code == "HOA"
    assert {"officer.invited", "officer.enrolled"} <= set(both.ledger(f"officer:{at.id}"))


def test_an_invitation_is_over_after_a_week(office: Office) -> None:
    token = invited(office, "HOA")
    office.now = NOON + timedelta(days=7, seconds=1)
    assert redeems(office, NEW, token) is None


def test_officers_enrol_on_officers_channels_and_collaborators_where_citizens_write(office: Office) -> None:
    officer, helper = invited(office, "HOA"), invited(office, "CTV")
    assert redeems(office, AN, officer) is None
    assert redeems(office, NEW, helper) is None
    assert redeems(office, NEW, officer) == "HOA"
    assert redeems(office, AN, helper) == "CTV"


def test_guessing_is_limited_for_each_address(both: Office) -> None:
    for n in range(invitations.TRIES):
        assert redeems(both, NEW, f"guess{n}") is None
    right = invited(both, "HOA")
    assert redeems(both, NEW, right) is None
    both.now += timedelta(hours=1, seconds=1)
    assert redeems(both, NEW, right) == "HOA"


def test_an_officer_who_left_cannot_come_in(office: Office) -> None:
    token = invited(office, "HOA")
    rest = tuple(one for one in ROSTER.officers if one.code != "HOA")
    office.store.write(lambda uow: uow.office.replace(replace(ROSTER, officers=rest)))
    assert redeems(office, NEW, token) is None


def in_chat(office: Office, person: Address, token: str) -> str:
    state = state_of(office, person)
    office.store.write(lambda uow: access.redeem_in_chat(uow, office.tools, person, state, token, office.now))
    return "\n".join(office.writer_reads(person))


def leaves(office: Office, person: Address, *, hand_over: bool) -> str:
    state = state_of(office, person)
    office.store.write(
        lambda uow: access.leave_collaboration(
            uow, office.tools, person, state, office.now, hand_over=hand_over
        )
    )
    return "\n".join(office.writer_reads(person))


def is_collaborator(office: Office, person: Address) -> bool:
    return office.store.read(lambda uow: uow.office.collaborator_at(person)) is not None


def test_a_collaborator_comes_and_goes_with_one_word(both: Office) -> None:
    assert "cộng tác viên (Phường An Khánh)" in in_chat(both, AN, invited(both, "CTV"))
    assert is_collaborator(both, AN)
    assert "Cảm ơn" in leaves(both, AN, hand_over=False)
    assert not is_collaborator(both, AN)


def test_a_wrong_invitation_in_the_citizens_chat_is_answered_kindly(office: Office) -> None:
    assert "vẫn có thể nhắn tin" in in_chat(office, AN, "nonsense")
    assert not is_collaborator(office, AN)


def test_a_hand_over_takes_the_list_of_reports_along(both: Office) -> None:
    in_chat(both, AN, invited(both, "CTV"))
    case = both.report(AN)
    say_state(both, AN, case=case)
    text = leaves(both, AN, hand_over=True)
    assert is_collaborator(both, AN)
    token = text.split("\n")[0].rsplit(" ", 1)[1]
    in_chat(both, BI, token)
    assert (is_collaborator(both, AN), is_collaborator(both, BI)) == (False, True)

    def mine(person: Address) -> list[CaseId]:
        return both.store.write(
            lambda uow: [found.id for found in uow.cases.of_conversation(uow.conversations.load(person)[0])]
        )

    assert mine(BI) == [case]
    assert state_of(both, AN).case is None
    both.writer_reads(BI)
    hoa = both.officer("HOA")
    both.store.write(lambda uow: casework.ask_reporter(uow, both.tools, case, hoa, "Em ở đâu?", both.now))
    read = [letter.to for letter in both.deliver(channel="telegram_public")]
    assert AN not in read
    assert BI in read
