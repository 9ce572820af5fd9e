"""What the model looks at: words, pairs of words, words with their marks, ages, length, and concepts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import filterfalse, pairwise

from bot.domain.triage.bare import BARE
from bot.domain.triage.lexicon import Hit
from bot.domain.triage.reading import Reading

MARKED = "="
EDGE = "^"
"""Before the word or pair that a message begins with."""
_NUMBER = "0"
_A_FEW = 6
_LONG = 6
"""Messages are short or long in steps of a few words; from `_LONG` steps on they all are long."""
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


@dataclass(frozen=True, slots=True, repr=False)
class Features:
    """The distinct features of a message, in a fixed order. Numbers count as numbers, ages and classes by range."""

    words: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    """Neighbours: half of all features, left as two words because joining them takes longer than looking them up."""
    marked: tuple[str, ...] = ()
    """Words with the marks that they have."""
    others: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Each as one string, as the model is trained and stored."""
        return (*self.words, *map(" ".join, self.pairs), *map(MARKED.__add__, self.marked), *self.others)


def features(reading: Reading, hits: Sequence[Hit]) -> Features:
    """What a message shows the model."""
    words = exact = reading.folded
    if any(map(str.isdecimal, exact)):
        words = tuple([_NUMBER if word.isdecimal() else word for word in exact])
    pairs = tuple(dict.fromkeys(pairwise(words)))
    others = [sign[3] for _, sign in hits if sign[0] != BARE]
    if not _RANGES.keys().isdisjoint(exact):
        others += _years(exact)
    others.append(f"#{min(_LONG, len(words) // _A_FEW)}")
    if pairs:
        others += (EDGE + words[0], EDGE + " ".join(pairs[0]), "$" + words[-1])
    return Features(
        tuple(dict.fromkeys(words)),
        pairs,
        tuple(dict.fromkeys(filterfalse(str.isascii, reading.typed))),
        tuple(dict.fromkeys(others)),
    )


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
