"""How a place's name is compared: without tone marks, spaces, hyphens and the spellings that are one name."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.domain.triage.marks import fits, fold

LETTERS = "abcdefghijklmnopqrstuvwxyz"
ENDLESS = 24
"""Letters from which on no word is worth remembering."""
_WORD = re.compile(r"[^\W_]+(?:['’`´ʼ′][^\W_]+)*")
_PARTS = re.compile(f"({_WORD.pattern})")
_APOSTROPHES = "'’`´ʼ′"
_UNMARKED = str.maketrans("", "", _APOSTROPHES)
_GLUED = re.compile(r"(?:ph|[pqf])(?=\d{1,2}$)")
_Y_FOR_I = re.compile(r"^y|(?<=[bcdghklmnprstvx])y+$|(?<=qu)y$")
_JOINTS = frozenset(" \t\u00a0-–")


class Token(NamedTuple):
    """One word of a text."""

    word: str
    """Lower case, as typed."""
    key: str
    """Folded, in the one spelling that stands for all."""
    start: int
    end: int
    tied: bool
    """Only spaces or a hyphen stand before it: it may go on a name."""
    dashed: bool
    """A hyphen with spaces stands before it: it may go on the few names that have one."""
    capital: bool


_token = tuple.__new__
"""Half of the time that `Token(…)` takes; a message has some dozens."""


def key_of(folded: str) -> str:
    """A folded word as it is looked up: dak, dac → "dac"; my, mi → "mi"; h'leo → "hleo"; 05 → "5"."""
    if not folded.isalpha():
        folded = folded.translate(_UNMARKED)
        if folded.isdigit():
            return folded.lstrip("0") or "0"
    if folded[-1] == "k":
        folded = folded[:-1] + "c"
    if folded[0] == "k" and folded[:2] == "kr":
        folded = "c" + folded[1:]
    return _Y_FOR_I.sub("i", folded) if "y" in folded else folded


def name_key(name: str) -> str:
    """A whole name as it is looked up: "Bà Rịa - Vũng Tàu" → "bariavungtau"."""
    return "".join(map(_word_key, _WORD.findall(name.lower())))


@lru_cache(maxsize=4096)
def _word_key(word: str) -> str:
    """Ten thousand names, and most of what people write, are made of a few thousand words."""
    return key_of(fold(word))


def tokens_of(text: str) -> list[Token]:
    """The words of a text (NFC), with where they stand."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)
    found: list[Token] = []
    parts = _PARTS.split(lower)  # by turns what stands between words, and a word
    end = 0
    for between, word in zip(parts[::2], parts[1::2], strict=False):
        start = end + len(between)
        end = start + len(word)
        tied = bool(found) and (between == " " or _JOINTS.issuperset(between))
        dashed = tied and between != " " and len(between) > 2 and not between.isspace()
        capital = text[start] != word[0] or word[0].isdigit()
        if word[-1].isdigit() and (glued := _GLUED.match(word)):
            cue = glued[0]
            middle = start + len(cue)
            found.append(Token(cue, fold(cue), start, middle, tied, dashed, capital))
            start, tied, dashed, word = middle, True, False, word[len(cue) :]
        key = _word_key(word) if len(word) < ENDLESS else key_of(fold(word))
        found.append(_token(Token, (word, key, start, end, tied, dashed, capital)))
    return found


def agreement(typed: Sequence[Token], name: str) -> int:
    """2: the marks are those of the name; 1: some or all are missing; 0: one contradicts it."""
    words = name.split()
    if len(words) != len(typed):
        return 1
    found = 2
    for token, word in zip(typed, words, strict=True):
        if token.word != word:
            found = 1
            # without marks it fits whatever has its key
            if not token.word.isascii() and not fits(
                token.word.translate(_UNMARKED), word.translate(_UNMARKED)
            ):
                return 0
    return found


def plain(name: str) -> str:
    """A name as its lower-case words, parted by single spaces."""
    return " ".join(_WORD.findall(name.lower()))
