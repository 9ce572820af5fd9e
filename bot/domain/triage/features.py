"""What the model looks at: words, pairs of words, words with their marks, ages, length, and concepts."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from bot.domain.triage.bare import BARE
from bot.domain.triage.lexicon import Hit
from bot.domain.triage.reading import Reading

_NUMBER = "0"
_A_FEW = 6
_LONG = 6
"""Messages are short or long in steps of a few words; from `_LONG` steps on they all are long."""
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
    exact = [word[1] for word in reading.words]
    words = [_NUMBER if word.isdecimal() else word for word in exact]
    pairs = list(map(" ".join, pairwise(words)))
    found = [*words, *pairs, *["=" + word[0] for word in reading.words if not word[0].isascii()]]
    found += [concept_feature(hit) for hit in hits if hit[0] != BARE]
    found += _years(exact)
    found.append(f"#{min(_LONG, len(words) // _A_FEW)}")
    if pairs:
        found += ("^" + words[0], "^" + pairs[0], "$" + words[-1])
    return tuple(dict.fromkeys(found))


def concept_feature(hit: Hit) -> str:
    """The feature that a concept makes, stated or denied, sure or not."""
    return _named(hit[0], hit[3], hit[4])


@cache
def _named(concept: str, denied: bool, sure: bool) -> str:
    return f"@{_DENIED[denied]}{_SURE[sure]}{concept}"


def _years(words: Sequence[str]) -> Iterator[str]:
    """ "13 tuổi" and "lớp 7" as ranges: what is true at nine is true at ten."""
    for at, word in enumerate(words):
        if word == "tuoi" and at:
            yield from _range(words[at - 1], word)
        elif word == "lop" and at + 1 < len(words):
            yield from _range(words[at + 1], word)


def _range(number: str, unit: str) -> Iterator[str]:
    years = int(number[:4]) if number.isdecimal() else _DECIMALS.get(number)
    if years is not None:
        yield from [name for limit, name in _RANGES[unit] if years <= limit][:1]
