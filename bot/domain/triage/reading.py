"""Reads a message into words: what was typed, what was meant (Telex, shorthand, dialect), where it stands."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.domain.triage.english import ENGLISH
from bot.domain.triage.marks import clean, fold, is_syllable
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
_REPEATED = re.compile(r"(.)\1+")
_REMEMBERED = 8192
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


@dataclass(frozen=True, slots=True)
class Reading:
    """A message in words, beside its cleaned text."""

    text: str
    words: tuple[Word, ...]
    marked: bool
    """Whether the writer typed tone marks at all."""
    tokens: tuple[str, ...] = ()
    """What was typed, in small letters, before shorthand, regional and English words were read as what they mean."""


class Reader:
    """Reads with one vocabulary; what single words mean is remembered, messages are not."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._meaning = lru_cache(maxsize=_REMEMBERED)(self._look_up)

    def read(self, text: str) -> Reading:
        """The words of a message. Takes any text; an empty one gives no words."""
        cleaned = clean(text)
        lowered = cleaned.lower()
        # a letter whose lower case is two letters would shift every place after it
        found = list(_TOKEN.finditer(lowered if len(lowered) == len(cleaned) else cleaned))
        if len(found) > _LONGEST:
            found = found[: _LONGEST // 2] + found[-_LONGEST // 2 :]
        tokens = [match[0].lower() for match in found]
        decoded = tokens if _mostly_marked(tokens) else _decoded(tokens)
        words: list[Word] = []
        before = ""
        meaning, made = self._meaning, tuple.__new__
        for match, token in zip(found, decoded, strict=True):
            start, end = match.span()
            if token in _UNITS and before.isdecimal():
                token = _UNITS[token]  # "3 t" are three years
            for typed, folded in meaning(token):
                words.append(made(Word, (typed, folded, start, end)))
            before = token
        marked = not cleaned.isascii() or decoded is not tokens
        return Reading(cleaned, tuple(words), marked, tuple(tokens))

    def _look_up(self, token: str) -> tuple[tuple[str, str], ...]:
        meant = self._vocabulary.typing.get(token) or self._vocabulary.dialect.get(token)
        if meant is None:
            meant = (token,) if is_syllable(fold(token)) or not token.isalnum() else _repaired(token)
        return tuple((word, fold(word)) for word in meant)


def _mostly_marked(tokens: Sequence[str]) -> bool:
    return 4 * sum([not token.isascii() for token in tokens]) > len(tokens)


def _decoded(tokens: list[str]) -> list[str]:
    """Turns Telex or VNI back where the whole message shows that it was typed so."""
    if sum(token in ENGLISH for token in tokens) >= _ENGLISH_SHARE * len(tokens):
        return tokens
    for decode in (_telex, _vni):
        turned = [decode(token) for token in tokens]
        certain = sum(word is not None and not word.isascii() for word in turned)
        if certain >= 2 and certain >= _TELEX_SHARE * sum(token.isalnum() for token in tokens):
            return [word or token for word, token in zip(turned, tokens, strict=True)]
    return tokens


@lru_cache(maxsize=4096)
def _telex(token: str) -> str | None:
    return None if _stands(token) else from_telex(token)


@lru_cache(maxsize=4096)
def _vni(token: str) -> str | None:
    return None if _stands(token) else from_vni(token)


def _stands(token: str) -> bool:
    """Whether a word needs no decoding; "oong" is almost always Telex for "ông"."""
    return not token.isascii() or not token.isalnum() or (is_syllable(token) and "oo" not in token)


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
