"""Names of people: whatever is written with a capital and is no ordinary word, and what follows "tên là"."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.masking.names import (
    AMBIGUOUS,
    AMBIGUOUS_BARE,
    GIVEN,
    KEPT,
    KIN,
    KIN_BARE,
    MIDDLE,
    NAMED,
    OPENERS,
    PAIRS,
    SURELY,
    SURELY_BARE,
    SURNAMES,
    UNKNOWN,
    UNNAMED,
)
from bot.domain.masking.spans import NAME, Span, folded, lowered

_WORD = re.compile(r"[^\W\d_]+(?:['’`´ʼ′-][^\W\d_]+)*")
_NEW_SENTENCE = frozenset('.!?…:\n"“”()-–•*')
_SHOUTED = 0.6
"""Share of capitals from which they tell nothing."""
_NAME_WORDS = 3
"""Words after "tên là" that are taken where no capitals show the end of a name."""


def people(text: str) -> Iterator[Span]:
    """Words that are, or may be, somebody's name."""
    words = list(_WORD.finditer(text))
    low = [lowered(word[0]) for word in words]
    plain = [folded(word[0]) for word in words]
    shouted = _shouts(text)
    hidden: set[int] = set()
    for at, word in enumerate(words):
        if not shouted and word[0][0].isupper():
            goes_on = at - 1 in hidden and _tied(text, words, at)  # "Thu Anh" is no anh
            if goes_on or _may_be_name(text, words, low, at):
                hidden.add(at)
        if low[at] in (SURELY_BARE if text.isascii() else SURELY):
            hidden.add(at)
        hidden.update(_announced(text, words, plain, at))
    for at in sorted(hidden):
        yield Span(words[at].start(), words[at].end(), NAME)


def known(names: Iterable[str]) -> Iterator[str]:
    """Names that somebody gave as an answer ("chú Ba Hùng, hàng xóm"): whole, and the words that look like one."""
    for name in names:
        words = _WORD.findall(name)
        if 0 < len(words) <= _NAME_WORDS:
            yield name
        yield from (word for word in words if word[0].isupper() and lowered(word) not in KIN | KEPT | OPENERS)


def shows_names(text: str) -> bool:
    """Whether its writer uses capitals as they are meant; else a name may look like any word and be left."""
    return not _shouts(text) and any(word[0][0].isupper() for word in _WORD.finditer(text))


def _shouts(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 1 and sum(map(str.isupper, letters)) > _SHOUTED * len(letters)


def _may_be_name(text: str, words: Sequence[re.Match[str]], low: Sequence[str], at: int) -> bool:
    word = low[at]
    if word in KEPT or word in KIN or _in_pair(text, words, low, at):
        return False
    if not _opens(text, words, at) or word not in OPENERS:
        return True
    # "Mai em đi học" is tomorrow, "Mai Hoa" is somebody
    followed = at + 1 < len(words) and words[at + 1][0][0].isupper() and _tied(text, words, at + 1)
    return followed and word in GIVEN


def _in_pair(text: str, words: Sequence[re.Match[str]], low: Sequence[str], at: int) -> bool:
    """ "Công an", but not in "Nguyễn Công An"."""
    for first in (at - 1, at):
        if first >= 0 and " ".join(low[first : first + 2]) in PAIRS:
            before = words[first - 1][0][0].isupper() and _tied(text, words, first) if first else False
            return not before
    return False


def _announced(text: str, words: Sequence[re.Match[str]], plain: Sequence[str], at: int) -> Iterator[int]:
    """What follows without a capital: after "tên là", after a surname, after "bé" where it is a given name."""
    word = plain[at]
    if word in NAMED and not (at and plain[at - 1] in UNKNOWN):
        first = at + 1 + (plain[at + 1 : at + 2] == ["la"])
        yield from _while_name(text, words, plain, first)
    if word in SURNAMES and plain[at + 1 : at + 2] and plain[at + 1] in MIDDLE and _tied(text, words, at + 1):
        yield from (at, at + 1)
        yield from _while_name(text, words, plain, at + 2, 2)
    if at and _is_kin(lowered(words[at - 1][0])) and _tied(text, words, at):
        yield from _behind_kin(text, words, at)


def _behind_kin(text: str, words: Sequence[re.Match[str]], at: int) -> Iterator[int]:
    """ "bé lan", "bạn thu hà": one or two given names; one that is a word too only beside one that is not."""
    marked = not text.isascii()
    given, unsure = (GIVEN, AMBIGUOUS) if marked else (_GIVEN_BARE, AMBIGUOUS_BARE)
    names = [lowered(word[0]) for word in words[at : at + 2]]
    if names[0] not in given:
        return
    double = len(names) > 1 and names[1] in given and _tied(text, words, at + 1)
    sure = [name not in unsure for name in names[: 1 + double]]
    if any(sure):
        yield from range(at, at + len(sure))


def _while_name(
    text: str, words: Sequence[re.Match[str]], plain: Sequence[str], first: int, most: int = _NAME_WORDS
) -> Iterator[int]:
    for at in range(first, min(first + most, len(words))):
        name = plain[at] in _GIVEN_BARE or plain[at] in SURNAMES or plain[at] in MIDDLE
        if not _tied(text, words, at) or (at > first and not name) or plain[at] in UNNAMED:
            return
        yield at


def _opens(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a sentence begins with this word."""
    before = text[words[at - 1].end() if at else 0 : words[at].start()]
    return not at or not _NEW_SENTENCE.isdisjoint(before)


def _tied(text: str, words: Sequence[re.Match[str]], at: int) -> bool:
    """Nothing but blanks before it."""
    return not text[words[at - 1].end() if at else 0 : words[at].start()].strip(" \t:")


def _is_kin(word: str) -> bool:
    """With its marks, or without any: "có mười" is not "cô Mười"."""
    return word in KIN or word in KIN_BARE


_GIVEN_BARE = frozenset(map(folded, GIVEN))
