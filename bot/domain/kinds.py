"""The words of the trade: what a report is about, how fast it must be met, where, and who says so.

Kinds follow Luật Trẻ em 2016, Điều 4 and 10, and Nghị định 56/2017/NĐ-CP, Điều 26.
"""

from enum import StrEnum


class Kind(StrEnum):
    """What an officer opens the case as."""

    VIOLENCE = "violence"
    SEXUAL_ABUSE = "sexual_abuse"
    CHILD_LABOUR = "child_labour"
    TRAFFICKING = "trafficking"
    NEGLECT = "neglect"
    EARLY_MARRIAGE = "early_marriage"
    DROWNING_INCIDENT = "drowning_incident"
    DROWNING_HAZARD = "drowning_hazard"
    OTHER_DANGER = "other_danger"
    SUPPORT_NEED = "support_need"
    ADVICE = "advice"
    OFF_TOPIC = "off_topic"
    UNKNOWN = "unknown"  # not heard yet: a voice message, an unread language, a message that broke us


class Urgency(StrEnum):
    """How fast it must be met; compare with `rank`, never as text."""

    NONE = "none"
    STANDARD = "standard"
    URGENT = "urgent"
    EMERGENCY = "emergency"

    @property
    def rank(self) -> int:
        """0 (nothing to act on) to 3 (help goes out before questions are asked)."""
        return _RANKS[self]


_RANKS = {Urgency.NONE: 0, Urgency.STANDARD: 1, Urgency.URGENT: 2, Urgency.EMERGENCY: 3}


def higher(one: Urgency, other: Urgency) -> Urgency:
    """The more urgent of two: what was said is taken together, later words can only raise."""
    return one if one.rank >= other.rank else other


class Environment(StrEnum):
    """Where it happens: a breakdown of indicator 0101, Thông tư 13/2021/TT-BLĐTBXH, annex IV."""

    FAMILY = "family"
    SCHOOL = "school"
    COMMUNITY = "community"
    ONLINE = "online"
    WORKPLACE = "workplace"
    FACILITY = "facility"
    UNKNOWN = "unknown"


class Reporter(StrEnum):
    """Who says so."""

    CHILD = "child"
    FAMILY = "family"
    COLLABORATOR = "collaborator"
    TEACHER = "teacher"
    OTHER = "other"
    UNKNOWN = "unknown"
