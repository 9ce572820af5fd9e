"""Whether a message is Vietnamese, English or something that neither the words nor the model can read."""

import unicodedata
from functools import lru_cache

from bot.domain.triage.english import ENGLISH
from bot.domain.triage.marks import fold, is_syllable, vietnamese_letters
from bot.domain.triage.reading import Reading

_ENGLISH_SHARE = 0.25
_READABLE_SHARE = 0.5
_ALPHABET = frozenset("0123456789?!.,:;…") | vietnamese_letters()
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_BREVE_APART = "\u0306"
"""Ê Đê and Gia Rai put a breve on ê, ô, ơ and ư; no single letter has it."""
_STRANGE_SHARE = 0.3
_TONED_SHARE = 0.2
"""Languages of the highlands are written with Vietnamese letters and without tones."""
_COMMON = frozenset("khong em chau toi nha nguoi duoc danh thay hoc lop xa thon".split())
_COMMON_SHARE = 0.25
_CHAT = frozenset(
    "hi hihi hihihi hehe haha hahaha kaka kkk kkkk huhu lol ok oke okie test ad admin bot bye alo".split()
)
_FEW = 5
"""Fewer words than this are taken for Vietnamese: "alo", "ok" and names tell nothing."""


@lru_cache(maxsize=16384)
def _is_strange(typed: str) -> bool:
    """Whether a word has letters that Vietnamese and English lack (ĭ, ŭ, ƀ, č …, and other scripts)."""
    return not _ALPHABET.issuperset(typed) and typed.isalpha()


@lru_cache(maxsize=16384)
def _is_toned(typed: str) -> bool:
    return not typed.isascii() and not _TONES.isdisjoint(unicodedata.normalize("NFD", typed))


def language(reading: Reading) -> str:
    """ "vi", "en" or "other"."""
    strange = sum(map(_is_strange, [word[0] for word in reading.words]))
    if (strange or _BREVE_APART in reading.text) and _is_of_others(reading):
        return "other"
    words = [word[1] for word in reading.words if word[1].isalpha()]
    if len(words) < _FEW:
        return "vi"
    english = sum(map(ENGLISH.__contains__, reading.tokens))
    marked = sum(not token.isascii() for token in reading.tokens)
    if english >= _ENGLISH_SHARE * len(words) and english * 2 > marked:
        return "en"
    readable = sum(is_syllable(word) or word in _CHAT for word in words)
    return "vi" if readable + english >= _READABLE_SHARE * len(words) else "other"


def _is_of_others(reading: Reading) -> bool:
    """Whether strange letters stand among few Vietnamese words; names ("buôn Akŏ Dhông") do not count."""
    strange = sum(
        _is_strange(word[0]) and not (at and reading.text[word.start : word.end].istitle())
        for at, word in enumerate(reading.words)
    )
    if not strange and _BREVE_APART not in reading.text:
        return False
    words = [word for word in reading.words if word[1].isalpha()]
    if strange >= _STRANGE_SHARE * len(words):
        return True
    toned = sum(_is_toned(word[0]) for word in words)
    common = sum(fold(word[0]) in _COMMON for word in words)
    return toned <= _TONED_SHARE * len(words) and common < _COMMON_SHARE * len(words)
