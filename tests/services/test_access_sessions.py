"""Links that last minutes, device sessions that end, and the second factor."""

from base64 import b32decode
from datetime import timedelta

from bot.domain import totp
from bot.domain.cases import CaseId
from bot.domain.messages import Address
from bot.services.officers import access, second_factor
from tests.services.office import Office
from tests.services.people import TELEGRAM

NEW = Address(TELEGRAM, "main", "555")
BI = Address("telegram_public", "main", "700100201")


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


def secret_of(address: str) -> bytes:
    key = address.partition("secret=")[2].partition("&")[0]
    return b32decode(key + "=" * (-len(key) % 8))


def code_now(secret: bytes, office: Office) -> str:
    return totp.code(secret, totp.counter_at(office.now))


def with_second_factor(office: Office) -> bytes:
    hoa = office.officer("HOA")
    address = office.store.write(lambda uow: second_factor.offer(uow, office.tools, hoa, office.now))
    assert address is not None
    secret = secret_of(address)
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


def test_ending_every_device_leaves_no_half_open_door(both: Office) -> None:
    secret = with_second_factor(both)
    hoa, half = both.officer("HOA"), half_way(both)
    link = token_of(both.store.write(lambda uow: access.login_link(uow, both.tools, hoa, both.now)))
    both.store.write(lambda uow: access.revoke_all(uow, hoa, both.now))
    both.now += timedelta(seconds=30)
    assert confirms(both, half, code_now(secret, both)) is None
    assert opens(both, link) is None


def test_a_device_left_open_is_not_enough_to_replace_the_second_factor(office: Office) -> None:
    secret = with_second_factor(office)
    hoa = office.officer("HOA")

    def offered(old: str) -> str | None:
        return office.store.write(
            lambda uow: second_factor.offer(uow, office.tools, hoa, office.now, old=old)
        )

    assert offered("") is None
    assert offered("000000") is None
    assert offered(code_now(secret, office)) is not None


def test_after_a_lost_phone_no_device_is_logged_in_and_no_code_is_asked(both: Office) -> None:
    token = logs_in(both)
    with_second_factor(both)
    hoa = both.officer("HOA")
    ended = both.store.write(lambda uow: access.lost_phone(uow, both.tools, hoa, both.now, by="console"))
    assert ended == 1
    assert whose(both, token) is None
    assert whose(both, logs_in(both)) == "HOA"
