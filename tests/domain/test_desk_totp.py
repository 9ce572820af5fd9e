"""One-time passwords against the vectors of the standard."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import totp

SECRET = b"12345678901234567890"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_codes_are_those_of_rfc_6238_appendix_b(seconds: int, expected: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp.code(SECRET, totp.counter_at(at), digits=8) == expected


def test_a_code_counts_one_step_early_or_late_and_no_more() -> None:
    at = datetime(2026, 11, 20, tzinfo=UTC)
    step = totp.counter_at(at)
    code = totp.code(SECRET, step)
    assert totp.verify(SECRET, f" {code[:3]} {code[3:]} ", at) == step
    for away, counts in ((-2, False), (-1, True), (1, True), (2, False)):
        found = totp.verify(SECRET, code, at + away * timedelta(seconds=totp.STEP))
        assert (found == step) is counts
    assert totp.verify(SECRET, "", at) is None
    assert totp.verify(SECRET, "۱۲۳۴۵۶", at) is None


def test_the_address_is_what_an_app_reads() -> None:
    told = totp.address(SECRET, "Bảo vệ trẻ em", "HOA")
    assert told.startswith("otpauth://totp/B%E1%BA%A3o")
    assert "secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" in told
