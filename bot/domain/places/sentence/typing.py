"""Words as they were meant: Telex that the phone did not convert, and numbers as a voice message spells them."""

import re

from bot.domain.places.names import Index
from bot.domain.places.sentence.words import NUMBERS
from bot.domain.places.spelling import Token, key_of
from bot.domain.triage.marks import fold, is_syllable
from bot.domain.triage.telex import from_telex

TELLTALE = ("w", "f", "j", "z", "aa", "ee", "oo", "dd")
"""What no text without tones has much of."""
FEW = 2
"""Words that must turn out to be Telex before any is read so."""


_HIGHLAND = re.compile(r"(?:m['’]?dr|ddr|ddl|[bcdgks]r|[bgpkmh]l|bh|h['’]|m['’])(?=.)")
_ENDS_IN_K = re.compile(r"k(?=[sfxrj]?$)")
_TEN = 10
_NUMBERED = ("phường", "quận")


def as_meant(tokens: list[Token], text: str, index: Index) -> list[Token]:
    """ "xax Ea Kao" as xã Ea Kao, "phường mười lăm" as phường 15; else the words as they are."""
    return _counted(tokens, index) if not text.isascii() else _converted(tokens, text)


def _counted(tokens: list[Token], index: Index) -> list[Token]:
    if not any(token.word in _NUMBERED for token in tokens):
        return tokens
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        spoken = _number(tokens[at : at + 2]) if at and tokens[at - 1].word in _NUMBERED else None
        if spoken and spoken[1] == 1 and _begins_name(tokens[at : at + 2], index):
            spoken = None
        found.append(
            tokens[at]._replace(word=str(spoken[0]), key=str(spoken[0]), end=tokens[at + spoken[1] - 1].end)
            if spoken
            else tokens[at]
        )
        at += spoken[1] if spoken else 1
    return found


def _begins_name(words: list[Token], index: Index) -> bool:
    """ "quận ba đình" is no third district."""
    return words[-1].word not in _NUMBERED and "".join(token.key for token in words) in index.named


def _number(tokens: list[Token]) -> tuple[int, int] | None:
    """The number (1 to 19) that begins here, and how many words it takes."""
    digits = [NUMBERS.get(token.word, 0) for token in tokens]
    match digits:
        case [10, unit, *_] if 0 < unit < _TEN:
            return _TEN + unit, 2
        case [number, *_] if number:
            return number, 1
    return None


def _converted(tokens: list[Token], text: str) -> list[Token]:
    lower = text.lower()
    if not any(sign in lower for sign in TELLTALE):
        return tokens
    meant = [_meant(token) for token in tokens]
    changed = sum(one is not other for one, other in zip(tokens, meant, strict=True))
    return meant if changed >= FEW else tokens


def _meant(token: Token) -> Token:
    if is_syllable(token.key):
        return token
    word = from_telex(token.word) or _of_the_highlands(token.word)
    return token._replace(word=word, key=key_of(fold(word))) if word else token


def _of_the_highlands(typed: str) -> str | None:
    """ "kroong", "drawng", "bhawng", "lawks": names whose beginnings and ends no Vietnamese word has."""
    begins = _HIGHLAND.match(typed)
    onset = begins[0] if begins else ""
    rest = from_telex(_ENDS_IN_K.sub("c", typed[len(onset) :]))
    ends_in_k = _ENDS_IN_K.search(typed) is not None
    if rest is None or not (onset or ends_in_k):
        return None
    return onset.replace("dd", "đ") + (rest[:-1] + "k" if ends_in_k else rest)
