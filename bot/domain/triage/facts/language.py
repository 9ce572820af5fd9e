"""Whether a message is Vietnamese, English or something that neither the words nor the model can read."""

import unicodedata

from bot.domain.triage.english import ENGLISH
from bot.domain.triage.marks import fold, is_syllable, vietnamese_letters
from bot.domain.triage.reading import Reading
from bot.domain.triage.remembering import Remembered

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
_HMONG = frozenset(
    """
    kuv koj nws peb lawv txiv tsis nyob pab ntaus ntxhais qhov yog thiab muaj ntshai quaj poob tuag hais hmoob
    lub leej menyuam xav tshaib nqhis raug ntawm twg npe tsev dej hluas tuaj txog ntawv
    """.split()
)
"""Common words of Hmong as it is written in Latin letters, where few words are all there is."""


def _is_strange(typed: str) -> bool:
    """Whether a word has letters that Vietnamese and English lack (ĭ, ŭ, ƀ, č …, and other scripts)."""
    return not _ALPHABET.issuperset(typed) and typed.isalpha()


def _is_toned(typed: str) -> bool:
    return not typed.isascii() and not _TONES.isdisjoint(unicodedata.normalize("NFD", typed))


def _look(typed: str) -> str:
    """One letter for a word: of `_STRANGE`, `_SYLLABLES` and `_WORDS`, or a dot for what is no word."""
    folded = fold(typed)
    strange, syllable = _is_strange(typed), is_syllable(folded)
    if not folded.isalpha():
        return "x" if strange else "."
    return ("z" if strange else "s") if syllable else ("y" if strange else "w")


_STRANGE, _SYLLABLES, _WORDS = "xyz", "sz", "swyz"
_LOOKS = Remembered(_look)


def language(reading: Reading) -> str:
    """ "vi", "en" or "other"."""
    looks = "".join(map(_LOOKS.__getitem__, reading.typed))
    strange = any(map(looks.__contains__, _STRANGE))
    if (strange or _BREVE_APART in reading.text) and _is_of_others(reading):
        return "other"
    words = sum(map(looks.count, _WORDS))
    if words < _FEW:
        return "other" if words and 2 * sum(map(_HMONG.__contains__, reading.tokens)) > words else "vi"
    english = sum(map(ENGLISH.__contains__, reading.tokens))
    if english >= _ENGLISH_SHARE * words:
        marked = len(reading.tokens) - sum(map(str.isascii, reading.tokens))
        if english * 2 > marked:
            return "en"
    readable = english + sum(map(looks.count, _SYLLABLES))
    if readable < _READABLE_SHARE * words:
        readable += sum(word in _CHAT and not is_syllable(word) for word in reading.folded)
    return "vi" if readable >= _READABLE_SHARE * words else "other"


def _is_of_others(reading: Reading) -> bool:
    """Whether strange letters stand among few Vietnamese words; names ("buôn Akŏ Dhông") do not count."""
    strange = sum(
        _is_strange(word) and not (at and reading.piece(at, at).istitle())
        for at, word in enumerate(reading.typed)
    )
    if not strange and _BREVE_APART not in reading.text:
        return False
    words = [word for word in zip(reading.typed, reading.folded, strict=True) if word[1].isalpha()]
    if strange >= _STRANGE_SHARE * len(words):
        return True
    toned = sum(_is_toned(typed) for typed, _ in words)
    common = sum(folded in _COMMON for _, folded in words)
    return toned <= _TONED_SHARE * len(words) and common < _COMMON_SHARE * len(words)
