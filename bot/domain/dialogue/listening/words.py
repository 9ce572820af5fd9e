"""Reads words: phrases whatever tones they lost, plain answers, and a text made safe to keep."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from bot.domain.triage.marks import clean, fits, fold

READ_AT_MOST = 4_000
"""Characters of one message that are looked at; all of it is kept."""

_WORD = re.compile(r"[^\W_]+")
_CLAUSE = re.compile(r"[.!?;,\n…]+")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Control characters, and halves of characters that no database takes."""


class Word(NamedTuple):
    """One word as typed (lower case), and without its marks."""

    typed: str
    folded: str

    def __repr__(self) -> str:
        return "Word(…)"


Words = tuple[Word, ...]
Phrases = Mapping[str, tuple[Words, ...]]
"""Phrases by the folded first word of each."""


def phrases(ways: str) -> Phrases:
    """Phrases in their full spelling, between commas; a message may have lost any of their marks."""
    by_first: dict[str, tuple[Words, ...]] = {}
    for way in ways.split(","):
        words = tuple(Word(word, fold(word)) for word in way.lower().split())
        by_first[words[0].folded] = (*by_first.get(words[0].folded, ()), words)
    return by_first


def listed(words: str) -> frozenset[str]:
    """Whole short messages, folded, between commas."""
    return frozenset(" ".join(word.split()) for word in words.split(","))


def tidy(text: str) -> str:
    """The exact words without what nobody sees: NFC, no zero-width, bidi or control characters."""
    return _UNSEEN.sub("", clean(text.replace("\r\n", "\n"))).strip()


def sample(text: str) -> str:
    """The part of a very long text that is read: its beginning and its end."""
    if len(text) <= READ_AT_MOST:
        return text
    return f"{text[: READ_AT_MOST - 1_000]}\n{text[-1_000:]}"


def wordless(text: str) -> bool:
    """Whether there is no letter and no digit in it: empty, emoji, punctuation."""
    return not any(unicodedata.category(character)[0] in "LN" for character in text)


def latin(text: str) -> bool:
    """Whether all its letters are Latin ones, with whatever marks."""
    letters = (letter for letter in text if letter.isalpha() and not letter.isascii())
    return all(unicodedata.name(letter, "").startswith("LATIN") for letter in letters)


@lru_cache(maxsize=32)
def words_of(text: str) -> Words:
    """The words of the part that is read; remembered while one turn asks many things of the same text."""
    typed = sample(text).lower()
    return tuple(map(Word, _WORD.findall(typed), _WORD.findall(fold(typed))))


def clauses_of(text: str) -> tuple[Words, ...]:
    return tuple(words for part in _CLAUSE.split(sample(text)) if (words := words_of(part)))


def places_of(words: Words, sought: Phrases) -> Iterable[tuple[int, int]]:
    """Where a phrase stands in `words`: (first, behind its last)."""
    for at, word in enumerate(words):
        for phrase in sought.get(word.folded, ()):
            end = at + len(phrase)
            if end <= len(words) and all(map(_is, words[at:end], phrase)):
                yield at, end


def _is(word: Word, sought: Word) -> bool:
    """Whether it can be that word with marks lost on the way: "danh" is "đánh", "dành" is not."""
    return word == sought or (word.folded == sought.folded and fits(word.typed, sought.typed))


@lru_cache(maxsize=32)
def _folded(text: str) -> frozenset[str]:
    return frozenset(word.folded for word in words_of(text))


def may_say(text: str, sought: Phrases) -> bool:
    """Whether the first word of any phrase stands in the text: quickly no for nearly every text."""
    return not sought.keys().isdisjoint(_folded(text))


def says(text: str, sought: Phrases) -> bool:
    """Whether any of the phrases stands in the text."""
    return may_say(text, sought) and any(True for _ in places_of(words_of(text), sought))


_BEFORE = listed("da, vang, thua, uhm")
_BEHIND = frozenset(
    [
        "a",
        "ah",
        "ak",
        "nhe",
        "nha",
        "nhi",
        "em",
        "con",
        "chau",
        "anh",
        "chi",
        "co",
        "chu",
        "bac",
        "ad",
        "ban",
        "oi",
        "roi",
        "luon",
        "het",
        "nhieu",
        "lam",
        "please",
        "pls",
    ]
)


def bare(text: str) -> str:
    """As `plain`, without the courtesies around it: "dạ không ạ" is "khong"; never empty for words."""
    words = [word.folded for word in words_of(text)]
    while len(words) > 1 and words[0] in _BEFORE:
        words = words[1:]
    while len(words) > 1 and words[-1] in _BEHIND:
        words = words[:-1]
    return " ".join(words)


def plain(text: str) -> str:
    """For comparing a whole short answer: folded words with single blanks between them."""
    return " ".join(word.folded for word in words_of(text))
