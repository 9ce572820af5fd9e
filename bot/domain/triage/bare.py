"""Bare answers ("bố em", "xã Ea Kao", "em 12 tuổi"): told before the model, which would read a report into them."""

from collections.abc import Sequence

from bot.domain.triage.lexicon import Hit
from bot.domain.triage.reading import Reading, Word

BARE = "BARE"
"""The concept whose words report nothing by themselves."""
_LONGEST = 6
_WHO_WHEN_WHERE = frozenset(
    {
        "BARE", "PARENT", "STEP_PARENT", "KIN", "SPOUSE", "NEIGHBOUR", "STRANGER", "TEACHER_WHO",
        "PEERS", "BOSS", "CHILD", "SELF_TEEN", "FRIEND", "WE_OFFICE", "I_TEACH", "TODAY", "NOW", "PAST",
        "NOT", "GREET", "THANKS", "SAFE", "REPEATED", "NIGHT_BED", "TONIGHT",
    }
)  # fmt: skip


def is_bare(reading: Reading, hits: Sequence[Hit]) -> bool:
    """Whether a short message says only who, when, where, yes or no."""
    words = [(at, word) for at, word in enumerate(reading.words) if word.typed[0].isalnum()]
    if (
        not words
        or len(words) > _LONGEST
        or any(hit.sure and hit.concept not in _WHO_WHEN_WHERE for hit in hits)
    ):
        return False
    covered = {at for hit in hits if hit.concept == BARE for at in range(hit.first, hit.last + 1)}
    if not covered and not all(_is_name(reading, word) for _, word in words):
        return False
    return all(at in covered or word.typed.isdecimal() or _is_name(reading, word) for at, word in words)


def _is_name(reading: Reading, word: Word) -> bool:
    """A capital and small letters, as names are written."""
    return reading.text[word.start : word.end].istitle()
