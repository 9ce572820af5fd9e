"""What the model looks at: words, pairs of words, words with their marks, ages, and concepts."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.domain.triage.bare import BARE
from bot.domain.triage.lexicon import Hit
from bot.domain.triage.reading import Reading

_NUMBER = "0"
_DENIED = ("", "~")
_SURE = ("?", "")
_RANGES = {
    "tuoi": ((5, "#small"), (12, "#child"), (15, "#teen"), (17, "#youth"), (200, "#adult")),
    "lop": ((5, "#primary"), (9, "#secondary"), (12, "#high")),
}
_DECIMALS = {
    "mot": 1,
    "hai": 2,
    "ba": 3,
    "bon": 4,
    "nam": 5,
    "sau": 6,
    "bay": 7,
    "tam": 8,
    "chin": 9,
    "muoi": 10,
}


def features(reading: Reading, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The distinct features of a message, in a fixed order. Numbers count as numbers, ages and classes by range."""
    exact = [word.folded for word in reading.words]
    words = [_NUMBER if word.isdecimal() else word for word in exact]
    found = dict.fromkeys(words)
    found |= dict.fromkeys(map(" ".join, pairwise(words)))
    found |= dict.fromkeys(["=" + word.typed for word in reading.words if not word.typed.isascii()])
    found |= dict.fromkeys(_years(exact))
    found |= dict.fromkeys([concept_feature(hit) for hit in hits if hit.concept != BARE])
    return tuple(found)


def concept_feature(hit: Hit) -> str:
    """The feature that a concept makes, stated or denied, sure or not."""
    concept, _, _, denied, sure = hit
    return f"@{_DENIED[denied]}{_SURE[sure]}{concept}"


def _years(words: Sequence[str]) -> Iterator[str]:
    """ "13 tuổi" and "lớp 7" as ranges: what is true at nine is true at ten."""
    for before, after in pairwise(words):
        if after == "tuoi":
            yield from _range(before, after)
        elif before == "lop":
            yield from _range(after, before)


def _range(number: str, unit: str) -> Iterator[str]:
    years = int(number[:4]) if number.isdecimal() else _DECIMALS.get(number)
    if years is not None:
        yield from [name for limit, name in _RANGES[unit] if years <= limit][:1]
