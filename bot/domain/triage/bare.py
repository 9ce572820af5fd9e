"""Bare answers ("bố em", "xã Ea Kao", "em 12 tuổi"): told before the model, which would read a report into them."""

from collections.abc import Sequence, Set
from itertools import pairwise

from bot.domain.triage.lexicon import Hit, Sign
from bot.domain.triage.marks import is_syllable
from bot.domain.triage.reading import Reading

BARE = "BARE"
"""The concept whose words report nothing by themselves."""
_GRAVE = "GRAVE_ALONE"
"""The concept whose words are a report by themselves, however short, and written with capitals too."""
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
_FAMILIES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh trinh mai dao".split()
)
_MIDDLE = frozenset({"thi", "van"})
_FULL_NAME = (3, 4)
"""Words of a name in full: "nguyễn thị hoa", "LE VAN BINH"; names in small letters are known by their shape."""


def is_bare(reading: Reading, hits: Sequence[Hit]) -> bool:
    """Whether a short message says only who, when, where, yes or no."""
    if len(reading.typed) > 2 * _LONGEST_WITH_NAMES:
        return False
    places = [at for at, word in enumerate(reading.typed) if word[0].isalnum()]
    if not places or len(places) > _LONGEST_WITH_NAMES:
        return False
    named = {at for at in places if _is_name(reading, at)}
    if len(places) - len(named) > _longest(reading, places):
        return False
    if any(sign.concept == _GRAVE for _, sign in hits):
        return False
    if _is_only_named(reading, places, named):
        return True
    if any((sign.sure and sign.concept not in _WHO_WHEN_WHERE) or _is_unwell(sign) for _, sign in hits):
        return False
    if _is_in_full(reading, places):
        return True
    covered = {at for (first, last), sign in hits if sign.concept == BARE for at in range(first, last + 1)}
    return bool(covered) and all(
        at in covered or at in named or reading.typed[at].isdecimal() for at in places
    )


def _longest(reading: Reading, places: Sequence[int]) -> int:
    """How many words may say nothing, names left out."""
    folded = [reading.folded[at] for at in places]
    with_mother = any(one == "voi" and two in _MOTHERLY for one, two in pairwise(folded))
    at_night = any(reading.typed[at] in ("tối", "toi") for at in places)
    return _LONGEST_WITH_MOTHER if with_mother and not at_night else _LONGEST


def _is_unwell(sign: Sign) -> bool:
    """ "em không ổn" is no answer."""
    return sign.denied and sign.concept == "SAFE"


def _is_only_named(reading: Reading, places: Sequence[int], named: Set[int]) -> bool:
    """ "cồn", "Ao Sen", "Nguyễn Văn An": one syllable, or capitals and numbers all along, and no cry."""
    if any(reading.typed[at] in _CRIES for at in places):
        return False
    first, *others = places
    if not others and is_syllable(reading.folded[first]):
        return True
    return first in named and all(at in named or reading.typed[at].isdecimal() for at in others)


def _is_in_full(reading: Reading, places: Sequence[int]) -> bool:
    """Family name, "thị" or "văn", given name, and nothing else."""
    if len(places) not in _FULL_NAME or any(reading.typed[at] in _CRIES for at in places):
        return False
    family, middle = (reading.folded[at] for at in places[:2])
    return family in _FAMILIES and middle in _MIDDLE


def _is_name(reading: Reading, at: int) -> bool:
    """A capital and small letters, as names are written."""
    return reading.piece(at, at).istitle()
