"""The names of the trade's own words, as lines of the catalogue."""

from collections.abc import Mapping

from bot.domain.cases import Result, Status
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Line
from bot.domain.officers import Role

KIND: Mapping[Kind, Line] = {
    Kind.VIOLENCE: Line("kind.violence"),
    Kind.SEXUAL_ABUSE: Line("kind.sexual_abuse"),
    Kind.CHILD_LABOUR: Line("kind.child_labour"),
    Kind.TRAFFICKING: Line("kind.trafficking"),
    Kind.NEGLECT: Line("kind.neglect"),
    Kind.EARLY_MARRIAGE: Line("kind.early_marriage"),
    Kind.DROWNING_INCIDENT: Line("kind.drowning_incident"),
    Kind.DROWNING_HAZARD: Line("kind.drowning_hazard"),
    Kind.OTHER_DANGER: Line("kind.other_danger"),
    Kind.SUPPORT_NEED: Line("kind.support_need"),
    Kind.ADVICE: Line("kind.advice"),
    Kind.OFF_TOPIC: Line("kind.off_topic"),
    Kind.UNKNOWN: Line("kind.unknown"),
}

URGENCY: Mapping[Urgency, Line] = {
    Urgency.NONE: Line("urgency.none"),
    Urgency.STANDARD: Line("urgency.standard"),
    Urgency.URGENT: Line("urgency.urgent"),
    Urgency.EMERGENCY: Line("urgency.emergency"),
}

STATUS: Mapping[Status, Line] = {
    Status.NEW: Line("status.new"),
    Status.TAKEN: Line("status.taken"),
    Status.ACTING: Line("status.acting"),
    Status.HANDED_ON: Line("status.handed_on"),
    Status.CLOSED: Line("status.closed"),
}

RESULT: Mapping[Result, Line] = {
    Result.SAFE: Line("result.safe"),
    Result.PLAN: Line("result.plan"),
    Result.REFERRED: Line("result.referred"),
    Result.REMOVED: Line("result.removed"),
    Result.UNFOUNDED: Line("result.unfounded"),
    Result.ANSWERED: Line("result.answered"),
    Result.DUPLICATE: Line("result.duplicate"),
}

ROLE: Mapping[Role, Line] = {
    Role.COMMUNE_OFFICER: Line("role.commune_officer"),
    Role.CHAIR: Line("role.chair"),
    Role.POLICE: Line("role.police"),
    Role.PROVINCE: Line("role.province"),
    Role.PROVINCE_DUTY: Line("role.province_duty"),
    Role.SPEAKER: Line("role.speaker"),
    Role.COLLABORATOR: Line("role.collaborator"),
    Role.SUPERVISOR: Line("role.supervisor"),
    Role.ADMIN: Line("role.admin"),
}
