"""What to do right now, and whom to phone: said before any question."""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.dialogue.listening.words import Phrases, phrases, says
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.understanding import Assessment


class Danger(StrEnum):
    """What it is that must be met; finer than the kind, because the first help differs."""

    ATTACK = "attack"
    SEXUAL = "sexual"
    TAKEN = "taken"
    MISSING = "missing"
    WATER = "water"
    SELF_HARM = "self_harm"
    POISON = "poison"
    FIRE = "fire"
    INJURY = "injury"
    DISASTER = "disaster"
    ALONE = "alone"
    ANY = "any"


_DO: Mapping[Danger, Line] = {
    Danger.ATTACK: Line("danger.attack"),
    Danger.SEXUAL: Line("danger.sexual"),
    Danger.TAKEN: Line("danger.taken"),
    Danger.MISSING: Line("danger.missing"),
    Danger.WATER: Line("danger.water"),
    Danger.SELF_HARM: Line("danger.self_harm"),
    Danger.POISON: Line("danger.poison"),
    Danger.FIRE: Line("danger.fire"),
    Danger.INJURY: Line("danger.injury"),
    Danger.DISASTER: Line("danger.disaster"),
    Danger.ALONE: Line("danger.alone"),
    Danger.ANY: Line("danger.any"),
}

_CALL: Mapping[Danger, tuple[str, ...]] = {
    Danger.ATTACK: ("113",),
    Danger.SEXUAL: ("113",),
    Danger.TAKEN: ("113",),
    Danger.MISSING: ("113",),
    Danger.WATER: ("114", "115"),
    Danger.SELF_HARM: ("115",),
    Danger.POISON: ("115",),
    Danger.FIRE: ("114", "115"),
    Danger.INJURY: ("115",),
    Danger.DISASTER: ("112", "114"),
    Danger.ALONE: ("113",),
    Danger.ANY: ("113", "115"),
}

_OF_KIND: Mapping[Kind, Danger] = {
    Kind.VIOLENCE: Danger.ATTACK,
    Kind.SEXUAL_ABUSE: Danger.SEXUAL,
    Kind.TRAFFICKING: Danger.TAKEN,
    Kind.NEGLECT: Danger.ALONE,
    Kind.DROWNING_INCIDENT: Danger.WATER,
    Kind.DROWNING_HAZARD: Danger.WATER,
    Kind.EARLY_MARRIAGE: Danger.ATTACK,
    Kind.CHILD_LABOUR: Danger.ATTACK,
}

_SIGNS: tuple[tuple[Danger, Phrases], ...] = (
    (
        Danger.SELF_HARM,
        phrases("""
            tự tử, tự sát, muốn chết, không muốn sống, ko muốn sống, hk muốn sống, kết thúc tất cả,
            rạch tay, cắt tay, nhảy lầu, nhảy cầu, thuốc ngủ, treo cổ, tuyệt mệnh, vĩnh biệt,
            kill myself, suicide, want to die, cut myself
        """),
    ),
    (
        Danger.POISON,
        phrases("""
            thuốc trừ sâu, thuốc diệt cỏ, thuốc chuột, thuốc sâu, ngộ độc, uống nhầm, uống xăng,
            lá ngón, nuốt pin, poison, rắn cắn
        """),
    ),
    (
        Danger.FIRE,
        phrases("cháy nhà, nhà cháy, đám cháy, bốc cháy, cháy lớn, cháy phòng, hỏa hoạn, house fire"),
    ),
    (
        Danger.DISASTER,
        phrases("""
            lũ quét, lũ cuốn, nước lũ, sạt lở, lở đất, vỡ đập, cơn bão, bão lũ, ngập tới mái, flood
        """),
    ),
    (
        Danger.MISSING,
        phrases("""
            mất tích, đi lạc, lạc mất, bị lạc, không thấy về, chưa thấy về, bỏ nhà đi, không thấy đâu,
            missing, ran away
        """),
    ),
)
_HURT = phrases("""
    chảy máu, ra máu, nhiều máu, máu me, gãy tay, gãy chân, bất tỉnh, ngất, co giật, tím tái, tím môi,
    môi tím, tím ngắt, không thở, ngừng thở, thoi thóp, hôn mê, bị bỏng, điện giật, bị đâm, bleeding,
    unconscious, not breathing, broken
""")
_ATTACKER = phrases("cầm dao, con dao, cầm súng, khẩu súng, chém, dọa giết, đòi giết, knife, gun")
_GROWN_UP = phrases("""
    chồng tôi đánh, chồng đánh, chồng em đánh, vợ tôi đánh, bị chồng, đánh tôi, đòi giết tôi,
    dọa giết tôi, bạo hành tôi, hiếp tôi, bạn trai đánh, con trai tôi đánh tôi, đánh hai mẹ con,
    đánh cả hai mẹ con, đánh mẹ con tôi, giết tôi, người yêu đánh, bồ đánh, vợ đánh,
    husband hits me, husband beats me, husband is beating me,
    boyfriend hits me, boyfriend beats me, partner hits me, partner beats me, wife hits me
""")


