"""Where in a text something stands that could be the name of a place."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import add

from bot.domain.places.names import Index, Level, Named
from bot.domain.places.sentence.cues import (
    ANNOUNCING_KEYS,
    Announced,
    Cue,
    announced,
    typed_before,
    typed_behind,
)
from bot.domain.places.spelling import Token

LONGEST = 7
"""Words of the longest name that is looked up, taken apart as people do ("H' Leo")."""
LONE = 6
"""Letters of a name that may stand for itself in one word: Pleiku, Đakrông."""
_SMALL = (Cue.BESIDE, Cue.PERSON, Cue.LOOSE)
"""Words that are no announcement where they end a name: after Buôn Hồ stands no lake (hồ)."""
_NUMBERED = frozenset({"phường", "quận"})


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """A stretch of words that is the name of some units."""

    first: int
    """Of the name (token)."""
    end: int
    """After the name (token)."""
    cue: Announced
    named: tuple[Named, ...]
    slips: int = 0
    """How many letters are wrong."""

    @property
    def start(self) -> int:
        """Where the cue begins (token)."""
        return self.cue.start

    @property
    def is_commune(self) -> bool:
        """Announced as one."""
        return self.cue.level is Level.COMMUNE

    def overlaps(self, other: "Mention") -> bool:
        """Shares a word of the name."""
        return self.first < other.end and other.first < self.end


def mentions(tokens: Sequence[Token], index: Index, text: str, *, asked: bool = False) -> Iterator[Mention]:
    """All stretches that name a unit, longest first at each word; they may overlap.

    Short words that stand alone without a type ("ba", "hồ") are only names where somebody was `asked` for one.
    """
    ends: set[int] = set()
    # words within a commune's name: in "xa dien xa tien yen" the second "xa" announces nothing
    inside: set[int] = set()
    for first in _starts(tokens, index, asked=asked):
        known = _known(tokens, first, index)
        if not known or (not asked and _is_nothing(tokens, first, known, index, text)):
            continue
        cue = announced(tokens, first, text)
        if (first in ends and cue.cue in _SMALL) or cue.start in inside:
            cue = Announced(Cue.NONE, "", first)
        if cue.level is Level.COMMUNE:
            inside.update(range(first + 1, known[-1][0]))
        ends.update([end for end, _ in known if end - first > 1 or cue.level is Level.COMMUNE])
        for end, key in reversed(known):
            if (key.isdigit() or len(key) == 1) and cue.type not in _NUMBERED:
                continue
            behind = typed_behind(tokens, first, end) if not cue.type else None
            yield Mention(first, end, behind or cue, index.named[key])


def _starts(tokens: Sequence[Token], index: Index, *, asked: bool) -> list[int]:
    """Words with which a mention may begin, of themselves or with the next one: most words are soon passed over."""
    keys = [token.key for token in tokens]
    named, beginnings, wide = index.named, index.beginnings, index.wide.named if index.wide else {}
    return [
        at
        for at, (before, key, two) in enumerate(
            zip(["", *keys], keys, map(add, keys, [*keys[1:], ""]), strict=False)
        )
        if two in beginnings
        or two in named
        or (key in named and (asked or before in ANNOUNCING_KEYS or len(key) >= LONE or key in wide))
    ]


def _is_nothing(
    tokens: Sequence[Token], first: int, known: list[tuple[int, str]], index: Index, text: str
) -> bool:
    """One short word that is no district's or province's name, and without a type before it."""
    end, key = known[-1]
    if end - first > 1 or len(key) >= LONE or (index.wide and key in index.wide.named):
        return False
    return typed_before(tokens, first, text) is None


def _known(tokens: Sequence[Token], first: int, index: Index) -> list[tuple[int, str]]:
    """Ends and keys of the names that begin here."""
    key = tokens[first].key
    found = [(first + 1, key)] if key in index.named else []
    dashed = False
    for end in range(first + 1, min(first + LONGEST, len(tokens))):
        if key not in index.beginnings or not tokens[end].tied:
            break
        key += tokens[end].key
        dashed = dashed or tokens[end].dashed
        if key in index.named and (not dashed or key in index.dashed):
            found.append((end + 1, key))
    return found
