"""Rules written by hand beside the model: danger that must never be waited for, told by concepts."""

from collections.abc import Iterable, KeysView, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.kinds import Kind, Urgency
from bot.domain.triage.lexicon import Hit


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds when every group of `needs` is met by one of its concepts and none of `unless` stands there."""

    key: str
    needs: tuple[frozenset[str], ...]
    unless: frozenset[str]
    at_least: Urgency
    likely: float
    """How likely the model must hold that urgency or a higher one, for the rule to speak."""
    kinds: frozenset[Kind] = frozenset()
    """Only where the model sees one of these kinds; empty for any."""


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that holds, with the places it rests on."""

    rule: Rule
    hits: tuple[Hit, ...]


def _any(names: str) -> frozenset[str]:
    return frozenset(names.split())


_UNREAL = _any("NEWS TRAINING FICTION JOKE IDIOM STUDY AD")
_OVER = _UNREAL | _any("PAST SAFE HYPOTHETICAL")

DANGERS: tuple[Rule, ...] = (
    Rule(
        "reason.danger.suicide",
        (_any("SUICIDE"), _any("TONIGHT NOW TODAY LOCATE")),
        _OVER,
        Urgency.EMERGENCY,
        0.15,
    ),
    Rule(
        "reason.danger.drowning",
        (_any("DROWN"), _any("NOW HELP TODAY WATER_PLACE SWIM")),
        _OVER | _any("HAZARD_ASK FENCE REPEATED"),
        Urgency.EMERGENCY,
        0.15,
        frozenset({Kind.DROWNING_INCIDENT}),
    ),
    Rule(
        "reason.danger.weapon",
        (_any("KNIFE_THREAT"), _any("NOW HELP HIDE TONIGHT")),
        _OVER,
        Urgency.EMERGENCY,
        0.2,
    ),
    Rule(
        "reason.danger.beating_now",
        (_any("BEAT"), _any("NOW"), _any("HELP HIDE")),
        _OVER,
        Urgency.EMERGENCY,
        0.2,
    ),
    Rule(
        "reason.danger.serious_injury",
        (_any("INJURY_SERIOUS"), _any("NOW TODAY HELP")),
        _OVER | _any("ILL"),
        Urgency.EMERGENCY,
        0.25,
    ),
    Rule(
        "reason.danger.abuser_near",
        (_any("SEX_TOUCH SEX_ACT GROOM NIGHT_BED"), _any("TONIGHT NOW DOOR"), _any("HELP HIDE AFRAID DOOR")),
        _OVER,
        Urgency.EMERGENCY,
        0.2,
        frozenset({Kind.SEXUAL_ABUSE}),
    ),
    Rule(
        "reason.danger.abuser_near",
        (
            _any("TONIGHT_COMES"),
            _any("SEX_IMAGE SEX_ACT SEX_TOUCH SEX_STRONG GROOM REPEATED KIN STEP_PARENT BOSS"),
        ),
        _OVER | _any("POLICE_DONE"),
        Urgency.EMERGENCY,
        0.02,
        frozenset({Kind.SEXUAL_ABUSE}),
    ),
    Rule(
        "reason.danger.small_child_alone",
        (_any("LAID_DOWN"), _any("BABY CRY_SMALL")),
        _OVER | _any("PET"),
        Urgency.EMERGENCY,
        0.1,
        frozenset({Kind.NEGLECT, Kind.OTHER_DANGER, Kind.SUPPORT_NEED}),
    ),
    Rule(
        "reason.danger.carried_off",
        (_any("CARRIED_OFF"), _any("NOW TODAY HELP LOCATE")),
        _OVER,
        Urgency.EMERGENCY,
        0.2,
        frozenset({Kind.TRAFFICKING, Kind.OTHER_DANGER}),
    ),
    Rule(
        "reason.danger.fire",
        (_any("FIRE"), _any("NOW HELP"), _any("CHILD BABY")),
        _OVER,
        Urgency.EMERGENCY,
        0.2,
    ),
    Rule(
        "reason.danger.small_child_alone",
        (_any("BABY"), _any("LEFT_ALONE"), _any("NOW TODAY CRY NIGHT_BED DEATH_NIGHT")),
        _OVER,
        Urgency.EMERGENCY,
        0.2,
    ),
    Rule(
        "reason.danger.sexual_abuse",
        (_any("SEX_ACT SEX_TOUCH SEX_IMAGE"),),
        _OVER,
        Urgency.URGENT,
        0.3,
        frozenset({Kind.SEXUAL_ABUSE}),
    ),
)

_DANGEROUS = frozenset().union(*(rule.needs[0] for rule in DANGERS))


def dangers(hits: Iterable[Hit], kind: Kind, reach: Mapping[Urgency, float]) -> tuple[Found, ...]:
    """The rules that hold. `reach` is how likely each urgency or a higher one is."""
    stated: dict[str, list[Hit]] = {}
    for hit in hits:
        if not hit.denied:
            stated.setdefault(hit.concept, []).append(hit)
    if stated.keys().isdisjoint(_DANGEROUS):
        return ()
    return tuple(
        Found(rule, _rests_on(rule, stated))
        for rule in DANGERS
        if reach[rule.at_least] >= rule.likely
        and (not rule.kinds or kind in rule.kinds)
        and _holds(rule, stated.keys())
    )


def _holds(rule: Rule, stated: KeysView[str]) -> bool:
    return not any(map(stated.isdisjoint, rule.needs)) and stated.isdisjoint(rule.unless)


def _rests_on(rule: Rule, stated: Mapping[str, Sequence[Hit]]) -> tuple[Hit, ...]:
    return tuple(stated[name][0] for group in rule.needs for name in sorted(group & stated.keys())[:1])
