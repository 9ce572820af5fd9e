"""Rules written by hand beside the model: danger that must never be waited for, told by concepts."""

from dataclasses import dataclass

from bot.domain.kinds import Kind, Urgency


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
    words: int = 0
    """Only in a message of at most so many words; 0 for any."""


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
        "reason.danger.suicide",
        (_any("END_LIFE"), _any("END_MEANS TONIGHT Z_TONIGHT NOW Z_NOW TODAY")),
        _OVER | _any("Z_PAST PET"),
        Urgency.EMERGENCY,
        0.05,
    ),
    Rule(
        "reason.danger.farewell",
        (_any("END_LIFE"),),
        _UNREAL | _any("PET"),
        Urgency.URGENT,
        0.03,
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
        "reason.danger.carried_off",
        (_any("MISSING_TODAY"), _any("CHILD BABY WHO_SMALL")),
        _OVER | _any("RETURNED PET POLICE_DONE WHO_ADULT"),
        Urgency.EMERGENCY,
        0.05,
        frozenset({Kind.OTHER_DANGER, Kind.TRAFFICKING, Kind.NEGLECT, Kind.DROWNING_INCIDENT}),
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
        "reason.danger.small_child_alone",
        (_any("BABY WHO_SMALL"), _any("CONFINE N_ALONE"), _any("TONIGHT Z_TONIGHT Z_NOW CALLS_UNANSWERED")),
        _OVER | _any("Z_OK PET"),
        Urgency.EMERGENCY,
        0.08,
        frozenset({Kind.NEGLECT, Kind.OTHER_DANGER}),
    ),
    Rule(
        "reason.danger.cry",
        (_any("CRY_FOR_HELP"),),
        _OVER | _any("PET T_TECH T_SCHOOL_CALM T_FOOD T_MONEY T_LOVE_ADULT THANKS GREET"),
        Urgency.URGENT,
        0.03,
    ),
    Rule(
        "reason.danger.named",
        (_any("GRAVE_NAMED"), _any("CHILD BABY")),
        _OVER
        | _any(
            "ASK LAW HAZARD_ASK FENCE REPEATED PARENTING Z_NOTREAL Z_PAST Z_OK A_RULE A_SERVICE A_HOW A_DONE "
            "HELP_ASK RETURNED PET W_HAZARD SERVICE T_SPORT T_CHAT"
        ),
        Urgency.URGENT,
        0.005,
    ),
    Rule(
        "reason.danger.named",
        (_any("GRAVE_ALONE"),),
        _any("NEWS TRAINING FICTION JOKE STUDY PAST SAFE HYPOTHETICAL ASK LAW A_RULE A_HOW"),
        Urgency.URGENT,
        0.0,
        words=5,
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
