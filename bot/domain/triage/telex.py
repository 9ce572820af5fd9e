"""Typing that the phone did not convert: Telex ("ddanhs") and VNI ("d9anh1") back into letters."""

import re
import unicodedata

from bot.domain.triage.marks import fold, is_syllable

_TELEX_TONES = {"f": "̀", "s": "́", "x": "̃", "r": "̉", "j": "̣"}
_VNI_TONES = {"2": "̀", "1": "́", "4": "̃", "3": "̉", "5": "̣"}
_DOUBLE = {"a": "â", "e": "ê", "o": "ô", "d": "đ"}
_HOOK = {"a": "ă", "o": "ơ", "u": "ư"}
_VNI_SHAPE = {
    "6": {"a": "â", "e": "ê", "o": "ô"},
    "7": {"o": "ơ", "u": "ư"},
    "8": {"a": "ă"},
    "9": {"d": "đ"},
}
_VOWEL = re.compile("[aăâeêioôơuưy]+")
_NUCLEUS_SECOND = ("oa", "oe", "uy", "ie", "iê", "yê", "uô", "ươ", "uê", "oă", "uâ", "uơ")


def from_telex(word: str) -> str | None:
    """The word that was meant, or None where the letters are no Telex."""
    letters, tone = "", ""
    for at, letter in enumerate(word):
        if letter in _TELEX_TONES and at and _VOWEL.search(letters):
            tone = _TELEX_TONES[letter]
        elif letter == "w":
            letters = _hooked(letters)
        elif letter in _DOUBLE and (doubled := _doubled(letters, letter)) is not None:
            letters = doubled
        else:
            letters += letter
    return _checked(word, letters, tone)


def from_vni(word: str) -> str | None:
    """The word that was meant, or None where the digits are no VNI."""
    letters, tone = "", ""
    for letter in word:
        if letter in _VNI_TONES:
            tone = _VNI_TONES[letter]
        elif letter in _VNI_SHAPE:
            letters = _shaped(letters, _VNI_SHAPE[letter])
        else:
            letters += letter
    return _checked(word, letters, tone)


def _doubled(letters: str, letter: str) -> str | None:
    """Telex doubles the letter, at once ("aa") or at the end of the syllable ("tiene")."""
    at = letters.rfind(letter)
    if at < 0 or (letter == "d" and at > 0):
        return None
    return letters[:at] + _DOUBLE[letter] + letters[at + 1 :]


def _hooked(letters: str) -> str:
    if "uo" in letters:
        return letters.replace("uo", "ươ")
    if "ưo" in letters:
        return letters.replace("ưo", "ươ")
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in _HOOK:
            return letters[:at] + _HOOK[letters[at]] + letters[at + 1 :]
    return letters + "ư"


def _shaped(letters: str, shapes: dict[str, str]) -> str:
    if "ư" in shapes.values() and "uo" in letters:
        return letters.replace("uo", "ươ")
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in shapes:
            return letters[:at] + shapes[letters[at]] + letters[at + 1 :]
    return letters


def _checked(word: str, letters: str, tone: str) -> str | None:
    if (letters == word and not tone) or not is_syllable(fold(letters)):
        return None
    return _toned(letters, tone) if tone else letters


def _toned(letters: str, tone: str) -> str:
    """Puts the tone on the letter where Vietnamese spelling wants it."""
    start = 2 if letters.startswith(("qu", "gi")) and len(letters) > 2 else 0
    run = _VOWEL.search(letters, start) or _VOWEL.search(letters)
    if run is None:
        return letters
    at = run.start() + _offset(run.group(), closed=run.end() < len(letters))
    return unicodedata.normalize("NFC", letters[: at + 1] + tone + letters[at + 1 :])


def _offset(run: str, *, closed: bool) -> int:
    marked = [at for at, letter in enumerate(run) if letter in "ăâêôơư"]
    if marked:
        return marked[-1]
    if len(run) == 1:
        return 0
    return 1 if closed or len(run) == 3 or run in _NUCLEUS_SECOND else 0
