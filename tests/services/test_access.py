"""Who gets in: invitations count once, links minutes, sessions end, and all of it is in the ledger."""

from base64 import b32decode
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain import totp
from bot.domain.cases import CaseId
from bot.domain.messages import Address
from bot.services import access, casework, invitations, second_factor
from storage.engine import SqlStore
from tests.services.office import AN, NOON, ROSTER, TELEGRAM, Office, open_office, say_state, state_of

NEW = Address(TELEGRAM, "main", "555")
BI = Address("telegram_public", "main", "700100201")


@pytest.fixture
def office(sqlite_store: SqlStore) -> Office:
    return open_office(sqlite_store)


@pytest.fixture
def both(store: SqlStore) -> Office:
    """The same on SQLite and on PostgreSQL."""
    return open_office(store)


def invited(office: Office, code: str) -> str:
    id_ = office.officer(code).id
    return office.store.write(lambda uow: access.invite(uow, office.tools, id_, office.now, by="officer:1"))


def redeems(office: Office, address: Address, token: str) -> str | None:
    found = office.store.write(lambda uow: access.redeem(uow, office.tools, address, token, office.now))
    return None if found is None else found.officer.code


# --- invitations ---


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


# --- collaborators ---


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


# --- links and sessions ---


def token_of(url: str) -> str:
    assert url.startswith("https://tinbao.example/desk/enter/")
    return url.rsplit("/", 1)[1]


def logs_in(office: Office, code: str = "HOA") -> str:
    officer = office.officer(code)
    url = office.store.write(lambda uow: access.login_link(uow, office.tools, officer, office.now))
    opened = opens(office, token_of(url))
    assert opened is not None
    assert not opened.half
    return opened.token


def opens(office: Office, token: str) -> access.Opened | None:
    return office.store.write(lambda uow: access.open_session(uow, office.tools, token, office.now))


def whose(office: Office, token: str) -> str | None:
    officer = office.store.read(lambda uow: access.session(uow, office.tools, token, office.now))
    return None if officer is None else officer.code


def test_a_link_logs_in_once_within_minutes(both: Office) -> None:
    hoa = both.officer("HOA")
    urls = [both.store.write(lambda uow: access.login_link(uow, both.tools, hoa, both.now)) for _ in range(2)]
    opened = opens(both, token_of(urls[0]))
    assert opened is not None
    assert opened.officer == hoa
    assert opens(both, token_of(urls[0])) is None
    both.now += both.tools.link_life + timedelta(seconds=1)
    assert opens(both, token_of(urls[1])) is None
    assert opens(both, "forged") is None


def test_a_case_link_leads_to_its_case(office: Office) -> None:
    hoa = office.officer("HOA")
    url = office.store.write(lambda uow: access.case_link(uow, office.tools, hoa, CaseId(7), office.now))
    opened = opens(office, token_of(url))
    assert opened is not None
    assert opened.case == 7


def test_a_session_ends_when_it_is_idle(both: Office) -> None:
    token = logs_in(both)
    for _ in range(3):
        both.now += timedelta(hours=11)
        assert whose(both, token) == "HOA"
        both.store.write(lambda uow: access.keep_alive(uow, both.tools, token, both.now))
    both.now += timedelta(hours=12, seconds=1)
    assert whose(both, token) is None


def test_a_lost_telephone_is_listed_and_ended(both: Office) -> None:
    lost, kept, other = logs_in(both), logs_in(both), logs_in(both, "CHU")
    hoa, chair = both.officer("HOA"), both.officer("CHU")
    rows = both.store.read(lambda uow: access.sessions(uow, hoa))
    assert len(rows) == 2
    assert not both.store.write(lambda uow: access.revoke(uow, chair, rows[0].id, both.now))
    assert both.store.write(lambda uow: access.revoke(uow, hoa, rows[0].id, both.now))
    assert [whose(both, token) for token in (lost, kept, other)].count("HOA") == 1
    assert both.store.write(lambda uow: access.revoke_all(uow, hoa, both.now)) == 1
    assert [whose(both, token) for token in (lost, kept, other)] == [None, None, "CHU"]
    assert {"desk.login", "desk.revoked", "desk.revoked_all"} <= set(both.ledger(f"officer:{hoa.id}"))


def test_logging_out_ends_the_session(office: Office) -> None:
    token = logs_in(office)
    office.store.write(lambda uow: access.end_session(uow, office.tools, token, office.now))
    assert whose(office, token) is None


# --- the second factor ---


def secret_of(address: str) -> bytes:
    key = address.partition("secret=")[2].partition("&")[0]
    return b32decode(key + "=" * (-len(key) % 8))


def code_now(secret: bytes, office: Office) -> str:
    return totp.code(secret, totp.counter_at(office.now))


def with_second_factor(office: Office) -> bytes:
    hoa = office.officer("HOA")
    secret = secret_of(
        office.store.write(lambda uow: second_factor.offer(uow, office.tools, hoa, office.now))
    )
    assert office.store.write(
        lambda uow: second_factor.set_up(uow, office.tools, hoa, code_now(secret, office), office.now)
    )
    office.now += timedelta(minutes=1)
    return secret


def half_way(office: Office) -> str:
    hoa = office.officer("HOA")
    url = office.store.write(lambda uow: access.login_link(uow, office.tools, hoa, office.now))
    opened = opens(office, token_of(url))
    assert opened is not None
    assert opened.half
    return opened.token


def confirms(office: Office, half: str, code: str) -> access.Opened | None:
    return office.store.write(lambda uow: access.confirm(uow, office.tools, half, code, office.now))


def test_with_a_second_factor_a_link_alone_opens_nothing(both: Office) -> None:
    secret = with_second_factor(both)
    half = half_way(both)
    assert whose(both, half) is None
    assert confirms(both, half, "000000") is None
    whole = confirms(both, half, code_now(secret, both))
    assert whole is not None
    assert whose(both, whole.token) == "HOA"
    assert confirms(both, half, code_now(secret, both)) is None


def test_a_code_counts_once_and_wrong_ones_are_limited(office: Office) -> None:
    secret = with_second_factor(office)
    first, second = half_way(office), half_way(office)
    code = code_now(secret, office)
    assert confirms(office, first, code) is not None
    assert confirms(office, second, code) is None
    for _ in range(second_factor.TRIES):
        assert confirms(office, second, "000000") is None
    office.now += timedelta(minutes=1)
    assert confirms(office, second, code_now(secret, office)) is None


def test_an_offered_secret_counts_only_once_it_is_confirmed(office: Office) -> None:
    hoa = office.officer("HOA")
    office.store.write(lambda uow: second_factor.offer(uow, office.tools, hoa, office.now))
    assert not office.store.write(
        lambda uow: second_factor.set_up(uow, office.tools, hoa, "000000", office.now)
    )
    assert whose(office, logs_in(office)) == "HOA"


def test_a_dropped_second_factor_is_asked_no_more(office: Office) -> None:
    with_second_factor(office)
    hoa = office.officer("HOA")
    office.store.write(lambda uow: second_factor.drop(uow, office.tools, hoa, office.now, by="officer:9"))
    assert whose(office, logs_in(office)) == "HOA"
