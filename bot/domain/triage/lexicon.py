"""Finds the trade's concepts (a blow, a weapon, water, now, a child …) in the words of a message."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from sys import intern
from typing import NamedTuple

from bot.domain.triage.marks import fits, fold
from bot.domain.triage.reading import Reader, Reading
from bot.domain.triage.remembering import Remembered

GAP = "*"
"""In a phrase: none to three words of any kind, within one clause."""
_WIDEST_GAP = 3
_STOPS = frozenset("?!.;:…")
_BREAKS = _STOPS | {","}
_NEGATION = "NOT"
_NEGATION_REACH = 3
_MARKED_SHARE = 0.4
_LATELY = 8
_DENIED = ("", "~")
_SURE = ("?", "")

Span = tuple[int, int]
"""The first and the last word of something in a message."""


class Sign(NamedTuple):
    """A concept as a message speaks of it, denied or not ("không phải bị đánh")."""

    concept: str
    denied: bool
    sure: bool
    """False for one word without its marks: "con" may be "cồn" where no marks are typed."""
    name: str
    """All of this in one word: what the model has learnt a weight for."""


Hit = tuple[Span, Sign]
"""What was found where."""


@dataclass(slots=True)
class _Node:
    """What may come after some words: another word, a gap, or the end of these phrases (sign, words typed)."""

    then: dict[str, "_Node"] | None = None
    """None for most: they are the last word of a phrase."""
    gap: "_Node | None" = None
    ends: tuple[tuple[Sign, tuple[str, ...]], ...] = ()


_NOWHERE = _Node()
_Start = tuple[tuple[Sign, ...], Mapping[str, _Node] | None, _Node | None]
"""What one word may mean; where it begins a phrase, what may come after it, at once and over a gap."""


class Lexicon:
    """Phrases by concept: single words in a dictionary, longer ones as a tree of folded words."""

    def __init__(self, phrases: Mapping[str, Iterable[Sequence[str]]]) -> None:
        self._single: dict[str, list[tuple[str, str]]] = {}
        self._longer = _Node()
        for concept, ways in phrases.items():
            for way in dict.fromkeys(map(tuple, ways)):
                self._add(concept, way)
        self._strictly = Remembered(partial(self._start, strict=True))
        self._loosely = Remembered(partial(self._start, strict=False))

    def _add(self, concept: str, phrase: tuple[str, ...]) -> None:
        if len(phrase) == 1:
            self._single.setdefault(fold(phrase[0]), []).append((concept, phrase[0]))
            return
        node = self._longer
        for word in phrase:
            node = _next(node, word)
        node.ends += ((_sign(concept), tuple(word for word in phrase if word != GAP)),)

    def find(self, reading: Reading) -> tuple[Hit, ...]:
        """Every concept where it stands; denied where a negation comes shortly before in the same clause."""
        strict = _is_marked(reading.typed)
        start = self._strictly if strict else self._loosely
        starts = list(map(start.__getitem__, reading.typed))
        found = _found(starts, reading, strict)
        denied = _denied(found, reading.typed)
        return tuple([_negated(hit) if hit[0][0] in denied else hit for hit in found] if denied else found)

    def _start(self, typed: str, *, strict: bool) -> _Start:
        means: dict[str, bool] = {}
        folded = fold(typed)
        for concept, word in self._single.get(folded, ()):
            if typed == word:
                means[concept] = True
            elif not strict and _may_be(typed, word):
                means.setdefault(concept, False)
        signs = tuple(_sign(concept, sure=sure) for concept, sure in means.items())
        begun = (self._longer.then or {}).get(folded, _NOWHERE)
        return signs, begun.then, begun.gap


def _next(node: _Node, word: str) -> _Node:
    if word == GAP:
        node.gap = node.gap or _Node()
        return node.gap
    if node.then is None:
        node.then = {}
    return node.then.setdefault(intern(fold(word)), _Node())


@cache
def _sign(concept: str, *, denied: bool = False, sure: bool = True) -> Sign:
    return Sign(concept, denied, sure, intern(f"@{_DENIED[denied]}{_SURE[sure]}{concept}"))


def _found(starts: Sequence[_Start], reading: Reading, strict: bool) -> list[Hit]:
    """What single words mean, each followed by the phrases that begin with it."""
    typed, found = reading.typed, list[Hit]()
    search = _Search(typed, reading.folded, strict, found)
    following = (*reading.folded[1:], GAP)
    for at, ((signs, then, gap), word) in enumerate(zip(starts, following)):  # noqa: B905 - hot
        for sign in signs:
            found.append(((at, at), sign))
        if then is not None and (after := then.get(word)) is not None:
            search.follow(after, at, at + 1, typed[at : at + 2])
        if gap is not None:
            search.over(gap, at, at, typed[at : at + 1])
    return found


@dataclass(slots=True, repr=False)
class _Search:
    """One walk through the words of a message along the tree of phrases."""

    typed: tuple[str, ...]
    folded: tuple[str, ...]
    strict: bool
    found: list[Hit]

    def follow(self, node: _Node, first: int, last: int, words: tuple[str, ...]) -> None:
        """Notes every phrase that ends with these words, and walks on, over gaps too."""
        for sign, phrase in node.ends:
            if words == phrase or (not self.strict and all(map(_may_be, words, phrase))):
                self._note(((first, last), sign))
        at = last + 1
        then = node.then
        if then is not None and at < len(self.folded) and (after := then.get(self.folded[at])) is not None:
            self.follow(after, first, at, (*words, self.typed[at]))
        if node.gap is not None:
            self.over(node.gap, first, last, words)

    def over(self, gap: _Node, first: int, last: int, words: tuple[str, ...]) -> None:
        """Goes on after none to three words of the same clause."""
        start = last + 1
        near = self.folded[start : start + _WIDEST_GAP + 1]
        if gap.then is None or gap.then.keys().isdisjoint(near):
            return
        for at, word in enumerate(near, start):
            if at > start and self.typed[at - 1] in _STOPS:
                return
            if (after := gap.then.get(word)) is not None:
                self.follow(after, first, at, (*words, self.typed[at]))

    def _note(self, hit: Hit) -> None:
        """A phrase may be reached over several gaps."""
        if hit not in self.found[-_LATELY:]:
            self.found.append(hit)


def _may_be(typed: str, word: str) -> bool:
    return typed == word or typed.isascii() or fits(typed, word)


def _is_marked(typed: Sequence[str]) -> bool:
    """Whether the writer types marks: then a word without marks is meant without."""
    return len(typed) - sum(map(str.isascii, typed)) >= _MARKED_SHARE * len(typed)


def _negated(hit: Hit) -> Hit:
    span, sign = hit
    return span, _sign(sign.concept, denied=True, sure=sign.sure)


def _denied(hits: Iterable[Hit], typed: Sequence[str]) -> frozenset[int]:
    """The places of words that a negation shortly before denies."""
    places: set[int] = set()
    for last in [span[1] for span, sign in hits if sign[0] == _NEGATION]:
        for at in range(last + 1, min(last + 1 + _NEGATION_REACH, len(typed))):
            if typed[at - 1] in _BREAKS and at - 1 > last:
                break
            places.add(at)
    return frozenset(places)


def lexicon_from(concepts: Mapping[str, Iterable[str]], reader: Reader) -> Lexicon:
    """A lexicon whose phrases are read as messages are, so that "quánh" and "đánh" are one word."""

    @cache
    def read(part: str) -> tuple[str, ...]:
        return (GAP,) if part == GAP else reader.read(part).typed

    return Lexicon(
        {
            name: [tuple(chain.from_iterable(map(read, phrase.split()))) for phrase in ways]
            for name, ways in concepts.items()
        }
    )
