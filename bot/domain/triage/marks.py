"""Vietnamese letters and their marks: folding them away, asking whether what is left fits a word."""

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = (
    0xAD,
    0x34F,
    0x61C,
    0x180E,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x206A),
    0xFEFF,
)
_UNSEEN = re.compile(f"[{''.join(map(chr, _INVISIBLE))}]")
_TONES = "̣̀́̃̉"
_ONSET = r"(?:ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|[bcdghklmnprstvx])?"
_OPEN = "a ai ao au ay e eo eu i ia ieu iu o oa oai oao oay oe oeo oi u ua uay ue ui uo uoi uou uu uy uya uyu uay y yeu"
_CLOSED = "a e i o u y ie oa oe oo ua ue uo uy uye ye"
_SYLLABLE = re.compile(
    f"{_ONSET}(?:(?:{'|'.join(_CLOSED.split())})(?:ng|nh|ch|[cmnpt])|(?:{'|'.join(_OPEN.split())}))"
)


def _base(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter)
    return "".join(part for part in apart if not unicodedata.combining(part))


_FOLD = {code: _base(chr(code)) for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))}
_FOLD |= dict.fromkeys((ord("đ"), ord("ð")), "d")


def vietnamese_letters() -> frozenset[str]:
    """Every lower-case letter, with and without tone, of Vietnamese and English."""
    shapes = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
    return frozenset(unicodedata.normalize("NFC", shape + tone) for shape in shapes for tone in ("", *_TONES))


def clean(text: str) -> str:
    """NFC without invisible characters: the form in which words are compared."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text))


def fold(text: str) -> str:
    """Lower case without any mark: "Đường" → "duong". Takes NFC."""
    return text.lower().translate(_FOLD)


@lru_cache(maxsize=16384)
def is_syllable(folded: str) -> bool:
    """Whether a folded word could be a Vietnamese syllable."""
    return _SYLLABLE.fullmatch(folded) is not None


@lru_cache(maxsize=16384)
def fits(typed: str, word: str) -> bool:
    """Whether `typed` is `word` with marks lost on the way: "dưong" fits "đường", "bò" does not fit "bỏ"."""
    if typed == word:
        return True
    pairs = zip(_marks(typed), _marks(word), strict=False)
    return all(lost <= full for lost, full in pairs)


def _marks(text: str) -> list[set[str]]:
    """Per letter its marks; a tone counts for the first letter (hoà and hòa are one word)."""
    found: list[set[str]] = []
    for part in unicodedata.normalize("NFD", text.replace("đ", "d̵")):
        if not unicodedata.combining(part):
            found.append(set())
        elif part in _TONES:
            found[0].add(part)
        else:
            found[-1].add(part)
    return found
