"""Words of the domain as the small numbers that a million rows hold; a number is never given twice."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.domain.campaigns.campaign import Group, Topic
from bot.domain.campaigns.subscribers import Skipped
from bot.ports import Why

GROUPS: Final[Mapping[Group, int]] = {
    Group.CITIZEN: 0,
    Group.PARENT: 1,
    Group.CHILD: 2,
    Group.COLLABORATOR: 3,
    Group.TEACHER: 4,
    Group.OFFICER: 5,
}
_BITS: Final[Mapping[Topic, int]] = {
    Topic.DROWNING: 1,
    Topic.ABUSE: 2,
    Topic.CHILD_LABOUR: 4,
    Topic.ONLINE_SAFETY: 8,
    Topic.RIGHTS: 16,
    Topic.EVENTS: 32,
}
STOPPED: Final = "stopped"
"""Of letters that were never sent because their run was stopped."""
_REASONS: Final = (
    Skipped.CAP, Skipped.WINDOW, Skipped.BLOCKED, Skipped.NO_CONSENT, Skipped.UNSAFE, Skipped.NO_TEXT,
    Skipped.CHANNEL, Why.RATE, Why.NETWORK, Why.PLATFORM, Why.GONE, Why.QUOTA, Why.NIGHT, Why.TOKEN,
    Why.CONTENT, Why.UNKNOWN, Skipped.LATE,
)  # fmt: skip
_CODES: Final[Mapping[str, int]] = {reason.value: number for number, reason in enumerate(_REASONS, 1)}
_NAMES: Final[Mapping[int, str]] = {number: name for name, number in _CODES.items()}
_OTHER: Final = _CODES[Why.UNKNOWN.value]
_GROUP_OF: Final = {number: group for group, number in GROUPS.items()}


def group_of(number: int) -> Group:
    return _GROUP_OF.get(number, Group.CITIZEN)


def topics_mask(topics: Iterable[Topic]) -> int:
    return sum(_BITS[topic] for topic in set(topics))


def topics_of(mask: int) -> frozenset[Topic]:
    return frozenset(topic for topic, bit in _BITS.items() if mask & bit)


def reason_code(reason: str) -> int:
    """Of a `Skipped` or a `Why`; what platforms may come to say later counts as unknown."""
    return _CODES.get(reason, _OTHER)


def reason_name(code: int) -> str:
    """ "" for 0."""
    return _NAMES.get(code, "")
