"""The legal moves of a case: what an officer or the system may do with it, and why not."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from bot.domain.actions import (
    Accuse,
    Act,
    Action,
    Close,
    HandOn,
    Listened,
    Reopen,
    SetKind,
    SetPlace,
    SetUrgency,
    Take,
    Transfer,
    WearOff,
)
from bot.domain.cases import Case, Excluded, OfficerId, Result, Status
from bot.domain.duty import excluded
from bot.domain.kinds import Urgency
from bot.domain.officers import Officer, Role

OVERSEERS = frozenset({Role.PROVINCE, Role.PROVINCE_DUTY, Role.SUPERVISOR})
"""May act on a case that another officer has: a child must not wait for somebody's telephone."""


class No(StrEnum):
    """Why a move is refused; the catalogue has a sentence for each."""

    ALREADY_TAKEN = "already_taken"
    NOT_YOURS = "not_yours"
    NOT_TAKEN = "not_taken"
    CLOSED = "closed"
    HANDED_ON = "handed_on"
    OPEN = "open"
    EXCLUDED = "excluded"
    REASON_NEEDED = "reason_needed"
    NOT_LISTENED = "not_listened"


@dataclass(frozen=True, slots=True)
class Refusal:
    """The move is not legal; the case stays as it is."""

    why: No
    by: OfficerId | None = None
    """Who has it."""
    at: datetime | None = None
    """Since when."""


def move(case: Case, action: Action, now: datetime) -> Case | Refusal:
    """The case after this action, or why it is not legal. Pressing twice is no error: the same case returns.

    Does not touch `due_at`: after a change of kind, urgency or place ask `deadlines.due_at` again.
    """
    if isinstance(action, WearOff):
        return _nobodys(case) if case.status is Status.TAKEN else case
    if isinstance(action, Accuse):
        return _accuse(case, action)
    if action.by is not None and excluded(action.by, case.excluded):
        return Refusal(No.EXCLUDED)
    match action:
        case Take(by):
            return _take(case, by, now)
        case Reopen():
            return _reopen(case)
        case SetUrgency(urgency, by, reason):
            return _set_urgency(case, urgency, by, reason)
        case Close(by, result):
            return _close(case, by, result, now)
        case _:
            return _not_open_to(case, action.by) or _change(case, action, now)


def _change(
    case: Case, action: Act | Transfer | HandOn | SetKind | SetPlace | Listened, now: datetime
) -> Case | Refusal:
    """What only whoever has the case (or an overseer) may do with it, while it is open."""
    match action:
        case Act(by):
            owned = case if case.owner is not None else replace(case, owner=OfficerId(by.id), taken_at=now)
            return replace(owned, status=Status.ACTING, acted_at=now)
        case Transfer(_, to, reason):
            if excluded(to, case.excluded):
                return Refusal(No.EXCLUDED)
            return _nobodys(case) if reason.strip() else Refusal(No.REASON_NEEDED)
        case HandOn(_, reason):
            return replace(case, status=Status.HANDED_ON) if reason.strip() else Refusal(No.REASON_NEEDED)
        case SetKind(_, kind, also):
            return replace(case, kind=kind, also=tuple(other for other in also if other is not kind))
        case SetPlace(_, unit, residence):
            return replace(case, unit=unit or case.unit, residence=residence or case.residence)
        case Listened():
            return replace(case, needs_listening=False)
        case _:
            assert_never(action)


def _take(case: Case, by: Officer, now: datetime) -> Case | Refusal:
    if case.status in (Status.CLOSED, Status.HANDED_ON):
        return _ended(case)
    if case.owner == by.id:
        return case
    if case.owner is not None:
        return Refusal(No.ALREADY_TAKEN, case.owner, case.taken_at)
    return replace(case, status=Status.TAKEN, owner=OfficerId(by.id), taken_at=now)


def _close(case: Case, by: Officer, result: Result, now: datetime) -> Case | Refusal:
    if case.status is Status.CLOSED and case.result is result:
        return case
    if case.status is not Status.HANDED_ON and (refusal := _not_open_to(case, by)):
        return refusal
    if case.needs_listening:
        return Refusal(No.NOT_LISTENED)
    # a greeting or a test is closed with one press; what is urgent must have been somebody's first
    if case.owner is None and case.urgency.rank >= Urgency.URGENT.rank:
        return Refusal(No.NOT_TAKEN)
    owner, taken_at = (case.owner, case.taken_at) if case.owner is not None else (OfficerId(by.id), now)
    return replace(
        case, status=Status.CLOSED, result=result, closed_at=now, acted_at=now, owner=owner, taken_at=taken_at
    )


def _reopen(case: Case) -> Case | Refusal:
    if case.status not in (Status.CLOSED, Status.HANDED_ON):
        return Refusal(No.OPEN, case.owner, case.taken_at)
    return replace(_nobodys(case), closed_at=None, result=None)


def _set_urgency(case: Case, urgency: Urgency, by: Officer | None, reason: str) -> Case | Refusal:
    if case.status is Status.CLOSED:
        return _ended(case)
    if urgency.rank < case.urgency.rank:
        if by is None or not reason.strip():
            return Refusal(No.REASON_NEEDED)
        if refusal := _not_open_to(case, by):
            return refusal
    return replace(case, urgency=urgency)


def _accuse(case: Case, action: Accuse) -> Case:
    old, new = case.excluded, action.accused
    both = Excluded(
        tuple(dict.fromkeys(old.officers + new.officers)),
        tuple(dict.fromkeys(old.units + new.units)),
        tuple(dict.fromkeys(old.roles + new.roles)),
    )
    marked = replace(case, excluded=both)
    lost = action.owner is not None and action.owner.id == case.owner and excluded(action.owner, both)
    return _nobodys(marked) if lost and case.status in (Status.TAKEN, Status.ACTING) else marked


def _not_open_to(case: Case, by: Officer) -> Refusal | None:
    if case.status in (Status.CLOSED, Status.HANDED_ON):
        return _ended(case)
    if case.owner in (None, by.id) or by.role in OVERSEERS:
        return None
    return Refusal(No.NOT_YOURS, case.owner, case.taken_at)


def _ended(case: Case) -> Refusal:
    why = No.CLOSED if case.status is Status.CLOSED else No.HANDED_ON
    return Refusal(why, case.owner, case.closed_at)


def _nobodys(case: Case) -> Case:
    return replace(case, status=Status.NEW, owner=None, taken_at=None)
