"""Names with a slip of the finger: a letter too few, too many, wrong, or two changed about."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.domain.places.names import Index, Level
from bot.domain.places.sentence.cues import Cue, announced, typed_before
from bot.domain.places.sentence.mending import starts_no_name
from bot.domain.places.sentence.mentions import Mention
from bot.domain.places.spelling import Token

WORDS = 6
"""Of the longest name that is looked up with slips."""
SHORTEST, SHORTEST_TWICE = 4, 7
"""Letters of a name in which one slip is forgiven, and two."""
REACH = 12
"""Words after a commune's announcement in which its district and province are looked for."""
MOST = 6
"""Communes announced in one text whose names are looked up with slips."""
_State = tuple[str, int, int]
"""Letters of a key so far, letters of the text used, slips."""


def slipped(
    tokens: Sequence[Token], covered: set[int], index: Index, text: str, most: int
) -> Iterator[Mention]:
    """Names with slips where a commune is announced, and of districts and provinces in the words behind it."""
    reach: set[int] = set()
    announcements = 0
    for first in range(1, len(tokens)):
        cue = typed_before(tokens, first, text)
        if announcements == MOST:
            break
        if cue and cue.level is Level.COMMUNE and not starts_no_name(tokens[first], index):
            announcements += 1
            reach.update(range(first + 1, min(first + REACH, len(tokens))))
            yield from _communes(tokens, first, index, text, most)
        elif cue and cue.cue is Cue.TYPE:
            reach.add(first)
    for first in sorted(reach - covered):
        yield from _wide(tokens, first, index.wide or index, text, most)


def _communes(tokens: Sequence[Token], first: int, index: Index, text: str, most: int) -> Iterator[Mention]:
    for mention, key in _at(tokens, first, index, text, most):
        named = tuple(one for one in mention.named if one.level is Level.COMMUNE and one.name)
        if named and len(key) >= (SHORTEST if mention.slips == 1 else SHORTEST_TWICE):
            yield replace(mention, named=named)


def _wide(tokens: Sequence[Token], first: int, index: Index, text: str, most: int) -> Iterator[Mention]:
    """Two slips are forgiven in a province's name only: there are few, and all far apart."""
    for mention, key in _at(tokens, first, index, text, most):
        named = tuple(one for one in mention.named if mention.slips == 1 or one.level is Level.PROVINCE)
        if named and len(key) >= SHORTEST + 2 * (mention.slips - 1):
            yield replace(mention, named=named)


def _at(
    tokens: Sequence[Token], first: int, index: Index, text: str, most: int
) -> Iterator[tuple[Mention, str]]:
    letters, ends = _letters(tokens, first)
    cue = announced(tokens, first, text)
    for (key, at), slips in sorted(_similar(letters, ends, index, most).items()):
        yield Mention(first, ends[at], cue, index.named[key], slips), key


def _letters(tokens: Sequence[Token], first: int) -> tuple[str, dict[int, int]]:
    """The words from `first` written together, and after how many letters which word ends."""
    letters, ends = "", {}
    for at in range(first, min(first + WORDS, len(tokens))):
        if at > first and (not tokens[at].tied or tokens[at].dashed):
            break
        letters += tokens[at].key
        ends[len(letters)] = at + 1
    return letters, ends


def _similar(letters: str, ends: dict[int, int], index: Index, most: int) -> dict[tuple[str, int], int]:
    """Keys and how many letters of the text they take, with the fewest slips (at least one)."""
    best: dict[tuple[str, int], int] = {}
    seen: set[_State] = set()
    waiting: list[_State] = [("", 0, 0)]
    while waiting:
        state = waiting.pop()
        if state in seen:
            continue
        seen.add(state)
        key, at, slips = state
        if slips and at in ends and key in index.named:
            best[key, at] = min(slips, best.get((key, at), slips))
        following = index.beginnings.get(key, "")
        typed = letters[at : at + 1]
        if typed and typed in following:
            waiting.append((key + typed, at + 1, slips))
        if slips + 1 < most:
            waiting += _slips(letters, state, following)
        else:
            for found in _with_last_slip(letters, ends, index, state, following):
                best.setdefault(found, most)
    return best


def _with_last_slip(
    letters: str, ends: dict[int, int], index: Index, state: _State, following: str
) -> Iterator[tuple[str, int]]:
    """As `_slips`, each way at once followed to the end: nearly all of them lead nowhere."""
    key, at, _ = state
    typed, after = letters[at : at + 1], letters[at + 1 : at + 2]
    wrong = typed.isalpha()
    if wrong:
        yield from _exactly(letters, ends, index, key, at + 1)
    if wrong and after.isalpha() and after in following:
        yield from _exactly(letters, ends, index, key + after + typed, at + 2)
    stops, stops_after = at in ends, at + 1 in ends
    for letter in following:
        if letter.isalpha():
            longer = key + letter
            goes_on = index.beginnings.get(longer, "")
            if stops or typed in goes_on:
                yield from _exactly(letters, ends, index, longer, at)
            if wrong and (stops_after or after in goes_on) and letter != typed:
                yield from _exactly(letters, ends, index, longer, at + 1)


def _exactly(
    letters: str, ends: dict[int, int], index: Index, key: str, at: int
) -> Iterator[tuple[str, int]]:
    """The names that go on from here as they are typed, and how many letters they take."""
    if at in ends and key in index.named:
        yield key, at
    following = index.beginnings.get(key)
    if following and letters[at : at + 1] in following:
        for end in ends:
            if end > at and (name := key + letters[at:end]) in index.named:
                yield name, end


def _slips(letters: str, state: _State, following: str) -> Iterator[_State]:
    """Every way to go on with one more slip; digits have none."""
    key, at, slips = state
    typed, after = letters[at : at + 1], letters[at + 1 : at + 2]
    wrong = typed.isalpha()
    if wrong:
        yield key, at + 1, slips + 1
    if wrong and after.isalpha() and after in following:
        yield key + after + typed, at + 2, slips + 1
    for letter in following:
        if letter.isalpha():
            yield key + letter, at, slips + 1
            if wrong and letter != typed:
                yield key + letter, at + 1, slips + 1
