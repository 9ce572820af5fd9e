"""Whom an audience means, as conditions on subscribers, and why one of them gets no letter."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    Case,
    ColumnElement,
    Subquery,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from bot.domain.campaigns.campaign import Audience
from bot.domain.campaigns.subscribers import LetterState, Skipped
from bot.domain.duty import LOCAL
from storage.outreach.codes import GROUPS, reason_code, topics_mask
from storage.rows import micros
from storage.tables import contacts, run_letters
from storage.tables import subscribers as t

Condition = ColumnElement[bool]
_PROVINCE_DIGITS = 2
_DAY = timedelta(days=1)
FREE, PAID, TEMPLATE = 0, 1, 2


def meant(audience: Audience) -> Sequence[Condition]:
    """All of these hold for whoever the audience means; whether they can be reached is another matter."""
    return tuple(_conditions(audience))


def _conditions(audience: Audience) -> Iterator[Condition]:
    if audience.groups:
        yield among(t.c.kind, [GROUPS[group] for group in audience.groups])
    if audience.units:
        provinces = [unit for unit in audience.units if len(unit) == _PROVINCE_DIGITS]
        communes = [unit for unit in audience.units if len(unit) != _PROVINCE_DIGITS]
        yield or_(among(t.c.unit, communes), among(t.c.province, provinces))
    if audience.tags:
        yield or_(*(t.c.tags.contains(f" {tag} ", autoescape=True) for tag in audience.tags))
    if audience.languages:
        yield among(t.c.lang, audience.languages)
    if audience.topics:
        yield t.c.topics.bitwise_and(topics_mask(audience.topics)) != 0
    if audience.channels:
        yield among(t.c.channel, audience.channels)
    if audience.subscribed is not None:
        midnight = datetime.combine(audience.subscribed, time(), LOCAL)
        yield t.c.since >= micros(midnight)
        yield t.c.since < micros(midnight + _DAY)
    if audience.born_in is not None:
        yield t.c.born >= audience.born_in * 100
        yield t.c.born < (audience.born_in + 1) * 100


def among(column: ColumnElement[Any], values: Sequence[str | int]) -> Condition:
    """In a form that is compiled once, however long the list; nothing is among none."""
    return column.in_([literal(value) for value in values]) if values else false()


def why_not(*further: tuple[Condition | None, Skipped]) -> Case[int]:
    """The code of the first reason against a letter, 0 for none; a condition that is None holds for nobody."""
    first = (
        (t.c.unsafe == literal_column("1"), Skipped.UNSAFE),
        (t.c.blocked == literal_column("1"), Skipped.BLOCKED),
    )
    reasons = [(condition, why) for condition, why in (*first, *further) if condition is not None]
    return case(
        *((condition, literal_column(str(reason_code(why)))) for condition, why in reasons),
        else_=literal_column("0"),
    )


def has_stopped() -> Condition:
    return t.c.stopped == literal_column("1")


def closed(channels: Sequence[str], now: ColumnElement[int]) -> Condition | None:
    """On a channel with a reply window that is not open for this person; `now` in microseconds."""
    if not channels:
        return None
    is_open = exists().where(contacts.c.person == t.c.person, contacts.c.window_until > now)
    return and_(among(t.c.channel, channels), ~is_open)


def price_of(
    windowed: Sequence[str], templated: Sequence[str], now: ColumnElement[int]
) -> Case[int] | ColumnElement[int]:
    """Whether a letter to this person would be FREE, PAID or go by TEMPLATE; `now` in microseconds."""
    by_template = closed(templated, now)
    if not windowed:
        return literal_column(str(FREE))
    mine = (contacts.c.person == t.c.person, contacts.c.window_until > now, contacts.c.free_until <= now)
    paid = and_(among(t.c.channel, windowed), exists().where(*mine))
    told: list[tuple[Condition, ColumnElement[int]]] = [(paid, literal_column(str(PAID)))]
    if by_template is not None:
        told.insert(0, (by_template, literal_column(str(TEMPLATE))))
    return case(*told, else_=literal_column(str(FREE)))


def had_lately(runs: Sequence[int], after: ColumnElement[int], upto: ColumnElement[int]) -> Subquery:
    """How many letters of these runs each of these subscribers got or waits for: one walk for the whole chunk."""
    return (
        select(run_letters.c.subscriber_id, func.count().label("n"))
        .where(among(run_letters.c.run_id, sorted(runs)))
        .where(run_letters.c.subscriber_id > after, run_letters.c.subscriber_id <= upto)
        .where(~among(run_letters.c.state, (LetterState.REFUSED.value, LetterState.SKIPPED.value)))
        .group_by(run_letters.c.subscriber_id)
        .subquery("had")
    )
