"""Finds the trade's concepts (a blow, a weapon, water, now, a child …) in the words of a message."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import chain
from typing import NamedTuple

from bot.domain.triage.marks import fits, fold
from bot.domain.triage.reading import Reader, Word

GAP = "*"
"""In a phrase: none to three words of any kind, within one clause."""
_WIDEST_GAP = 3
_STOPS = frozenset("?!.;:…")
_BREAKS = _STOPS | {","}
_NEGATION = "NOT"
_NEGATION_REACH = 3
_MARKED_SHARE = 0.4
_REMEMBERED = 16384


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
    """Phrases by concept: single words in a dictionary, longer ones as a tree of folded words."""

    def __init__(self, phrases: Mapping[str, Iterable[Sequence[str]]]) -> None:
        self._single: dict[str, list[tuple[str, str]]] = {}
        self._longer = _Node()
        for concept, ways in phrases.items():
            for way in dict.fromkeys(map(tuple, ways)):
                self._add(concept, way)
        self._meaning = lru_cache(maxsize=_REMEMBERED)(self._meaning_of)

    def _add(self, concept: str, phrase: tuple[str, ...]) -> None:
        if len(phrase) == 1:
            self._single.setdefault(fold(phrase[0]), []).append((concept, phrase[0]))
            return
        node = self._longer
        for word in phrase:
            node = node.then.setdefault(fold(word), _Node())
        node.ends.append((concept, tuple(word for word in phrase if word != GAP)))

    def find(self, words: Sequence[Word]) -> tuple[Hit, ...]:
        """Every concept where it stands; denied where a negation comes shortly before in the same clause."""
        found: list[Hit] = []
        strict = _is_marked(words)
        meaning, longer, made = self._meaning, self._longer.then, tuple.__new__
        following = [word[1] for word in words[1:]] + [GAP]
        for at, (typed, folded, _, _) in enumerate(words):
            for concept, sure in meaning(typed, strict):
                found.append(made(Hit, (concept, at, at, False, sure)))
            node = longer.get(folded)
            if node is None:
                continue
            if GAP in node.then:
                _follow(node, words, (at,), at + 1, found, strict)
            elif (after := node.then.get(following[at])) is not None:
                _follow(after, words, (at, at + 1), at + 2, found, strict)
        denied = _denied(found, words)
        return tuple(hit._replace(denied=True) if hit[1] in denied else hit for hit in found)

    def _meaning_of(self, typed: str, strict: bool) -> tuple[tuple[str, bool], ...]:
        """What one word may mean, each time with whether its marks make it certain."""
        means: dict[str, bool] = {}
        for concept, word in self._single.get(fold(typed), ()):
            if typed == word:
                means[concept] = True
            elif not strict and (typed.isascii() or fits(typed, word)):
                means.setdefault(concept, False)
        return tuple(means.items())


def _follow(
    node: _Node, words: Sequence[Word], taken: tuple[int, ...], at: int, found: list[Hit], strict: bool
) -> None:
    """Walks on from a node, over gaps too, and notes every phrase that ends on the way."""
    for concept, phrase in node.ends:
        if _spelt(words, taken, phrase, strict):
            hit = Hit(concept, taken[0], taken[-1])
            if hit not in found[-8:]:
                found.append(hit)
    then = node.then
    if not then or at >= len(words):
        return
    if (after := then.get(words[at][1])) is not None:
        _follow(after, words, (*taken, at), at + 1, found, strict)
    if (gap := then.get(GAP)) is not None:
        for skip in range(_WIDEST_GAP + 1):
            if at + skip >= len(words) or (skip and words[at + skip - 1].typed in _STOPS):
                return
            _follow(gap, words, taken, at + skip, found, strict)


def _is_marked(words: Sequence[Word]) -> bool:
    """Whether the writer types marks: then a word without marks is meant without."""
    return sum([not word[0].isascii() for word in words]) >= _MARKED_SHARE * len(words)


def _spelt(words: Sequence[Word], taken: Sequence[int], phrase: Sequence[str], strict: bool) -> bool:
    """Whether the marks that were typed are those of the phrase, or may be where some were left out."""
    for place, word in zip(taken, phrase, strict=False):
        typed = words[place][0]
        if typed != word and (strict or not (typed.isascii() or fits(typed, word))):
            return False
    return True


def _denied(hits: Iterable[Hit], words: Sequence[Word]) -> frozenset[int]:
    """The places of words that a negation shortly before denies."""
    places: set[int] = set()
    for concept, _, last, _, _ in hits:
        if concept == _NEGATION:
            for at in range(last + 1, min(last + 1 + _NEGATION_REACH, len(words))):
                if words[at - 1].typed in _BREAKS and at - 1 > last:
                    break
                places.add(at)
    return frozenset(places)


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
