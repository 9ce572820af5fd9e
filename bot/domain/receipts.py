"""Receipts: sixteen digits to come back with, found and masked in whatever somebody types."""

import re

DIGITS = 16
NEARLY = (13, 20)
"""Digits of a number that was meant to be a receipt."""
LABEL = 4
"""Words that may stand beside it ("mã của em là")."""
BITS = 53
"""Of randomness: the largest whole number of bits that sixteen decimal digits hold."""

_BETWEEN = r"[\s.\-\u00ad_\u2010-\u2015\u2212\u00b7\u200b-\u200f\u2060\ufeff]{0,3}"
"""What people put between groups of digits: blanks, dots, dashes, and characters nobody sees."""
_GROUPED = re.compile(
    rf"(?<!\d)(?:\d{{{DIGITS}}}|\d{{4}}(?:{_BETWEEN}\d{{4}}){{3}}|\d{{8}}{_BETWEEN}\d{{8}})(?!\d)"
)
_LOOSE = re.compile(rf"(?<!\d)(?:\d{_BETWEEN}){{{DIGITS - 1}}}\d(?!{_BETWEEN}\d)")
MASK = "•" * DIGITS


def receipt_of(bits: int) -> str:
    """Sixteen digits that hold `bits`, a random number of 53 bits drawn by the caller from `secrets`."""
    return f"{bits % 2**BITS:0{DIGITS}d}"


def spaced(digits: str) -> str:
    """In four groups, to be read aloud or copied: it could be any number of any bill."""
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def find(text: str) -> str | None:
    """The first receipt in `text` as sixteen ASCII digits, however it is grouped or written."""
    if not _may_hold_one(text):
        return None
    found = _GROUPED.search(text) or _LOOSE.search(text)
    return None if found is None else _plain(found.group())


def mask(text: str) -> str:
    """`text` without any receipt; everything else, other numbers too, stays as it was typed."""
    if not _may_hold_one(text):
        return text
    return _LOOSE.sub(MASK, _GROUPED.sub(MASK, text))


def nearly(text: str) -> int | None:
    """How many digits a mistyped receipt has: a message of little else than 13 to 20 digits, but not 16.

    Shorter ones are telephone numbers (10 or 11) and identity cards (12).
    """
    digits = sum(map(str.isdecimal, text))
    if not NEARLY[0] <= digits <= NEARLY[1] or digits == DIGITS:
        return None
    return digits if len(re.findall(r"[^\W\d_]+", text)) <= LABEL else None


def _may_hold_one(text: str) -> bool:
    """Nearly no text has so many digits, and counting them costs less than looking for groups."""
    return sum(map(str.isdecimal, text)) >= DIGITS


def _plain(typed: str) -> str:
    return "".join(str(int(character)) for character in typed if character.isdecimal())
