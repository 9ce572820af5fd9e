"""Zalo's rules by themselves: error classes, the share of calls, night, templates, telephone numbers, settings."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.settings import BadSettings, load
from handlers.zalo_oa.api.errors import Fault, code_of, fault_of, safe, until_morning
from handlers.zalo_oa.api.rate import LIMIT, MINUTE, PER_MINUTE, REMAIN, RESERVE, Rate
from handlers.zalo_oa.letters import templates
from handlers.zalo_oa.letters.answers import international
from handlers.zalo_oa.letters.templates import Param, Purpose, Template

# --- errors ---

CODES = (
    (0, "", Fault.UNKNOWN),
    (-32, "", Fault.SLOW_DOWN),
    (-100, "attachment is expired", Fault.EXPIRED),
    (-124, "", Fault.RENEW),
    (-131, "", Fault.OTHER_WAY),
    (-139, "", Fault.BLOCKED),
    (-201, "access_token is invalid", Fault.RENEW),  # one published table says so
    (-201, "message.text is invalid", Fault.CONTENT),
    (-201, "user_id is invalid", Fault.GONE),
    (-204, "OA is disabled", Fault.HUMAN),
    (-210, "out of quota", Fault.QUOTA),
    (-213, "User has not followed OA", Fault.BLOCKED),
    (-216, "Access token is invalid", Fault.RENEW),
    (-220, "Access token has been removed", Fault.RENEW),
    (-230, "User has not interacted with the OA in the past 7 days", Fault.WINDOW),
    (-234, "", Fault.MORNING),
    (-242, "invalid appsecret_proof", Fault.HUMAN),
    (-320, "", Fault.HUMAN),
    (-1441, "", Fault.PERSON_QUOTA),
    (-77777, "Rate limit", Fault.SLOW_DOWN),
    (-77777, "", Fault.UNKNOWN),
)


@pytest.mark.parametrize(("code", "message", "fault"), CODES)
def test_an_error_is_known_by_its_code_and_where_sources_disagree_by_its_words(
    code: int, message: str, fault: Fault
) -> None:
    assert fault_of(code, message) is fault


@pytest.mark.parametrize(
    ("said", "code"),
    [({"error": 0}, 0), ({"error": "0"}, 0), ({"error": "-216"}, -216), ({"error": True}, None), ([], None)],
)
def test_a_code_that_comes_as_text_is_a_code(said: object, code: int | None) -> None:
    assert code_of(said) == code


def test_a_log_holds_no_numbers_of_people() -> None:
    assert safe("user 246845883529197922 or phone 84905123456 is invalid") == "user … or phone … is invalid"


NIGHTS = (
    # local hour and minute, minutes to wait
    ((6, 0), 0),
    ((12, 0), 0),
    ((21, 59), 0),
    ((22, 0), 480),
    ((23, 30), 390),
    ((0, 15), 345),
    ((5, 59), 1),
)


@pytest.mark.parametrize(("local", "minutes"), NIGHTS)
def test_promotional_messages_wait_for_the_morning(local: tuple[int, int], minutes: int) -> None:
    now = datetime(2026, 11, 21, *local, tzinfo=UTC) - timedelta(hours=7)
    assert until_morning(now) == timedelta(minutes=minutes)


# --- calls ---


def test_a_minute_holds_no_more_calls_than_our_share() -> None:
    now = [0.0]
    rate = Rate(lambda: now[0])
    done = sum(rate.take() == 0.0 for _ in range(PER_MINUTE))
    assert done == PER_MINUTE - RESERVE
    assert rate.take() == pytest.approx(MINUTE)
    now[0] = MINUTE
    assert rate.take() == 0.0


def test_what_zalo_says_of_the_limit_counts() -> None:
    now = [0.0]
    rate = Rate(lambda: now[0])
    rate.told({REMAIN: "17", LIMIT: "4000"})
    assert rate.take() > 0
    now[0] = MINUTE
    assert rate.take() == 0.0
    rate.told({REMAIN: "nonsense", LIMIT: "-1"})
    assert rate.take() == 0.0


# --- templates ---

GOOD = """
[officer_alert]
uid = 123456
phone = "123457"
params = { ma_vu = "{case}", noi_dung = { value = "{headline}", most = 12 } }

