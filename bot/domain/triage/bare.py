"""Bare answers ("bố em", "xã Ea Kao", "em 12 tuổi"): told before the model, which would read a report into them."""

from collections.abc import Sequence
from itertools import pairwise

from bot.domain.triage.lexicon import Hit
from bot.domain.triage.marks import is_syllable
from bot.domain.triage.reading import Reading, Word

BARE = "BARE"
"""The concept whose words report nothing by themselves."""
_LONGEST = 6
_LONGEST_WITH_NAMES = 10
_LONGEST_WITH_MOTHER = 9
_MOTHERLY = frozenset({"me", "ma", "ba", "ngoai", "noi"})
"""Folded: "bạn ấy đang ở nhà với mẹ" says where somebody is; "ở nhà với bố mỗi tối" may be the report itself."""
_WHO_WHEN_WHERE = frozenset(
    {
        "BARE", "PARENT", "STEP_PARENT", "KIN", "SPOUSE", "NEIGHBOUR", "STRANGER", "TEACHER_WHO",
        "PEERS", "BOSS", "CHILD", "SELF_TEEN", "FRIEND", "WE_OFFICE", "I_TEACH", "TODAY", "NOW", "PAST",
        "NOT", "GREET", "THANKS", "SAFE", "REPEATED", "NIGHT_BED", "TONIGHT",
        "WHO_SMALL", "WHO_ADULT", "WHO_OLDMAN", "WHO_PARENT_DOER", "WHO_TOLD", "Z_TONIGHT", "Z_WEEK", "Z_REPEAT",
        "Z_PAST", "Z_OK", "Z_NOTREAL", "A_DONE", "T_CHAT", "T_SCHOOL_CALM", "T_TRAVEL",
    }
)  # fmt: skip
_CRIES = frozenset(
    """
    cứu cuu help sos khẩn khan gấp gap giúp giup đánh danh đập hiếp cháy chay đuối chìm chết chet chém giết giet
    nhốt nhot
    """.split()
)
"""What is a report even as a single word, or written with capitals like a name."""


def is_bare(reading: Reading, hits: Sequence[Hit]) -> bool:
    """Whether a short message says only who, when, where, yes or no."""
    if len(reading.words) > 2 * _LONGEST_WITH_NAMES:
        return False
    words = [(at, word) for at, word in enumerate(reading.words) if word[0][0].isalnum()]
    if not words or len(words) > _LONGEST_WITH_NAMES:
        return False
    if sum(not _is_name(reading, word) for _, word in words) > _longest([word for _, word in words]):
        return False
    if _is_only_named(reading, [word for _, word in words]):
        return True
    if any((hit.sure and hit.concept not in _WHO_WHEN_WHERE) or _is_unwell(hit) for hit in hits):
        return False
    covered = {at for hit in hits if hit.concept == BARE for at in range(hit.first, hit.last + 1)}
    return bool(covered) and all(
        at in covered or word.typed.isdecimal() or _is_name(reading, word) for at, word in words
    )


def _longest(words: Sequence[Word]) -> int:
    """How many words may say nothing, names left out."""
    with_mother = any(one.folded == "voi" and two.folded in _MOTHERLY for one, two in pairwise(words))
    at_night = any(word.typed in ("tối", "toi") for word in words)
    return _LONGEST_WITH_MOTHER if with_mother and not at_night else _LONGEST


def _is_unwell(hit: Hit) -> bool:
    """ "em không ổn" is no answer."""
    return hit.denied and hit.concept == "SAFE"


def _is_only_named(reading: Reading, words: Sequence[Word]) -> bool:
    """ "cồn", "Ao Sen", "Nguyễn Văn An": one syllable, or capitals and numbers all along, and no cry."""
    if any(word.typed in _CRIES for word in words):
        return False
    if len(words) == 1 and is_syllable(words[0].folded):
        return True
    return all(_is_name(reading, word) or (at and word.typed.isdecimal()) for at, word in enumerate(words))


def _is_name(reading: Reading, word: Word) -> bool:
    """A capital and small letters, as names are written."""
    return reading.text[word.start : word.end].istitle()
