"""How a place's name is compared: without tone marks, spaces, hyphens and the spellings that are one name."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.triage.marks import fits, fold

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"[^\W_]+(?:['’`´ʼ′][^\W_]+)*")
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
    return "".join(key_of(word) for word in _WORD.findall(fold(name)))


def tokens_of(text: str) -> list[Token]:
    """The words of a text (NFC), with where they stand."""
    lower = text.lower()
    if len(lower) != len(text):
        lower = "".join(letter if len(letter.lower()) > 1 else letter.lower() for letter in text)
    folded = fold(lower)
    found: list[Token] = []
    end = 0
    for match in _WORD.finditer(lower):
        start, stop = match.span()
        between = text[end:start]
        tied = between == " " or (bool(found) and _JOINTS.issuperset(between))
        dashed = len(between) > 2 and tied and not between.isspace()
        word = lower[start:stop]
        capital = text[start] != word[0] or word[0].isdigit()
        end = stop
        if word[-1].isdigit() and (glued := _GLUED.match(lower, start, stop)):
            middle = glued.end()
            found.append(
                Token(lower[start:middle], folded[start:middle], start, middle, tied, dashed, capital)
            )
            start, tied, dashed, word = middle, True, False, lower[middle:stop]
        found.append(Token(word, key_of(folded[start:stop]), start, stop, tied, dashed, capital))
    return found


def agreement(typed: Sequence[Token], name: str) -> int:
    """2: the marks are those of the name; 1: some or all are missing; 0: one contradicts it."""
    words = name.split()
    if len(words) != len(typed):
        return 1
    if all(token.word == word for token, word in zip(typed, words, strict=True)):
        return 2
    pairs = (
        (token.word.translate(_UNMARKED), word.translate(_UNMARKED))
        for token, word in zip(typed, words, strict=True)
    )
    return int(all(one == other or fits(one, other) for one, other in pairs))


def plain(name: str) -> str:
    """A name as its lower-case words, parted by single spaces."""
    return " ".join(_WORD.findall(name.lower()))
