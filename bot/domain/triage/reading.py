"""Reads a message into words: what was typed, what was meant (Telex, shorthand, dialect), where it stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from sys import intern
from typing import NamedTuple

from bot.domain.triage.english import ENGLISH
from bot.domain.triage.marks import clean, fold, is_syllable
from bot.domain.triage.remembering import Remembered
from bot.domain.triage.telex import from_telex, from_vni

_TOKEN = re.compile(r"[^\W_]+|[?!.,;:…]")
_NUMBER_UNIT = re.compile(r"(\d+)(tuoi|tuổi|t|h|p|ph|phut|g|k|tr|m|th)")
_UNITS = {
    "t": "tuổi",
    "h": "giờ",
    "g": "giờ",
    "p": "phút",
    "ph": "phút",
    "tr": "triệu",
    "m": "mét",
    "th": "tháng",
    "k": "nghìn",
}
_TELEX_SHARE = 0.2
_ENGLISH_SHARE = 0.2
_SPAN = re.Match.span
_REPEATED = re.compile(r"(.)\1+")
_LONGEST = 700
"""Words that are read; a longer message is read at its beginning and at its end."""


class Word(NamedTuple):
    """One word as it was meant: lower case, with what marks it has."""

    typed: str
    folded: str
    start: int
    end: int
    """Where it stands in the cleaned text; several words may come from one that was typed."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Shorthand and regional words; both map what is typed to the words that are meant."""

    typing: Mapping[str, tuple[str, ...]]
    dialect: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """A message in words, beside its cleaned text; `typed`, `folded` and `spans` have an entry for each word."""

    text: str
    typed: tuple[str, ...]
    """The words as they were meant: lower case, with what marks they have."""
    folded: tuple[str, ...]
    """The same without any mark."""
    spans: tuple[tuple[int, int], ...]
    """Where they stand in the cleaned text; several words may come from one that was typed."""
    tokens: tuple[str, ...] = ()
    """What was typed, in small letters, before shorthand, regional and English words were read as what they mean."""

    @property
    def words(self) -> tuple[Word, ...]:
        """The words one by one, for who need not be quick."""
        return tuple(
            map(Word._make, zip(self.typed, self.folded, *zip(*self.spans, strict=True), strict=True))
        )

    def piece(self, first: int, last: int) -> str:
        """The words first..last (inclusive) exactly as they stand in the cleaned text."""
        return self.text[self.spans[first][0] : self.spans[last][1]]


class Reader:
    """Reads with one vocabulary; what single words mean is remembered, messages are not."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._meaning = Remembered(self._look_up)

    def read(self, text: str) -> Reading:
        """The words of a message. Takes any text; an empty one gives no words."""
        cleaned = clean(text)
        lowered = cleaned.lower()
        # a letter whose lower case is two letters would shift every place after it
        found = list(_TOKEN.finditer(lowered if len(lowered) == len(cleaned) else cleaned))
        if len(found) > _LONGEST:
            found = found[: _LONGEST // 2] + found[-_LONGEST // 2 :]
        tokens = tuple([match[0] for match in found])
        if len(lowered) != len(cleaned):
            tokens = tuple(map(str.lower, tokens))
        spans = tuple(map(_SPAN, found))
        decoded = tokens if _mostly_marked(tokens) else _decoded(tokens)
        meant = list(map(self._meaning.__getitem__, _with_units(decoded)))
        words = list(chain.from_iterable(meant))
        if not words:
            return Reading(cleaned, (), (), ())
        if len(words) > len(spans):
            spans = tuple([span for span, several in zip(spans, meant, strict=True) for _ in several])
        typed, folded = zip(*words, strict=True)
        return Reading(cleaned, typed, folded, spans, tokens)

    def _look_up(self, token: str) -> tuple[tuple[str, str], ...]:
        """The words that are meant, as typed and folded."""
        meant = self._vocabulary.typing.get(token) or self._vocabulary.dialect.get(token)
        if meant is None:
            meant = (token,) if is_syllable(fold(token)) or not token.isalnum() else _repaired(token)
        # one object for each word, here as in lexicon and model: comparing it looks at no letters
        return tuple((intern(word), intern(fold(word))) for word in meant)


def _with_units(tokens: Sequence[str]) -> Sequence[str]:
    """ "3 t" are three years."""
    if _UNITS.keys().isdisjoint(tokens):
        return tokens
    return [
        _UNITS.get(token, token) if before.isdecimal() else token
        for before, token in zip(("", *tokens), tokens, strict=False)
    ]


def _mostly_marked(tokens: Sequence[str]) -> bool:
    return 4 * sum(map(str.isascii, tokens)) < 3 * len(tokens)


def _decoded(tokens: Sequence[str]) -> Sequence[str]:
    """Turns Telex or VNI back where the whole message shows that it was typed so."""
    if sum(map(ENGLISH.__contains__, tokens)) >= _ENGLISH_SHARE * len(tokens):
        return tokens
    for decode in (_TELEX, _VNI):
        turned = list(map(decode.__getitem__, tokens))
        certain = sum([not word.isascii() for word in turned if word])
        if certain >= 2 and certain >= _TELEX_SHARE * sum(token.isalnum() for token in tokens):
            return [word or token for word, token in zip(turned, tokens, strict=True)]
    return tokens


def _telex(token: str) -> str | None:
    return None if _stands(token) else from_telex(token)


def _vni(token: str) -> str | None:
    return None if _stands(token) else from_vni(token)


def _stands(token: str) -> bool:
    """Whether a word needs no decoding; "oong" is almost always Telex for "ông"."""
    return not token.isascii() or not token.isalnum() or (is_syllable(token) and "oo" not in token)


_TELEX, _VNI = Remembered(_telex), Remembered(_vni)


def _repaired(token: str) -> tuple[str, ...]:
    """What is no syllable: a number with its unit, a doubled letter, "đag" for "đang"."""
    if number := _NUMBER_UNIT.fullmatch(token):
        return (number.group(1), _UNITS.get(number.group(2), number.group(2)))
    once = _REPEATED.sub(r"\1", token)
    for attempt in (
        once,
        once[:-1] + "ng" if once.endswith("g") else once,
        once + "g" if once[-1:] == "n" else once,
    ):
        if is_syllable(fold(attempt)):
            return (attempt,)
    return (token,)
