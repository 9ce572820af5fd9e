"""From a sentence to the communes it names: look up, weigh, and say how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp

from bot.domain.places.names import Index, Level
from bot.domain.places.sentence.beside import beside
from bot.domain.places.sentence.candidates import Candidate, Placed, doubtful
from bot.domain.places.sentence.mending import may_hide, mended
from bot.domain.places.sentence.mentions import Mention, mentions
from bot.domain.places.sentence.roles import Role, denied, role
from bot.domain.places.sentence.slips import slipped
from bot.domain.places.sentence.surroundings import Surroundings
from bot.domain.places.sentence.typing import as_meant
from bot.domain.places.sentence.weigh import Weigher
from bot.domain.places.spelling import Token, tokens_of
from bot.domain.understanding import PlaceGuess, Places

SURE = 0.6
"""Confidence from which nothing is asked."""
DOUBT = 0.5
"""What is left of it where the guess should be said back as a question."""
FIRST, EQUAL = 0.8, 0.55
"""Share of the first of two places: where one is clearly the incident's, and where nothing tells."""
KEPT = 0.05
MOST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """What one mention may mean, best first."""

    candidates: tuple[Candidate, ...]
    role: Role = Role.UNSAID

    @property
    def best(self) -> Candidate:
        return self.candidates[0]

    @property
    def is_settled(self) -> bool:
        """Nothing better is to be expected from looking for slips."""
        best = self.best
        confirmed = best.placed is Placed.BESIDE or (best.placed is Placed.UNSAID and best.at_home)
        return best.agrees > 0 and best.mention.is_commune and confirmed

    @property
    def rank(self) -> tuple[int, int]:
        """Of several places: the incident's before the writer's, a whole address before a bare name, the first said."""
        return -self.role - (self.best.placed is Placed.BESIDE), self.best.span[0]


def find(text: str, index: Index, home: str, *, asked: bool = False) -> Places:
    """The communes that a text (NFC) names, best first."""
    tokens = as_meant(tokens_of(text), text, index)
    found = list(mentions(tokens, index, text, asked=asked))
    around = Surroundings(tokens, found)
    groups = _groups(Weigher(tokens, around, home, asked), found)
    if may_hide(tokens, found if groups and groups[0].is_settled else (), index):
        tokens = mended(tokens, index)
        groups = _with_slips(tokens, text, index, home, asked=asked)
    chosen = _chosen(tokens, groups)
    told = _told(text, tokens, chosen)
    spots = beside(tokens, text, _address(chosen) | around.covered())
    if not told:
        return Places((), "where", spots)
    return Places(told, None if told[0].confidence >= SURE else "which", spots)


def _address(groups: Sequence[Group]) -> set[int]:
    return {at for group in groups for at in range(*group.best.span)}


def _groups(weigher: Weigher, found: Sequence[Mention]) -> list[Group]:
    """The candidates of each mention, the best mention first."""
    groups = [
        Group(tuple(sorted(candidates, key=lambda one: -one.score)))
        for mention in found
        if (candidates := weigher.candidates(mention))
    ]
    return sorted(groups, key=lambda group: -group.best.score)


def _with_slips(tokens: Sequence[Token], text: str, index: Index, home: str, *, asked: bool) -> list[Group]:
    """One slip is looked for first; two only where a district or province is there to confirm it."""
    found = list(mentions(tokens, index, text, asked=asked))
    covered = Surroundings(tokens, found).covered()
    groups: list[Group] = []
    for most in (1, 2):
        more = list(slipped(tokens, covered, index, text, most))
        everything = [*found, *more]
        groups = _groups(Weigher(tokens, Surroundings(tokens, everything), home, asked), everything)
        confirming = covered or any(one.cue.level is not Level.COMMUNE for one in more)
        if (groups and groups[0].is_settled) or not confirming:
            break
    return groups


def _chosen(tokens: Sequence[Token], groups: Sequence[Group]) -> list[Group]:
    """The best mention and other places that are surely named, in the order in which they should be told."""
    chosen: list[Group] = []
    for group in groups:
        best = group.best
        apart = all(best.span[1] <= one.best.span[0] or one.best.span[1] <= best.span[0] for one in chosen)
        if not chosen or (apart and best.mention.is_commune and not best.mention.slips and best.agrees):
            chosen.append(group)
    if len(chosen) < 2:
        return [one for one in chosen if not denied(tokens, one.best.span)]
    told = [Group(one.candidates, role(tokens, one.best.span)) for one in chosen]
    return sorted((one for one in told if one.role is not Role.DENIED), key=lambda one: one.rank)


def _told(text: str, tokens: Sequence[Token], groups: Sequence[Group]) -> tuple[PlaceGuess, ...]:
    """The communes of all groups, best first, each with the words it rests on."""
    guesses: dict[str, PlaceGuess] = {}
    for group, share in zip(groups, _parts(groups), strict=True):
        first, end = group.best.span
        words = text[tokens[first].start : tokens[end - 1].end]
        sure = share * (DOUBT if doubtful(group.best, tokens) else 1.0)
        for code, weight in _shares(group).items():
            guesses.setdefault(code, PlaceGuess(code, round(sure * weight, 3), words))
    return tuple(guesses.values())[:MOST]


def _parts(groups: Sequence[Group]) -> list[float]:
    """What share each place has."""
    if len(groups) < 2:
        return [1.0] * len(groups)
    first = FIRST if groups[0].rank[0] < groups[1].rank[0] else EQUAL
    return [first] + [(1 - first) / (len(groups) - 1)] * (len(groups) - 1)


def _shares(group: Group) -> dict[str, float]:
    """Confidence per commune, best first: each candidate's weight, divided among its successors."""
    weights: dict[str, float] = {}
    for one in group.candidates:
        for rank, code in enumerate(one.named.units):
            weight = exp(2.0 * one.score) / (1 + rank / 4) / len(one.named.units)
            weights[code] = max(weights.get(code, 0.0), weight)
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: -item[1])
    return {code: weight / total for code, weight in ranked if weight / total >= KEPT}
