"""Receipts: found and masked however they are grouped, and nothing else is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import receipts

BITS = st.integers(0, 2**receipts.BITS - 1)
BETWEEN = st.sampled_from(["", " ", ".", "-", "–", " - ", "\u200b", "\u00a0", "_"])


def test_53_bits_fill_sixteen_digits() -> None:
    assert receipts.receipt_of(2**53 - 1) == "9007199254740991"
    assert receipts.receipt_of(7) == "0000000000000007"


@given(BITS, BETWEEN)
def test_a_receipt_is_found_and_masked_however_it_is_grouped(bits: int, between: str) -> None:
    digits = receipts.receipt_of(bits)
    typed = between.join(receipts.spaced(digits).split())
    text = f"Mã của em là {typed}, em muốn kể thêm"
    assert receipts.find(text) == digits
    masked = receipts.mask(text)
    assert receipts.find(masked) is None
    assert masked.startswith("Mã của em là ")
    assert masked.endswith(", em muốn kể thêm")


@given(BITS, BETWEEN)
def test_single_digits_apart_are_a_receipt_too(bits: int, between: str) -> None:
    digits = receipts.receipt_of(bits)
    assert receipts.find(between.join(digits)) == digits


@given(BITS, BITS)
def test_two_receipts_side_by_side_are_both_masked(one: int, other: int) -> None:
    text = f"{receipts.spaced(receipts.receipt_of(one))} {receipts.spaced(receipts.receipt_of(other))}"
    assert not any(map(str.isdecimal, receipts.mask(text)))


def test_full_width_and_other_digits_are_digits() -> None:
    assert receipts.find("８４３１ ０２７５ ９９４６ １２０３") == "8431027599461203"
    assert receipts.find("٨٤٣١٠٢٧٥٩٩٤٦١٢٠٣") == "8431027599461203"


@pytest.mark.parametrize(
    "text",
    [
        "gọi 0912345678 hoặc 0987654321 nhé",
        "em 13 tuổi, nhà số 45/6, ngày 20.11.2026 lúc 15:30",
        "tài khoản 19034567891234567 của nó",
        "1234 5678 9012",
        "",
    ],
)
def test_other_numbers_stay_as_they_were_typed(text: str) -> None:
    assert receipts.find(text) is None
    assert receipts.mask(text) == text
