"""Yes and no to letters of campaigns, in any spelling: with tones, without, as Telex leaves it behind.

Only a whole message counts: "dừng" stops the letters, "dừng lại đi nó đánh em" is a report.
"""

import re
import unicodedata
from collections.abc import Mapping

from bot.domain.dialogue.listening.words import Word, tidy, words_of
from bot.domain.triage.marks import fits, fold

_STOP = """
    dừng, dừng lại, dừng nhận, dừng nhận tin, dừng gửi, dừng gửi tin, dừng đăng ký, dừng hết, xin dừng,
    ngừng, ngừng nhận, ngừng nhận tin, ngừng gửi, ngừng gửi tin, ngưng, ngưng nhận, ngưng nhận tin, ngưng gửi,
    ngưng gửi tin, thôi nhận, thôi nhận tin, thôi không nhận, thôi không nhận nữa, không nhận, không nhận nữa,
    không nhận tin, không nhận tin nữa, không muốn nhận, không muốn nhận tin, không muốn nhận nữa,
    không muốn nhận tin nữa, hủy đăng ký, huỷ đăng kí, hủy nhận, hủy nhận tin, bỏ đăng ký, bỏ nhận tin,
    hủy theo dõi, bỏ theo dõi, từ chối, từ chối nhận tin, tắt tin, tắt thông báo, đừng gửi nữa,
    đừng gửi tin nữa, đừng nhắn nữa, đừng nhắn tin nữa, không gửi nữa, không gửi tin nữa, dừng tin, dừng nhắn,
    dừng nhắn tin, ngừng nhắn tin, ngưng nhắn tin, ko nhận, ko nhận nữa, ko nhận tin nữa, k nhận nữa, dừng dừng,
    stop all, stop messages, stop, stop it, unsubscribe, quit, opt out, stop sending, no more messages
"""
_STOP_ALONE = "hủy"
"""Only where there is nothing else that it could cancel."""
_YES = """
    đăng ký, đăng kí, đăng ký nhận tin, đăng ký tin, nhận tin, nhận tin tuyên truyền, nhận thông báo,
    muốn nhận tin, tôi muốn nhận tin, em muốn nhận tin, đk, đk nhận tin, subscribe, sign up
"""
_BEFORE = frozenset("da vang thua xin cho toi em con chau minh please".split())
_BEHIND = frozenset("a ah ak nhe nha nhi oi giup please pls".split())
LONGEST = 60
"""Characters; a report is rarely shorter, and costs nothing here."""
_LIKE_YES = frozenset({"dung"})
"""Without its marks "dừng" is also "đúng": while a question waits it is an answer."""

_WITH_PLACE = re.compile(r"(?:đăng k[ýí]|dang k[yi]|đk|dk|subscribe)\s+(.{2,60})", re.I)
_BORN = re.compile(r"(?:sinh|born)\s+(\d{1,2})\s*[/.-]\s*(20\d\d)", re.I)
_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_DOUBLED = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}
_HORNED = {"a": "ă", "o": "ơ", "u": "ư"}
_VOWELS = "aăâeêioôơuưy"
_ECHO = re.compile(r"([gp])\1+$")

Ways = Mapping[str, tuple[tuple[Word, ...], ...]]
"""Ways to say it by the folded first word of each."""


def is_stop(text: str, *, asked: bool = False, alone: bool = False) -> bool:
    """Whether a whole message asks for no more letters.

    `asked`: a question of ours waits, so a bare "dung" may be its answer. `alone`: no report is under way that
    "hủy" could mean.
    """
    said = _words(text)
    if asked and len(said) == 1 and said[0].typed in _LIKE_YES:
        return False
    return _is_one_of(said, _WAYS_OUT) or (alone and _is(said, _ALONE))


def is_yes(text: str) -> bool:
    """Whether a whole message asks for letters."""
    return _is_one_of(_words(text), _WAYS_IN)


def place_of(text: str) -> str:
    """What stands behind a yes: "đăng ký xã Ea Kao" names a place; "" where nothing does."""
    found = _WITH_PLACE.fullmatch(tidy(text))
    return found[1].strip() if found else ""


