"""The codes of duty as sentences: words of a policy, channels, kinds, waits, reasons."""

from collections.abc import Callable, Mapping
from datetime import timedelta

from bot.domain.messages import Line

WHO: Mapping[str, Line] = {
    "responsible": Line("office.role.responsible"),
    "deputy": Line("office.role.deputy"),
    "speaker": Line("office.role.speaker"),
    "supervisor": Line("office.role.supervisor"),
    "default": Line("office.role.default"),
    "transferred": Line("office.role.transferred"),
    "commune_officer": Line("role.commune_officer"),
    "chair": Line("role.chair"),
    "police": Line("role.police"),
    "province": Line("role.province"),
    "province_duty": Line("role.province_duty"),
    "admin": Line("role.admin"),
    "collaborator": Line("role.collaborator"),
}

CHANNELS: Mapping[str, Line] = {
    "desk": Line("office.channel.desk"),
    "telegram_officers": Line("office.channel.telegram_officers"),
    "zalo_oa": Line("office.channel.zalo_oa"),
    "zalo_bot": Line("office.channel.zalo_bot"),
}

URGENCIES: Mapping[str, Line] = {
    "none": Line("urgency.none"),
    "standard": Line("urgency.standard"),
    "urgent": Line("urgency.urgent"),
    "emergency": Line("urgency.emergency"),
}

KINDS: Mapping[str, Line] = {
    "violence": Line("kind.violence"),
    "sexual_abuse": Line("kind.sexual_abuse"),
    "child_labour": Line("kind.child_labour"),
    "trafficking": Line("kind.trafficking"),
    "neglect": Line("kind.neglect"),
    "early_marriage": Line("kind.early_marriage"),
    "drowning_incident": Line("kind.drowning_incident"),
    "drowning_hazard": Line("kind.drowning_hazard"),
    "other_danger": Line("kind.other_danger"),
    "support_need": Line("kind.support_need"),
    "advice": Line("kind.advice"),
    "off_topic": Line("kind.off_topic"),
    "unknown": Line("kind.unknown"),
}


def who(word: str) -> Line | str:
    """A word of a policy or a role; a word that has no sentence stays itself."""
    return WHO.get(word, word)


def channel(name: str) -> Line | str:
    return CHANNELS.get(name, name)


def urgency(name: str) -> Line | str:
    return URGENCIES.get(name, name)


def kind(name: str) -> Line | str:
    return KINDS.get(name, name)


def delay(wait: timedelta) -> Line:
    """A wait in words: at once, 2 min 30 s, 45 min, 4 h, 4 h 30 min."""
    minutes, seconds = divmod(round(wait.total_seconds()), 60)
    hours, rest = divmod(minutes, 60)
    if not minutes and not seconds:
        return Line("office.delay.now")
    if seconds and minutes < 60:
        return Line("office.delay.seconds", {"minutes": minutes, "seconds": seconds})
    if minutes < 120:
        return Line("office.delay.minutes", {"minutes": minutes})
    if rest:
        return Line("office.delay.hours_minutes", {"hours": hours, "minutes": rest})
    return Line("office.delay.hours", {"hours": hours})


def why(reason: str, unit_name: Callable[[str], str]) -> Line:
    """One reason of a ladder ("absent:HOA", "excluded:role:police") as a sentence."""
    what, _, rest = reason.partition(":")
    match what:
        case "place":
            return _place(rest, unit_name)
        case "excluded":
            return _excluded(rest, unit_name)
        case "policy_missing":
            missing, _, used = rest.partition(":")
            values: dict[str, str | int | Line] = {"urgency": urgency(missing)}
            if used:
                return Line("office.why.policy_other", {**values, "used": urgency(used)})
            return Line("office.why.policy_missing", values)
        case "empty":
            return Line("office.why.empty", {"who": who(rest)})
        case "no_unit":
            return Line("office.why.no_unit", {"who": who(rest)})
        case "absent":
            return Line("office.why.absent", {"code": rest})
        case "off_duty":
            return Line("office.why.off_duty", {"code": rest})
        case "unreachable":
            return Line("office.why.unreachable", {"code": rest})
        case "default":
            return Line("office.why.default", {"code": rest})
        case "off_duty_rung":
            return Line("office.why.off_duty_rung", {"code": rest})
        case "no_address":
            return Line("office.why.no_address", {"code": rest})
        case "last_resort":
            return Line("office.why.last_resort", {"code": rest})
        case "transferred":
            return Line("office.why.transferred", {"code": rest})
        case _:
            return Line("office.why.other", {"code": reason})


def _place(rest: str, unit_name: Callable[[str], str]) -> Line:
    what, _, code = rest.partition(":")
    match what:
        case "unknown":
            return Line("office.why.place_unknown")
        case "other_province":
            return Line("office.why.place_elsewhere")
        case "residence":
            return Line("office.why.place_residence", {"place": unit_name(code), "code": code})
        case _:
            return Line("office.why.place", {"place": unit_name(what), "code": what})


def _excluded(rest: str, unit_name: Callable[[str], str]) -> Line:
    what, _, code = rest.partition(":")
    match what:
        case "role":
            return Line("office.why.excluded_role", {"who": who(code)})
        case "unit":
            return Line("office.why.excluded_unit", {"place": unit_name(code), "code": code})
        case _:
            return Line("office.why.excluded_officer", {"code": code})
