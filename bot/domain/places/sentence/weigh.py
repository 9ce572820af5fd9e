"""What speaks for each place that a name may mean, in points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.places.names import Level, Named
from bot.domain.places.sentence.bare import answers
from bot.domain.places.sentence.candidates import (
    SPECIAL_ZONE,
    Candidate,
    Placed,
    credible,
    strange_letters,
)
from bot.domain.places.sentence.cues import Cue, is_distance
from bot.domain.places.sentence.mentions import LONE, Mention
from bot.domain.places.sentence.surroundings import SLIPPED, Context, Surroundings
from bot.domain.places.sentence.words import EVERYDAY
from bot.domain.places.spelling import Token, agreement

CUE_WEIGHT = {
    Cue.TYPE: 2.0,
    Cue.SHORT: 1.1,
    Cue.LOOSE: 0.9,
    Cue.NONE: 0.0,
    Cue.PERSON: -1.5,
    Cue.BESIDE: -2.5,
}
ASKED = 1.6
"""For a bare name where somebody was asked for the place."""
SAME_TYPE, OTHER_TYPE = 0.5, -0.3
EXACT, MARKS_MISSING, MARKS_WRONG = 1.0, 0.6, -1.2
SLIP = -0.8
STRANGE = 0.5
"""Off for each letter that is not in the name, so that Thạhn is Thạnh rather than Thành."""
DISTRICT_BESIDE, DISTRICT_ELSEWHERE, OTHER_DISTRICT = 2.2, 0.8, -2.5
PROVINCE_BESIDE, PROVINCE_ELSEWHERE, OTHER_PROVINCE = 1.6, 0.6, -3.0
SAME_ERA = 0.2
"""An old name goes with the old province, a new one with the new."""
AT_HOME = 1.6
OLDER = -0.8
"""A name that had gone before 2025 already."""
IS_NEW, IS_OLD_WITH_DISTRICT = 0.5, 0.4
PER_WORD = 0.7
LOOKS_LIKE_A_NAME = 0.3
ISLAND = "đảo"
LONG_SLIP = 6
"""Letters above which one slip is no chance."""
FAR_AWAY = -1.2
"""For "xa nhà", "xa quê" in a text without tones, which is not xã."""


@dataclass(frozen=True, slots=True)
class Weigher:
    """One text being judged."""

    tokens: Sequence[Token]
    around: Surroundings
    home: str
    asked: bool = False
    """The text answers the question where."""

    def candidates(self, mention: Mention) -> list[Candidate]:
        """The communes of a mention that have enough for them."""
        communes = [one for one in mention.named if _may_be(one, mention)]
        if not communes:
            return []
        beside, elsewhere = self.around.of(mention)
        if not self._may_stand(mention, bool(beside)):
            return []
        supported = [one for one in communes if any(max(context.support(one)[:2]) > 0 for context in beside)]
        judged = (self._judge(mention, one, beside, elsewhere) for one in supported or communes)
        found = [one for one in judged if credible(one, self.tokens)]
        return [one for one in found if answers(one, self.tokens)] if self.asked else found

    def _may_stand(self, mention: Mention, has_beside: bool) -> bool:
        """Without a type: two words or more, no province's name, no part of a district's or a province's."""
        if mention.cue.type:
            return True
        if mention.end - mention.first < 2 and len(self.tokens[mention.first].key) < LONE and not self.asked:
            return False
        if any(one.level is Level.PROVINCE for one in mention.named) and not has_beside:
            return False
        return not self.around.hide(mention) and (self.asked or mention.cue.cue is Cue.LOOSE or has_beside)

    def _judge(
        self, mention: Mention, named: Named, beside: list[Context], elsewhere: list[Context]
    ) -> Candidate:
        near, far = [one.support(named) for one in beside], [one.support(named) for one in elsewhere]
        district = _weight((one[0] for one in near), DISTRICT_BESIDE, OTHER_DISTRICT)
        district = district or _weight((one[0] for one in far), DISTRICT_ELSEWHERE, 0.0)
        province = _weight((one[1] for one in near), PROVINCE_BESIDE, OTHER_PROVINCE)
        province = province or _weight((one[1] for one in far), PROVINCE_ELSEWHERE, 0.0)
        at_home = self.home in named.provinces
        fit, agrees = self._fit(mention, named)
        evidence = district + province + min(0.0, fit)
        evidence += self._announcement(
            mention, placed=district + province > 0, exact=agrees == 2, at_home=at_home
        )
        score = evidence + max(0.0, fit) + PER_WORD * (mention.end - mention.first)
        score += _type_weight(mention.cue.type, named) + AT_HOME * (at_home and province <= 0)
        score += IS_OLD_WITH_DISTRICT * (district > 0) if named.old else IS_NEW * (district <= 0)
        score += SAME_ERA * any(one[2] for one in near)
        spans = [one.mention for one, signs in zip(beside, near, strict=True) if max(signs[:2]) > 0]
        span = (
            min([mention.start, *(one.start for one in spans)]),
            max([mention.end, *(one.end for one in spans)]),
        )
        placed = Placed.BESIDE if spans else Placed((district + province > 0) - (district + province < 0))
        return Candidate(mention, named, evidence, score, span, placed, agrees, at_home)

    def _fit(self, mention: Mention, named: Named) -> tuple[float, int]:
        """Points for the spelling, below 0 where it speaks against the name; and the agreement."""
        words = self.tokens[mention.first : mention.end]
        if mention.slips:
            strange = strange_letters(words, named.name)
            agrees = 2 - (strange > mention.slips)
            return SLIP * mention.slips - STRANGE * strange, agrees
        agrees = agreement(words, named.name)
        return (MARKS_WRONG, MARKS_MISSING, EXACT)[agrees], agrees

    def _announcement(self, mention: Mention, *, placed: bool, exact: bool, at_home: bool) -> float:
        """Points for what stands before the name, and for a weak cue those of words that look like a name."""
        cue, words = mention.cue, self.tokens[mention.first : mention.end]
        weight = CUE_WEIGHT[cue.cue]
        if self.asked and not cue.type:
            return ASKED
        if is_distance(self.tokens, mention.first, cue) and not placed and not at_home:
            weight += FAR_AWAY
        if mention.slips:
            return weight + LOOKS_LIKE_A_NAME * (
                at_home + (sum(len(token.key) for token in words) > LONG_SLIP)
            )
        if cue.cue not in (Cue.LOOSE, Cue.SHORT) or len(words) < 2:
            return weight
        looks = all(token.capital for token in words) + exact
        if looks < 2 and "".join(token.key for token in words) in EVERYDAY:
            return weight
        return weight + LOOKS_LIKE_A_NAME * (looks + at_home)


def _may_be(one: Named, mention: Mention) -> bool:
    """A commune; or a district that became one whole, as the islands did."""
    if one.level is Level.COMMUNE:
        return mention.cue.level in (None, Level.COMMUNE) or one.type == mention.cue.type
    return one.level is Level.DISTRICT and len(one.units) == 1 and mention.cue.level in (None, Level.DISTRICT)


def _weight(signs: Iterable[float], gain: float, loss: float) -> float:
    """Of the readings that say something the best; a slip alone does not outweigh a clear contradiction."""
    said = [sign for sign in signs if sign]
    if not said:
        return 0.0
    best = max(said)
    return gain * best if best > 0 and (best > SLIPPED or min(said) > 0) else loss


def _type_weight(announced: str, named: Named) -> float:
    if not named.type:
        return OLDER
    if not announced:
        return 0.0
    same = announced == named.type or (announced == ISLAND and named.type == SPECIAL_ZONE)
    return SAME_TYPE if same else OTHER_TYPE