def born(text: str) -> tuple[int, int] | None:
    """(year, month) that a parent tells: "SINH 5/2020"."""
    found = _BORN.fullmatch(tidy(text))
    if found is None or not 1 <= int(found[1]) <= 12:
        return None
    return int(found[2]), int(found[1])


def telex(word: str) -> str:
    """What somebody meant who typed Telex where nothing turned it into letters: "duwngf" is "dừng"."""
    if not word.isascii() or not word.isalpha():
        return word
    tone, letters = "", ""
    for at, key in enumerate(word):
        before = letters[-1:]
        if key in _TONES and at > 1 and any(letter in _VOWELS for letter in letters):
            tone = _TONES[key]
        elif before + key in _DOUBLED and before:
            letters = letters[:-1] + _DOUBLED[before + key]
        elif key in _HORNED or key in "eo" or key != "w":
            letters = _doubled_late(letters, key)
        else:
            letters = _horned(letters)
    return unicodedata.normalize("NFC", _toned(letters, tone))


def _doubled_late(letters: str, key: str) -> str:
    """A vowel or d that is typed again at the end marks the earlier one: "nhana" is "nhân"."""
    if key + key in _DOUBLED and letters[:-1].count(key) == 1 and letters[-1:] not in _VOWELS:
        return letters.replace(key, _DOUBLED[key + key])
    return letters + key


def _horned(letters: str) -> str:
    for at in range(len(letters) - 1, -1, -1):
        if letters[at] in _HORNED:
            return letters[:at] + _HORNED[letters[at]] + letters[at + 1 :]
    return letters + "w"


def _toned(letters: str, tone: str) -> str:
    """The tone counts for the syllable; where it stands does not matter for comparing."""
    for at, letter in enumerate(letters):
        if letter in _VOWELS:
            return letters[: at + 1] + tone + letters[at + 1 :]
    return letters


def _words(text: str) -> tuple[Word, ...]:
    """Without the courtesies around it: "dạ dừng ạ" is "dừng"; nothing for what is longer than any way to say it."""
    if len(text) > LONGEST:
        return ()
    words = [Word(_once(word.typed), _once(word.folded)) for word in words_of(_whole(text))]
    while len(words) > 1 and words[0].folded in _BEFORE:
        words = words[1:]
    while len(words) > 1 and words[-1].folded in _BEHIND:
        words = words[:-1]
    return tuple(words)


def _whole(text: str) -> str:
    """Wide letters are letters, and "D Ừ N G" is one word."""
    said = tidy(unicodedata.normalize("NFKC", text))
    letters = said.split()
    return "".join(letters) if len(letters) > 1 and all(len(letter) == 1 for letter in letters) else said


def _once(word: str) -> str:
    """Without the last letter's echo: "dừnggg" is "dừng"."""
    return _ECHO.sub(r"\1", word)


def _is_one_of(said: tuple[Word, ...], ways: Ways) -> bool:
    """Compared only with those that begin with the same word: every message of every turn comes by here."""
    if not 0 < len(said) <= _LONGEST:
        return False
    first = {said[0].folded, fold(telex(said[0].typed))}
    return any(_is(said, way) for begin in first for way in ways.get(begin, ()))


def _is(said: tuple[Word, ...], way: tuple[Word, ...]) -> bool:
    return len(said) == len(way) and all(map(_same, said, way))


def _same(said: Word, meant: Word) -> bool:
    if said.folded == meant.folded and fits(said.typed, meant.typed):
        return True
    typed = telex(said.typed)
    return fold(typed) == meant.folded and fits(typed, meant.typed)


def _ways(listed: str) -> Ways:
    by_first: dict[str, tuple[tuple[Word, ...], ...]] = {}
    for way in listed.split(","):
        words = tuple(Word(word, fold(word)) for word in way.split())
        by_first[words[0].folded] = (*by_first.get(words[0].folded, ()), words)
    return by_first


_WAYS_OUT = _ways(_STOP)
_WAYS_IN = _ways(_YES)
((_ALONE,),) = _ways(_STOP_ALONE).values()
_LONGEST = max(len(way) for ways in (_WAYS_OUT, _WAYS_IN) for begun in ways.values() for way in begun)
"""Words: whoever writes more means something else, and most messages are longer."""
