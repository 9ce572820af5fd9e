"""Finds the trade's concepts (a blow, a weapon, water, now, a child …) in the words of a message."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from bot.domain.triage.marks import fits, fold
from bot.domain.triage.reading import Reader, Word

GAP = "*"
"""In a phrase: none to three words of any kind, within one clause."""
_WIDEST_GAP = 3
_STOPS = frozenset("?!.;:…")
_NEGATION = "NOT"
_NEGATION_REACH = 3
_MARKED_SHARE = 0.4
_POSITION = itemgetter(1, 2, 0)


class Hit(NamedTuple):
    """One concept at the words first..last (inclusive), denied or not ("không phải bị đánh")."""

    concept: str
    first: int
    last: int
    denied: bool = False
    sure: bool = True
    """False for one word without its marks: "con" may be "cồn" where no marks are typed."""


@dataclass(slots=True)
class _Node:
    then: dict[str, "_Node"] = field(default_factory=dict)
    ends: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


class Lexicon:
    """Phrases by concept, kept as a tree of folded words."""

    def __init__(self, phrases: Mapping[str, Iterable[Sequence[str]]]) -> None:
        self._root = _Node()
        for concept, ways in phrases.items():
            for way in ways:
                self._add(concept, tuple(way))

    def _add(self, concept: str, phrase: tuple[str, ...]) -> None:
        node = self._root
        for word in phrase:
            node = node.then.setdefault(fold(word), _Node())
        node.ends.append((concept, tuple(word for word in phrase if word != GAP)))

    def find(self, words: Sequence[Word]) -> tuple[Hit, ...]:
        """Every concept where it stands; denied where a negation comes shortly before in the same clause."""
        found: list[Hit] = []
        strict = _is_marked(words)
        first_words = self._root.then
        for at, word in enumerate(words):
            if (node := first_words.get(word.folded)) is not None:
                _follow(node, words, (at,), at + 1, found, strict)
        hits = sorted(dict.fromkeys(found), key=_POSITION)
        denials = [hit for hit in hits if hit.concept == _NEGATION]
        if not denials:
            return tuple(hits)
        return tuple(hit._replace(denied=True) if _is_denied(hit, denials, words) else hit for hit in hits)


def _follow(
    node: _Node, words: Sequence[Word], taken: tuple[int, ...], at: int, found: list[Hit], strict: bool
) -> None:
    """Walks on from a node, over gaps too, and notes every phrase that ends on the way."""
    for concept, phrase in node.ends:
        spelt = (
            _spelt(words, taken, phrase) if len(taken) > 1 else _spelt_one(words[taken[0]].typed, phrase[0])
        )
        if spelt or (spelt is None and not strict):
            found.append(Hit(concept, taken[0], taken[-1], False, spelt is True or len(taken) > 1))
    then = node.then
    if not then or at >= len(words):
        return
    if (after := then.get(words[at].folded)) is not None:
        _follow(after, words, (*taken, at), at + 1, found, strict)
    if (gap := then.get(GAP)) is not None:
        for skip in range(_WIDEST_GAP + 1):
            if at + skip >= len(words) or (skip and words[at + skip - 1].typed in _STOPS):
                return
            _follow(gap, words, taken, at + skip, found, strict)


def _is_marked(words: Sequence[Word]) -> bool:
    """Whether the writer types marks: then a word without marks is meant without."""
    return sum([not word.typed.isascii() for word in words]) >= _MARKED_SHARE * len(words)


def _spelt(words: Sequence[Word], taken: Sequence[int], phrase: Sequence[str]) -> bool | None:
    """Whether the marks that were typed are those of the phrase; None where some may have been left out."""
    certain: bool | None = True
    for place, word in zip(taken, phrase, strict=True):
        typed = words[place].typed
        if typed != word:
            if not typed.isascii() and not _may_be(typed, word):
                return False
            certain = None
    return certain


def _spelt_one(typed: str, word: str) -> bool | None:
    """The same for a phrase of one word: most are."""
    if typed == word:
        return True
    return None if typed.isascii() or _may_be(typed, word) else False


_may_be = lru_cache(maxsize=16384)(fits)


def _is_denied(hit: Hit, denials: Sequence[Hit], words: Sequence[Word]) -> bool:
    return any(
        0 < hit.first - denial.last <= _NEGATION_REACH
        and not any(word.typed in _STOPS or word.typed == "," for word in words[denial.last : hit.first])
        for denial in denials
    )


def lexicon_from(concepts: Mapping[str, Iterable[str]], reader: Reader) -> Lexicon:
    """A lexicon whose phrases are read as messages are, so that "quánh" and "đánh" are one word."""

    @cache
    def read(part: str) -> tuple[str, ...]:
        return (GAP,) if part == GAP else tuple(word.typed for word in reader.read(part).words)

    return Lexicon(
        {
            name: [tuple(chain.from_iterable(map(read, phrase.split()))) for phrase in ways]
            for name, ways in concepts.items()
        }
    )
