"""How a campaign becomes the text that its row holds, and back."""

from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from typing import Final

import msgspec

from bot.domain.campaigns.campaign import Audience, Campaign, Content, Source, State
from bot.domain.campaigns.schedule import (
    Daily,
    Lunar,
    Monthly,
    Named,
    Once,
    Personal,
    Rule,
    Schedule,
    Season,
    Weekly,
    Yearly,
)

_RULES: Final[dict[str, type[Rule]]] = {
    rule.__name__.lower(): rule for rule in (Once, Daily, Weekly, Monthly, Yearly, Lunar, Named, Personal)
}


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    what: msgspec.Raw


@dataclass(frozen=True, slots=True)
class _Schedule:
    """`Schedule`, with rules that say of which kind they are."""

    rules: tuple[_Rule, ...]
    at: time
    start: date | None
    end: date | None
    season: Season | None
    skip: frozenset[date]
    tolerance: timedelta


@dataclass(frozen=True, slots=True)
class _Body:
    """What of a campaign is in no column of its own."""

    title: str
    content: Content
    audience: Audience
    schedule: _Schedule
    author: int | None = None
    approver: int | None = None
    approved_at: datetime | None = None
    promotional: bool = False
    theme_year: int | None = None
    sources: tuple[Source, ...] = field(default_factory=tuple)


_encode = msgspec.json.Encoder().encode
_body_from = msgspec.json.Decoder(_Body).decode
_PLAIN: Final = tuple(one.name for one in fields(_Body) if one.name != "schedule")
_TIMES: Final = tuple(one.name for one in fields(_Schedule) if one.name != "rules")


def body_of(campaign: Campaign) -> str:
    rules = tuple(
        _Rule(type(rule).__name__.lower(), msgspec.Raw(_encode(rule))) for rule in campaign.schedule.rules
    )
    times = {name: getattr(campaign.schedule, name) for name in _TIMES}
    plain = {name: getattr(campaign, name) for name in _PLAIN}
    return _encode(_Body(schedule=_Schedule(rules=rules, **times), **plain)).decode()


def campaign_from(
    id_: int, code: str, state: str, urgent: int, next_at: datetime | None, version: int, body: str
) -> Campaign:
    found = _body_from(body)
    rules = tuple(msgspec.json.decode(rule.what, type=_RULES[rule.kind]) for rule in found.schedule.rules)
    times = {name: getattr(found.schedule, name) for name in _TIMES}
    return Campaign(
        id=id_,
        code=code,
        state=State(state),
        urgent=bool(urgent),
        next_at=next_at,
        version=version,
        schedule=Schedule(rules=rules, **times),
        **{name: getattr(found, name) for name in _PLAIN},
    )
