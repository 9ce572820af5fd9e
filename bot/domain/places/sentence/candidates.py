"""A commune that a name may mean, and what may be said against taking it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.domain.places.names import Level, Named
from bot.domain.places.sentence.cues import CUE_KEYS
from bot.domain.places.sentence.mentions import LONE, Mention
from bot.domain.places.spelling import Token, name_key

ENOUGH = 1.5
"""Of announcement and context together: below, a name is taken for something else."""
SPECIAL_ZONE = "đặc khu"
"""There are thirteen, and no other type is called so."""


class Placed(IntEnum):
    """What the districts and provinces of the text say to a commune."""

    AGAINST = -1
    UNSAID = 0
    ELSEWHERE = 1
    """One that stands elsewhere in the text agrees."""
    BESIDE = 2
    """One in the same address agrees."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commune that a mention may mean, with what speaks for it."""

    mention: Mention
    named: Named
    evidence: float
    """Of announcement and context: that a place is meant at all."""
    score: float
    """With how well the name fits: that this one is meant."""
    span: tuple[int, int]
    """Tokens from the first to after the last of the address that it rests on."""
    placed: Placed
    agrees: int
    """2: typed exactly so, 1: marks or letters missing, 0: other marks."""
    at_home: bool
    """In the office's province."""

    @property
    def is_two(self) -> bool:
        """A district's name without a type: the old district or the commune of that name."""
        wider = (one for one in self.mention.named if one.level is not Level.COMMUNE)
        return not self.mention.cue.type and any(one.units != self.named.units for one in wider)


def credible(one: Candidate, tokens: Sequence[Token]) -> bool:
    """Enough speaks for it, a number goes with its own type, and a slip is confirmed by what stands around it."""
    mention, words = one.mention, tokens[one.mention.first : one.mention.end]
    if one.evidence < ENOUGH:
        return False
    if words[0].key.isdigit() and one.named.type not in (mention.cue.type, ""):
        return False
    if mention.cue.type == SPECIAL_ZONE != one.named.type:
        return False
    if (
        len(words) == 1
        and len(words[0].key) < LONE
        and one.placed is not Placed.BESIDE
        and not _named(words[0], one)
    ):
        return False
    if not mention.slips or one.placed is Placed.BESIDE:
        return True
    confirmed = one.agrees == 2 and (one.at_home or not is_bare(words)) and one.placed is not Placed.AGAINST
    return mention.slips == 1 and confirmed and len(words) > 1


def _named(word: Token, one: Candidate) -> bool:
    """A short word that stands for a name: "phường 5", "xã Ba", but not "lên xã ba lần"."""
    return word.key.isdigit() or (word.capital and one.agrees == 2)


def doubtful(one: Candidate, tokens: Sequence[Token]) -> bool:
    """It fits, but should be said back as a question: a slip without context, a name that goes on, a district's."""
    if one.is_two or one.placed is Placed.AGAINST or not one.agrees:
        return True
    return one.placed is not Placed.BESIDE and (bool(one.mention.slips) or _goes_on(tokens, one.mention))


def _goes_on(tokens: Sequence[Token], mention: Mention) -> bool:
    """More of a name seems to follow: "Thới Bình Tây"."""
    after = tokens[mention.end : mention.end + 1]
    cased = not all(token.capital for token in tokens[:12])
    return bool(after) and cased and after[0].tied and after[0].capital and after[0].key not in CUE_KEYS


def is_bare(words: Sequence[Token]) -> bool:
    """Typed without any mark."""
    return all(token.word.isascii() for token in words)


def strange_letters(words: Sequence[Token], name: str) -> int:
    """How many letters, with their marks where any are typed, the name does not have."""
    bare = is_bare(words)
    typed = "".join(token.key if bare else token.word for token in words)
    return (Counter(typed) - Counter(name_key(name) if bare else name)).total()