[reporter_waiting]
uid = "223344"
params.co_quan = "{office}"
"""


def test_templates_are_read_from_the_offices_file(tmp_path: Path) -> None:
    file = tmp_path / "templates.toml"
    file.write_text(GOOD, encoding="utf-8")
    found = templates.load(file)
    assert found[Purpose.REPORTER_WAITING] == Template("223344", "", {"co_quan": Param("{office}")})
    alert = found[Purpose.OFFICER_ALERT]
    assert (alert.uid, alert.phone) == ("123456", "123457")
    values = {"case": "7", "headline": "Vụ 7 · khẩn cấp · xã Ea Kao", "office": "", "time": "", "url": ""}
    assert alert.filled(values) == {"ma_vu": "7", "noi_dung": "Vụ 7 · khẩn"}
    assert templates.load(None) == {}


WRONG = (
    ("[officer_alarm]\nuid = '1'", "officer_alarm"),
    ("[officer_alert]", "needs uid or phone"),
    ("[officer_alert]\nuid = 'a b'", "uid"),
    ("[officer_alert]\nuid = '1'\nparams.x = '{name}'", "{name} is unknown"),
    ("[officer_alert]\nuid = '1'\nparams.x = '{case'", "params.x"),
    ("[officer_alert]\nuid = '1'\nparams.x = 3", "params.x"),
    ("[officer_alert]\nuid = '1'\nmode = 'test'", "mode"),
    ("[officer_alert]\nuid = '1'\nuids = '1'", "uids"),
    ("[reporter_waiting]\nphone = '1'", "never written to by telephone"),
    ("[officer_alert", "no TOML"),
)


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_wrong_file_of_templates_is_refused_with_the_place(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "templates.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings) as wrong:
        templates.load(file)
    assert told in str(wrong.value)
    assert str(file) in str(wrong.value)


def test_a_missing_file_of_templates_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadSettings, match="TINBAO_ZALO_TEMPLATES"):
        templates.load(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("0905 123 456", "84905123456"),
        ("+84 905.123.456", "84905123456"),
        ("111", ""),
        ("02623 851 851", ""),
        ("", ""),
    ],
)
def test_only_mobile_numbers_of_vietnam_get_templates(written: str, found: str) -> None:
    assert international(written) == found


# --- settings ---

WHOLE = {
    "zalo_oa_app_id": "41",
    "zalo_oa_app_secret": "s",
    "zalo_oa_secret_key": "k",
    "zalo_oa_id": "42",
}


def test_half_an_account_is_refused_with_everything_that_is_missing() -> None:
    assert load(**WHOLE).zalo_oa_account == "42"
    for name in WHOLE:
        with pytest.raises(BadSettings) as wrong:
            load(**{key: value for key, value in WHOLE.items() if key != name})
        assert str(wrong.value).startswith(f"TINBAO_{name.upper()} is missing: ")
    with pytest.raises(BadSettings) as wrong:
        load(zalo_templates="templates.toml")
    assert all(f"TINBAO_{name.upper()}" in str(wrong.value) for name in WHOLE)


def test_half_a_pair_of_tokens_is_refused() -> None:
    for have, lack in (("access", "REFRESH"), ("refresh", "ACCESS")):
        with pytest.raises(BadSettings, match=f"TINBAO_ZALO_OA_{lack}_TOKEN is missing"):
            load(**WHOLE, **{f"zalo_oa_{have}_token": "x"})


def test_secrets_of_the_account_do_not_print() -> None:
    told = load(**{**WHOLE, "zalo_oa_app_secret": "GEHEIM", "zalo_oa_secret_key": "GEHEIM"})
    assert "GEHEIM" not in repr(told)


def test_the_challenge_for_the_console_comes_from_the_verifier() -> None:
    verifier = "dBjftJeZ4CVP-mBqtVb6xT0pzVGYOYSnMuEcDFlyzK8"
    assert load(**WHOLE).zalo_oa_challenge == ""
    found = load(**WHOLE, zalo_oa_code_verifier=verifier).zalo_oa_challenge
    assert len(found) == 43
    assert "=" not in found
