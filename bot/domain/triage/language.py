"""Whether a message is Vietnamese, English or something that neither the words nor the model can read."""

from functools import lru_cache

from bot.domain.triage.english import ENGLISH
from bot.domain.triage.marks import is_syllable, vietnamese_letters
from bot.domain.triage.reading import Reading

_ENGLISH_SHARE = 0.25
_READABLE_SHARE = 0.5
_ALPHABET = frozenset("0123456789?!.,:;…") | vietnamese_letters()
_STRANGE_AT_LEAST = 2
"""Words with letters that Vietnamese and English lack (ĭ, ŭ, ƀ, č …: Ê Đê, Gia Rai, and other scripts)."""
_FEW = 5
"""Fewer words than this are taken for Vietnamese: "alo", "ok" and names tell nothing."""


@lru_cache(maxsize=16384)
def _is_strange(typed: str) -> bool:
    return not _ALPHABET.issuperset(typed)


def language(reading: Reading) -> str:
    """ "vi", "en" or "other"."""
    words = [word[1] for word in reading.words if word[1].isalpha()]
    if len(words) < _FEW:
        return "other" if words and not any(word.isascii() for word in words) else "vi"
    if sum(map(_is_strange, [word[0] for word in reading.words])) >= _STRANGE_AT_LEAST:
        return "other"
    english = sum(map(ENGLISH.__contains__, words))
    readable = sum(map(is_syllable, words))
    if english >= _ENGLISH_SHARE * len(words) and english * 2 > sum(
        not word.typed.isascii() for word in reading.words
    ):
        return "en"
    return "vi" if readable + english >= _READABLE_SHARE * len(words) else "other"
