"""What announces a name: "xã", "h.", "ở"; or shows that it is somebody's, a school's or a street's."""

from collections.abc import Iterable, Sequence
from enum import Enum
from typing import NamedTuple

from bot.domain.places.names import Level
from bot.domain.places.sentence.words import (
    BESIDE_CUES,
    COMMUNE_CUES,
    DISTRICT_CUES,
    ENGLISH_TYPES,
    EXACT_CUES,
    FAR_FROM,
    LOOSE_CUES,
    LOOSE_PHRASES,
    PERSON_CUES,
    PROVINCE_CUES,
    SHORT_CUES,
)
from bot.domain.places.spelling import Token, key_of
from bot.domain.triage.marks import fits, fold


class Cue(Enum):
    """What stands before a name."""

    TYPE = "type"
    """xã, huyện, "h." …"""
    SHORT = "short"
    """one letter without a dot: "x", "h" …"""
    LOOSE = "loose"
    """ở, tại …"""
    BESIDE = "beside"
    """a school, a market, a street of that name"""
    PERSON = "person"
    """chị Thanh Bình"""
    NONE = "none"


class Announced(NamedTuple):
    """A cue, the type it names, and the token where it begins."""

    cue: Cue
    type: str
    start: int

    @property
    def level(self) -> Level | None:
        """What the type is a type of; None where none is named."""
        return LEVEL_OF.get(self.type)


LEVEL_OF = (
    {kind: Level.COMMUNE for kind in COMMUNE_CUES.values()}
    | {kind: Level.DISTRICT for kind in DISTRICT_CUES.values()}
    | {kind: Level.PROVINCE for kind in PROVINCE_CUES.values()}
)
_Phrases = dict[tuple[str, ...], str]


def _keys(phrases: Iterable[str]) -> _Phrases:
    # in order, so that of "ba" and "bà" every process keeps the same: "bà", which a bare "ba" fits too
    return {tuple(key_of(fold(word)) for word in phrase.split()): phrase for phrase in sorted(phrases)}


_KIND = COMMUNE_CUES | DISTRICT_CUES | PROVINCE_CUES
_TYPES = _keys(_KIND)
_TYPE_ENDS = frozenset(keys[-1] for keys in _TYPES)
_SHORT = {key_of(fold(short)): kind for short, kind in SHORT_CUES.items()}
BESIDE_PHRASES = _keys(BESIDE_CUES)
_LOOSE, _PERSON = _keys((*LOOSE_CUES, *LOOSE_PHRASES)), _keys(PERSON_CUES)
_BESIDE_ENDS = frozenset(keys[-1] for keys in BESIDE_PHRASES)


CUE_KEYS = frozenset(keys[0] for keys in _TYPES) | frozenset(_SHORT)
COMMUNE_KEYS = frozenset({"xa", "phuong", "tran"}) | {
    key for key, kind in _SHORT.items() if kind in COMMUNE_CUES
}
"""Last words of a commune's announcement, as far as they are no common words."""
ANNOUNCING_KEYS = _TYPE_ENDS | {key_of(short) for short in _SHORT}
"""Last words of what `typed_before` finds; it finds nothing behind any other."""
_FAR_FROM = frozenset(key_of(fold(word)) for word in FAR_FROM)


def is_distance(tokens: Sequence[Token], first: int, cue: Announced) -> bool:
    """ "xa truong lam", typed without tones: far from school, and not the commune of Trường Lâm."""
    return cue.type == "xã" and tokens[cue.start].word == "xa" and tokens[first].key in _FAR_FROM


def announced(tokens: Sequence[Token], first: int, text: str) -> Announced:
    """What stands before the word `first`."""
    if first == 0:
        return Announced(Cue.NONE, "", 0)
    return _typed(tokens, first, text) or _short(tokens, first, text) or _small(tokens, first)


def typed_behind(tokens: Sequence[Token], first: int, end: int) -> Announced | None:
    """ "Ea Kao ward": in English the type stands behind."""
    kind = ENGLISH_TYPES.get(tokens[end].key) if end < len(tokens) and tokens[end].tied else None
    return Announced(Cue.TYPE, kind, first) if kind else None


def typed_before(tokens: Sequence[Token], first: int, text: str) -> Announced | None:
    """The word of a type before `first`, written out or shortened."""
    return (_typed(tokens, first, text) or _short(tokens, first, text)) if first else None


def _typed(tokens: Sequence[Token], first: int, text: str) -> Announced | None:
    last = tokens[first - 1].key
    if last not in _TYPE_ENDS:
        return None
    for size in (2, 1):
        if first >= size:
            before = tokens[first - size : first]
            phrase = _TYPES.get((last,) if size == 1 else (before[0].key, last))
            exact = phrase not in EXACT_CUES or before[-1].word == phrase
            if phrase == "thị xã" and (
                not before[1].tied or before[1].word == "xã" != before[0].word == "thi"
            ):
                continue  # huyện Ân Thi, xã Phù Ủng
            if phrase and exact and _close(text, before[-1], tokens[first]) and written(before, phrase):
                return Announced(Cue.TYPE, _KIND[phrase], first - size)
    return None


def _close(text: str, one: Token, other: Token) -> bool:
    """Nothing but a dot, a colon, quotes or spaces between a cue and its name."""
    return not text[one.end : other.start].strip(" .:\"'“”‘’\u00a0-")


def written(before: Sequence[Token], phrase: str) -> bool:
    """Whether words with the keys of the phrase may be its words, marks lost on the way."""
    for token, word in zip(before, phrase.split(), strict=True):
        if token.word != word and not token.word.isascii() and not fits(token.word, word):
            return False
    return True


def _short(tokens: Sequence[Token], first: int, text: str) -> Announced | None:
    before = tokens[first - 1]
    kind = _SHORT.get(before.word)
    if kind is None or not _close(text, before, tokens[first]):
        return None
    plain = len(before.word) == 1 and "." not in text[before.end : tokens[first].start]
    return Announced(Cue.SHORT if plain else Cue.TYPE, kind, first - 1)


def _small(tokens: Sequence[Token], first: int) -> Announced:
    if not tokens[first].tied or tokens[first].dashed:
        return Announced(Cue.NONE, "", first)
    if tokens[first - 1].key in _BESIDE_ENDS and (at := _beside(tokens, first)) is not None:
        return Announced(Cue.BESIDE, "", at)
    for size, phrases, cue in ((2, _LOOSE, Cue.LOOSE), (1, _LOOSE, Cue.LOOSE), (1, _PERSON, Cue.PERSON)):
        before = tokens[max(0, first - size) : first]
        phrase = phrases.get(tuple([token.key for token in before]))
        if phrase and written(before, phrase):
            return Announced(cue, "", first)
    return Announced(Cue.NONE, "", first)


def _beside(tokens: Sequence[Token], first: int) -> int | None:
    """Where a school, a market … begins; with marks they must be the right ones: bên is no bến."""
    for size in (4, 3, 2, 1):
        before = tokens[max(0, first - size) : first]
        phrase = BESIDE_PHRASES.get(tuple([token.key for token in before]))
        if phrase and all(
            token.word == word or token.word.isascii()
            for token, word in zip(before, phrase.split(), strict=True)
        ):
            return first - size
    return None
