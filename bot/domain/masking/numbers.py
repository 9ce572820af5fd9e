"""Numbers, spelt out or in digits; ages as bands."""

import re
from collections.abc import Iterator

from bot.domain.masking.spans import NUMBER, Span, folded

BANDS = ((5, "0-5"), (10, "6-10"), (13, "11-13"), (15, "14-15"), (17, "16-17"))
"""Years up to which each goes; 16 is no child any more (Luật Trẻ em 2016, Điều 1)."""
GROWN = "18+"
LONG = 5
"""Digits from which a number is one of a telephone, a card, a receipt."""
_WORDS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
    "muoi": 10,
}  # fmt: skip
_SPELT = "|".join(("khong", "linh", "le", *_WORDS))
_RUN = re.compile(r"\d(?:[\s.,/:+\-]{0,3}\d)*")
_TOLD = re.compile(rf"\b(?:{_SPELT})(?:[\s.,-]+(?:{_SPELT})){{5,}}\b")
_AGE = re.compile(
    rf"\b(?:(\d{{1,2}})(?=\s*(?:tuoi|tui\b|t\b|year|yo\b|y\.o))|((?:muoi\ )?(?:{'|'.join(_WORDS)}))(?=\s+tuoi\b))"
)


def band(age: int) -> str:
    """ "11-13"."""
    return next((name for most, name in BANDS if age <= most), GROWN)


def ages(text: str) -> Iterator[Span]:
    """The number before "tuổi", as its band."""
    for found in _AGE.finditer(folded(text)):
        yield Span(*found.span(), f"[{band(_years(found[0]))}]")


def numbers(text: str) -> Iterator[Span]:
    """Every number in digits, and a telephone number that is spelt out."""
    for found in _RUN.finditer(text):
        yield Span(found.start(), found.end(), NUMBER)
    yield from _spelt(text)


def long_numbers(text: str) -> Iterator[Span]:
    """Those of telephones, cards and receipts only: an hour and an age stay."""
    for found in _RUN.finditer(text):
        if sum(map(str.isdecimal, found[0])) >= LONG:
            yield Span(found.start(), found.end(), NUMBER)
    yield from _spelt(text)


def _spelt(text: str) -> Iterator[Span]:
    for found in _TOLD.finditer(folded(text)):
        yield Span(found.start(), found.end(), NUMBER)


def _years(told: str) -> int:
    if told.isdecimal():
        return int(told)
    return sum(_WORDS[word] for word in told.split())
