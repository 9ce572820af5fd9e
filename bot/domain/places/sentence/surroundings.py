"""The districts and provinces that a text names, and which of them belong to the same address as a name."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.places.names import Level, Named
from bot.domain.places.sentence.cues import Cue
from bot.domain.places.sentence.mentions import LONGEST, Mention
from bot.domain.places.sentence.words import FILLERS
from bot.domain.places.spelling import Token, agreement, key_of
from bot.domain.triage.marks import fold

_FILLERS = frozenset(key_of(fold(word)) for word in FILLERS)
SECOND_READING, SLIPPED = 0.8, 0.7
"""How much less they say than the first reading, exactly typed."""
WITHIN = 40
"""Words around a name in which a district or a province may still say something to it."""
MOST = 30
"""Districts and provinces that are weighed for one name: a text of nothing but names must not cost seconds."""
_TOWNS = ("thành phố", "thị xã", "")


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """A district or a province that the text names."""

    mention: Mention
    districts: frozenset[str]
    provinces: frozenset[str]
    old_provinces: frozenset[str]
    firm: bool
    """The only reading of its words; a slip, one short word (Lắk) or a second reading can support, not contradict."""

    def support(self, named: Named) -> tuple[float, float, bool]:
        """District, province: above 0 it lies there, -1 it does not, 0 not said; and whether the eras agree."""
        district = _sign(self.districts, bool(named.districts & self.districts))
        inside = bool(named.provinces & self.provinces or named.old_provinces & self.old_provinces)
        province = _sign(self.provinces or self.old_provinces, inside)
        if district and province:
            # one name for both (TP Cao Bằng, tỉnh Cao Bằng): the province, unless the town is said
            district, province = (district, max(province, 0.0)) if self.mention.cue.type else (0.0, province)
        if not self.firm:
            share = SLIPPED if self.mention.slips else SECOND_READING
            district, province = share * max(district, 0.0), share * max(province, 0.0)
        era = named.old_provinces & self.old_provinces if named.old else named.provinces & self.provinces
        return district, province, bool(era)

    def hides(self, other: Mention) -> bool:
        """The other mention is part of this one or of its cue: "quan thanh xuan" holds no Quán Thánh."""
        mine = self.mention
        same = (mine.first, mine.end) == (other.first, other.end)
        shorter = other.end - other.first <= mine.end - mine.first
        return self.firm and not same and shorter and mine.start < other.end and other.first < mine.end


class Surroundings:
    """What stands around the names of one text."""

    def __init__(self, tokens: Sequence[Token], found: Sequence[Mention]) -> None:
        self._count = len(tokens)
        self._communes = sorted({one.start for one in found if one.is_commune})
        self.contexts = _contexts(tokens, found)
        self._starts = [one.mention.first for one in self.contexts]
        self._tokens = tokens

    def of(self, mention: Mention) -> tuple[list[Context], list[Context]]:
        """The contexts that follow in the same address (else stand before it), and the others."""
        apart = [one for one in self._near(mention, WITHIN)[:MOST] if not one.mention.overlaps(mention)]
        following = bisect_right(self._communes, mention.first)
        limit = self._communes[following] if following < len(self._communes) else self._count
        after = [
            one for one in apart
            if mention.end <= one.mention.start < limit and self._joined(mention.end, one.mention.start)
        ]  # fmt: skip
        before = [
            one for one in apart
            if one.mention.end <= mention.start and self._joined(one.mention.end, mention.start)
        ]  # fmt: skip
        beside = after or before
        return beside, [one for one in apart if one.firm and one not in beside]

    def hide(self, mention: Mention) -> bool:
        """The mention is part of a district's or a province's name, or of what announces it."""
        return any(one.hides(mention) for one in self._near(mention, LONGEST + 2))

    def _near(self, mention: Mention, words: int) -> list[Context]:
        first = bisect_left(self._starts, mention.first - words)
        return self.contexts[first : bisect_right(self._starts, mention.end + words, lo=first)]

    def covered(self) -> set[int]:
        """The tokens that name a district or a province, or announce one."""
        return {at for one in self.contexts for at in range(one.mention.start, one.mention.end)}

    def _joined(self, left: int, right: int) -> bool:
        return self._open[right] == self._open[left]

    @cached_property
    def _open(self) -> list[int]:
        """For each token how many before it are neither filler nor part of a context."""
        covered = self.covered()
        counts = [0]
        for at, token in enumerate(self._tokens):
            counts.append(counts[-1] + (at not in covered and token.key not in _FILLERS))
        return counts


def _sign(codes: frozenset[str], inside: bool) -> float:
    return 0.0 if not codes else (1.0 if inside else -1.0)


def _contexts(tokens: Sequence[Token], found: Sequence[Mention]) -> list[Context]:
    """Announced ones first, then longer ones; what overlaps those is a second reading, a commune's name none."""
    communes = {at for one in _shortest_communes(found) for at in range(one.first, one.end)}
    taken: set[int] = set()
    kept: list[Context] = []
    for mention in sorted(found, key=lambda one: (one.slips, not one.cue.type, one.first - one.end)):
        words = range(mention.first, mention.end)
        if communes.isdisjoint(words) and (
            context := _context(tokens, mention, free=taken.isdisjoint(words))
        ):
            kept.append(context)
            taken.update(words)
    return sorted(kept, key=lambda one: one.mention.first)


def _shortest_communes(found: Sequence[Mention]) -> Iterable[Mention]:
    """Of "xã Tân Phú Tây Ninh" only Tân Phú is surely the commune's."""
    return {one.first: one for one in found if one.is_commune}.values()


def _context(tokens: Sequence[Token], mention: Mention, *, free: bool) -> Context | None:
    if mention.cue.cue in (Cue.PERSON, Cue.BESIDE) or mention.is_commune:
        return None
    words = tokens[mention.first : mention.end]
    wide = [
        one
        for one in mention.named
        if _may_be(one, mention) and (mention.slips or agreement(words, one.name))
    ]
    if not wide:
        return None
    sure = len(words) > 1 or any(one.type == mention.cue.type or _is_exact(words, one) for one in wide)
    firm = free and not mention.slips and sure
    if not free and not mention.slips and len(words) < 2:
        return None
    return Context(
        mention,
        frozenset(code for one in wide if one.level is Level.DISTRICT for code in one.districts),
        frozenset(code for one in wide if one.level is Level.PROVINCE for code in one.provinces),
        frozenset(code for one in wide if one.level is Level.PROVINCE for code in one.old_provinces),
        firm,
    )


def _is_exact(words: Sequence[Token], one: Named) -> bool:
    """One word of a province's name, with its marks: Huế."""
    return one.level is Level.PROVINCE and words[0].word == one.name and not one.name.isascii()


def _may_be(one: Named, mention: Mention) -> bool:
    if one.level is Level.COMMUNE:
        return False
    if mention.cue.type == "thành phố":
        return one.type in _TOWNS
    return mention.cue.level in (None, one.level)
