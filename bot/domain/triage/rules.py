"""Which of the rules written by hand hold in a message, and the words they rest on."""

from collections.abc import KeysView, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.kinds import Kind, Urgency
from bot.domain.triage.grave import DANGERS, Rule
from bot.domain.triage.lexicon import Hit, Span


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that holds, with the places it rests on."""

    rule: Rule
    places: tuple[Span, ...]


_DANGEROUS = frozenset().union(*(rule.needs[0] for rule in DANGERS))


def dangers(hits: Sequence[Hit], kind: Kind, reach: Mapping[Urgency, float], words: int) -> tuple[Found, ...]:
    """The rules that hold, one for each key. `reach` is how likely each urgency or a higher one is.

    `words` counts those of the whole message.
    """
    if _DANGEROUS.isdisjoint([sign[0] for _, sign in hits]):
        return ()
    # where a concept stands several times, its first place is shown
    stated = {sign[0]: span for span, sign in reversed(hits) if not sign[1]}
    found = [
        Found(rule, _rests_on(rule, stated))
        for rule in DANGERS
        if not stated.keys().isdisjoint(rule.needs[0])
        and reach[rule.at_least] >= rule.likely
        and (not rule.kinds or kind in rule.kinds)
        and (not rule.words or words <= rule.words)
        and _holds(rule, stated.keys())
    ]
    return tuple({one.rule.key: one for one in reversed(found)}.values())[::-1]


def _holds(rule: Rule, stated: KeysView[str]) -> bool:
    return not any(map(stated.isdisjoint, rule.needs)) and stated.isdisjoint(rule.unless)


def _rests_on(rule: Rule, stated: Mapping[str, Span]) -> tuple[Span, ...]:
    return tuple(stated[name] for group in rule.needs for name in sorted(group & stated.keys())[:1])
