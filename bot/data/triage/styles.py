"""The same message as others would type it: without marks, in Telex or VNI, in shorthand, with slips, as speech.

Deterministic: a message always turns into the same words, so that training can be repeated to the last digit.
"""

import random
import re
import unicodedata
from collections.abc import Callable, Mapping

from bot.domain.triage.marks import clean, fold

STYLES = ("no_tones", "telex", "vni", "teencode", "typos", "voice", "half_tones")
_TELEX_TONE = {"̀": "f", "́": "s", "̃": "x", "̉": "r", "̣": "j"}
_TELEX_SHAPE = {"̂": None, "̆": "w", "̛": "w"}
_VNI = {"̀": "2", "́": "1", "̃": "4", "̉": "3", "̣": "5", "̂": "6", "̛": "7", "̆": "8"}
_SHORT: Mapping[str, tuple[str, ...]] = {
    "không": ("k", "ko", "hk", "hông", "hok", "kh"), "được": ("đc", "dc"), "rồi": ("r", "rùi", "òi"),
    "gì": ("j", "gì"), "vậy": ("z", "v", "zậy"), "với": ("vs", "zới"), "mới": ("ms",), "nói": ("ns",),
    "làm": ("lm",), "bạn": ("bn",), "em": ("e",), "anh": ("a", "anh"), "chị": ("c", "chị"),
    "mình": ("mk", "mik"), "người": ("ng", "ngừi"), "trước": ("trc",), "nước": ("nc", "nước"),
    "biết": ("bít", "bik", "bt"), "điện thoại": ("đt",), "nhắn tin": ("nt", "ib"), "người yêu": ("ny",),
    "gia đình": ("gđ",), "học sinh": ("hs",), "giáo viên": ("gv",), "mọi người": ("mn", "mng"),
    "chồng": ("ck",), "vợ": ("vk",), "quá": ("wá", "qá"), "yêu": ("iu",), "thích": ("thik",),
    "nữa": ("nx", "nữa"), "luôn": ("lun",), "muốn": ("mún", "muốn"), "thôi": ("thui", "thoy"),
    "chơi": ("chs", "chơi"), "chưa": ("chx", "chưa"), "còn": ("cn", "còn"), "cũng": ("cx", "cg"),
    "giờ": ("h", "giờ"), "bây giờ": ("bh",), "nhiều": ("nhìu", "nhiu"), "sao": ("s", "sao"),
    "học": ("hc", "học"), "hôm qua": ("hqua",), "hôm nay": ("hnay",), "tối nay": ("tnay",),
    "nhưng mà": ("nma",), "facebook": ("fb",), "nhóm": ("gr",), "bố mẹ": ("bme", "pama"),
    "thằng": ("tk", "thằng"), "xin lỗi": ("xl", "sr"), "cảm ơn": ("tks", "camon"),
    "đang": ("đag", "đg"), "trong": ("trog",), "lắm": ("lém", "lắm"), "đâu": ("âu", "đâu"),
    "tụi": ("tụi", "tụi"), "vào": ("zô", "vào"), "bị": ("bị", "pị"), "như thế nào": ("ntn",),
    "như": ("nhu", "như"), "nhưng": ("nhg", "nhưng"), "tuổi": ("t", "tuổi"),
}  # fmt: skip


def restyled(text: str, style: str) -> str:
    """The text in that style; KeyError for a style that is not one of STYLES."""
    return _MAKERS[style](clean(text), random.Random(f"{style}:{text}"))  # noqa: S311 - repeatable, not secret


def _no_tones(text: str, dice: random.Random) -> str:
    plain = "".join(_bare(letter) for letter in text)
    return plain if dice.random() < 0.3 else plain.lower()


def _bare(letter: str) -> str:
    return fold(letter).upper() if letter.isupper() else fold(letter)


def _half_tones(text: str, dice: random.Random) -> str:
    share = dice.choice((0.3, 0.6))
    return " ".join(_no_tones(word, dice) if dice.random() < share else word for word in text.split(" "))


def _telex(text: str, _: random.Random) -> str:
    return re.sub(r"[^\W\d_]+", lambda match: _telex_word(match.group()), text)


def _telex_word(word: str) -> str:
    typed, tone = "", ""
    for part in unicodedata.normalize("NFD", word.lower().replace("đ", "dd")):
        if part in _TELEX_TONE:
            tone = _TELEX_TONE[part]
        elif part in _TELEX_SHAPE:
            typed += _TELEX_SHAPE[part] or typed[-1]
        else:
            typed += part
    typed = typed.replace("uwow", "uow") + tone
    return typed.capitalize() if word[0].isupper() else typed


def _vni(text: str, _: random.Random) -> str:
    return re.sub(r"[^\W\d_]+", lambda match: _vni_word(match.group()), text)


def _vni_word(word: str) -> str:
    typed, tone = "", ""
    for part in unicodedata.normalize("NFD", word.lower().replace("đ", "d9")):
        if part in "̣̀́̃̉":
            tone = _VNI[part]
        else:
            typed += _VNI.get(part, part)
    return typed.replace("u7o7", "uo7") + tone


def _teencode(text: str, dice: random.Random) -> str:
    short = text.lower()
    for full, ways in _SHORT.items():
        if full in short:
            short = re.sub(rf"(?<!\w){full}(?!\w)", dice.choice(ways), short)
    short = re.sub(r"(\d+) t(?!\w)", r"\1t", short)
    return short.rstrip(".") + dice.choice(("", "", " 😭", " 🥺", " huhu", ".."))


def _typos(text: str, dice: random.Random) -> str:
    return " ".join(_slip(word, dice) for word in text.split(" "))


def _slip(word: str, dice: random.Random) -> str:
    chance = dice.random()
    if chance < 0.35:
        return _no_tones(word, dice)
    if chance < 0.45 and len(word) > 2 and word[-1].isalpha():
        return word + word[-1]
    if chance < 0.50 and len(word) > 3 and word.isalpha():
        at = dice.randrange(1, len(word) - 1)
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return word


def _voice(text: str, dice: random.Random) -> str:
    opening = dice.choice(("", "", "dạ ", "alo ", "dạ chào anh chị ", "à ờ "))
    return opening + re.sub(r"\s+", " ", re.sub(r"[^\w\s/]", " ", text.lower())).strip()


_MAKERS: Mapping[str, Callable[[str, random.Random], str]] = {
    "no_tones": _no_tones,
    "telex": _telex,
    "vni": _vni,
    "teencode": _teencode,
    "typos": _typos,
    "voice": _voice,
    "half_tones": _half_tones,
}