_MANY_DANGERS = frozenset({Kind.OTHER_DANGER, Kind.UNKNOWN, Kind.NEGLECT, Kind.SUPPORT_NEED})
"""Kinds of which only the words tell what the danger is; and any kind that is unsure."""


def what(assessment: Assessment, text: str) -> Danger:
    """The danger that the words show, else that of the kind."""
    if assessment.kind in _MANY_DANGERS or assessment.likeliest:
        seen = next((danger for danger, signs in _SIGNS if says(text, signs)), None)
        if seen is not None:
            return seen
        if assessment.kind is not Kind.NEGLECT and says(text, _HURT):
            return Danger.INJURY
    if assessment.likeliest:
        return Danger.ANY
    return _OF_KIND.get(assessment.kind, Danger.ANY)


def advice(assessment: Assessment, text: str, numbers: Mapping[str, str]) -> tuple[Line, ...]:
    """What to do now, and the numbers that this danger needs; 111 and the office's own always."""
    danger = what(assessment, text)
    needed = list(_CALL[danger])
    if danger is Danger.ANY and Kind.DROWNING_INCIDENT in assessment.likeliest:
        needed.append("114")
    if "115" not in needed and says(text, _HURT):
        needed.append("115")
    if "113" not in needed and says(text, _ATTACKER):
        needed.insert(0, "113")
    return (_DO[danger], to_call((*needed, "111", "office"), numbers))


def grown_up(text: str) -> bool:
    """Whether an adult says that it is they who are in danger: not a child's case, but told 113 as well."""
    return says(text, _GROWN_UP)


_NUMBER: Mapping[str, str] = {"111": "111", "112": "112", "113": "113", "114": "114", "115": "115"}
"""The national numbers, where the office has entered none of its own."""


def to_call(needed: tuple[str, ...], numbers: Mapping[str, str]) -> Line:
    """One number below the other; an office without a number of its own is left out."""
    known = [(name, number) for name in needed if (number := numbers.get(name) or _NUMBER.get(name))]
    rest: Line | None = None
    for name, number in reversed(known):
        this = _numbered(name, number)
        rest = this if rest is None else Line("numbers.and", {"first": this, "rest": rest})
    return rest or _numbered("111", "111")


def _numbered(name: str, number: str) -> Line:
    match name:
        case "112":
            return Line("number.112", {"number": number})
        case "113":
            return Line("number.113", {"number": number})
        case "114":
            return Line("number.114", {"number": number})
        case "115":
            return Line("number.115", {"number": number})
        case "office":
            return Line("number.office", {"number": number})
        case _:
            return Line("number.111", {"number": number})


def is_emergency(assessment: Assessment | None) -> bool:
    return assessment is not None and assessment.urgency is Urgency.EMERGENCY
