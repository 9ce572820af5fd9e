"""Announcements with a slip: "pphường", "xãa", "thhị trấn", "phườngTân"."""

from collections.abc import Iterator, Sequence

from bot.domain.places.names import Index
from bot.domain.places.sentence.cues import COMMUNE_KEYS
from bot.domain.places.sentence.mentions import Mention
from bot.domain.places.sentence.words import NO_NAME_BEGINS
from bot.domain.places.spelling import LETTERS, Token, key_of
from bot.domain.triage.marks import fold, is_syllable

_CUES = {key_of(fold(word)): word for word in ("phường", "huyện", "quận", "tỉnh", "xã")}
_PAIRS = (("thành", "phố"), ("thị", "trấn"), ("thị", "xã"))
_BEFORE_NUMBERS = frozenset({"huong", "phuon", "phung"})
"""Slips of phường that are words of their own: they count before a number."""
_NO_NAME_BEGINS = frozenset(key_of(fold(word)) for word in NO_NAME_BEGINS)


def _misspelt(word: str) -> Iterator[str]:
    """The word with one slip, each way."""
    for at in range(len(word) + 1):
        left, right = word[:at], word[at:]
        yield from (left + right[1:], left + right[1:2] + right[:1] + right[2:])
        yield from (left + letter + rest for letter in LETTERS for rest in (right, right[1:]))


_CUE_SLIPS = {
    slip: cue
    for cue in _CUES
    for slip in _misspelt(cue)
    if slip not in _CUES and (len(slip) > 3 or (len(slip) == 3 and slip[0] == "x"))
}
_SUSPECT = COMMUNE_KEYS | _BEFORE_NUMBERS | _CUE_SLIPS.keys()
"""Most texts have none of these words: then nothing can hide."""


def may_hide(tokens: Sequence[Token], found: Sequence[Mention], index: Index) -> bool:
    """A commune is announced whose name is not among those found, or the announcement itself has a slip."""
    if _SUSPECT.isdisjoint([token.key for token in tokens]):
        return False
    read = {one.first for one in found}
    for token, (at, after) in zip(tokens, enumerate(tokens[1:], start=1), strict=False):
        if token.key in COMMUNE_KEYS:
            if at not in read and at - 1 not in read and not starts_no_name(after, index):
                return True
        elif (token.key in _BEFORE_NUMBERS and after.key.isdigit()) or (
            token.key in _CUE_SLIPS and not is_syllable(token.key)
        ):
            return True
    return False


def starts_no_name(token: Token, index: Index) -> bool:
    """ "xã mình", "phường có": no name follows."""
    if token.capital:
        return False
    if token.word.isascii():
        return token.key in _NO_NAME_BEGINS and token.key not in index.firsts
    return token.word in NO_NAME_BEGINS


def mended(tokens: Sequence[Token], index: Index) -> list[Token]:
    """The same words with "pphường", "xãa", "thhị trấn" or "phườngTân" put right."""
    found: list[Token] = []
    for token, after in zip(tokens, (*tokens[1:], None), strict=True):
        cue = _cue_with_slip(token.key, after.key if after else "", index)
        glued = _glued(token.key, index)
        announced = bool(found) and found[-1].key in _CUES and token.tied
        if announced or token.key in _CUES or not (cue or glued):
            found.append(token)
        elif cue:
            found.append(token._replace(word=_CUES[cue], key=cue))
        else:
            middle = token.start + len(glued)
            rest = token.word[len(glued) :]
            found.append(token._replace(word=_CUES[glued], key=glued, end=middle))
            found.append(token._replace(key=token.key[len(glued) :], word=rest, start=middle, tied=True))
    return _paired(found)


def _paired(tokens: list[Token]) -> list[Token]:
    """ "thhị trấn" and "thành phfố": two words of which one is right."""
    for at in range(len(tokens) - 1):
        for words in _PAIRS:
            keys = [key_of(fold(word)) for word in words]
            typed = [token.key for token in tokens[at : at + 2]]
            right = [one == other for one, other in zip(typed, keys, strict=True)]
            if sum(right) != 1:
                continue
            wrong = right.index(False)
            if not is_syllable(typed[wrong]) and _one_apart(typed[wrong], keys[wrong]):
                tokens[at + wrong] = tokens[at + wrong]._replace(word=words[wrong], key=keys[wrong])
    return tokens


def _glued(key: str, index: Index) -> str:
    """The cue that is written together with its name: "phườngTân An"."""
    if is_syllable(key):
        return ""
    return next(
        (cue for cue in _CUES if len(cue) > 3 and key.startswith(cue) and index.grows(key[len(cue) :])), ""
    )


def _cue_with_slip(key: str, after: str, index: Index) -> str:
    """The cue that was meant; a word that is a syllable too must stand before a number or a district's name."""
    cue = _CUE_SLIPS.get(key, "")
    if cue and is_syllable(key):
        wide = index.wide is not None and cue == "huien" and index.wide.grows(after)
        return cue if wide or (key in _BEFORE_NUMBERS and after.isdigit()) else ""
    return cue


def _one_apart(one: str, other: str) -> bool:
    """One letter too few, too many or wrong, or two neighbours changed about."""
    start = next(
        (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    left, right = one[start:], other[start:]
    if len(left) == len(right):
        return left[1:] == right[1:] or (left[:2] == right[1::-1] and left[2:] == right[2:])
    return left[1:] == right or left == right[1:]
