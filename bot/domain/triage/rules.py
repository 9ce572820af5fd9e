"""Which of the rules written by hand hold in a message, and the words they rest on."""

from collections.abc import Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.kinds import Kind, Urgency
from bot.domain.triage.grave import DANGERS, Rule
from bot.domain.triage.lexicon import Hit


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that holds, with the places it rests on."""

    rule: Rule
    hits: tuple[Hit, ...]


_DANGEROUS = frozenset().union(*(rule.needs[0] for rule in DANGERS))


def dangers(hits: Iterable[Hit], kind: Kind, reach: Mapping[Urgency, float]) -> tuple[Found, ...]:
    """The rules that hold, one for each key. `reach` is how likely each urgency or a higher one is."""
    stated: dict[str, list[Hit]] = {}
    for hit in hits:
        if not hit.denied:
            stated.setdefault(hit.concept, []).append(hit)
    if stated.keys().isdisjoint(_DANGEROUS):
        return ()
    found = [
        Found(rule, _rests_on(rule, stated))
        for rule in DANGERS
        if reach[rule.at_least] >= rule.likely
        and (not rule.kinds or kind in rule.kinds)
        and _holds(rule, stated.keys())
    ]
    return tuple({one.rule.key: one for one in reversed(found)}.values())[::-1]


def _holds(rule: Rule, stated: KeysView[str]) -> bool:
    return not any(map(stated.isdisjoint, rule.needs)) and stated.isdisjoint(rule.unless)


def _rests_on(rule: Rule, stated: Mapping[str, Sequence[Hit]]) -> tuple[Hit, ...]:
    return tuple(stated[name][0] for group in rule.needs for name in sorted(group & stated.keys())[:1])
