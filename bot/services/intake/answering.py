"""From a heard message to an answered one: one inbox row, one turn, one transaction."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain import dialogue
from bot.domain.cases import Case, Hazard
from bot.domain.conversation import CaseView, Collaborator, Conversation, Facts, Report
from bot.domain.effects import OpenCase, Say, Turn
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Address, Heard, HeardKind, Line
from bot.domain.officers import Officer
from bot.domain.understanding import Assessment, Point
from bot.ports import UnitOfWork, Waiting
from bot.services import offers, reaching
from bot.services.duty import alarms
from bot.services.intake import arriving, aside, memo, notices, withheld
from bot.services.officers import turn as officer_turn
from bot.services.outreach import subscribing
from bot.services.reports import questions, recording
from bot.services.tools import Tools

HAZARD_RADIUS = 250.0
"""Metres within which an open hazard of a kind is taken for the same (FixMyStreet's measure)."""
FAST = timedelta(seconds=20)
"""Only who wrote this recently is counted: the count is a query."""
CROWD_WINDOW = timedelta(minutes=1)
CROWD = 20
"""Messages a minute from one person above which answers get short; emergencies are never held back."""
STRANDED = timedelta(seconds=10)
"""A row that nobody answered for so long lost its turn (a crash): the tick takes it up."""
TRIES = 3
"""Failed turns after which a message goes to a human as it is."""

_KNOCKS = frozenset({HeardKind.START, HeardKind.BLOCKED, HeardKind.UNBLOCKED, HeardKind.GROUP})
"""What an unknown person does at the officers' bot that is not a report."""


def hear(uow: UnitOfWork, heard: Heard, now: datetime) -> bool:
    """Write down before understanding; False when this very message was there already."""
    return arriving.put(uow, heard, now)


def answer(uow: UnitOfWork, tools: Tools, sender: Address, now: datetime) -> bool:
    """Answer this person's oldest waiting message; False when nothing waits."""
    waiting = uow.inbox.oldest(sender)
    if waiting is None:
        return False
    if waiting.heard.kind is HeardKind.NOTICE:
        notices.heed(uow, tools, waiting.heard, now)
    else:
        answered = reaching.heard(uow, tools, waiting.heard, now)
        withheld.count(uow, tools, waiting.heard, now)
        if not answered:
            _turn(uow, tools, waiting.heard, now)
    uow.inbox.mark(waiting.id)
    return True


def _turn(uow: UnitOfWork, tools: Tools, heard: Heard, now: datetime) -> None:
    """Officers work, everybody else reports: one that lands in the officers' bot is a report all the same."""
    officer = uow.office.officer_at(heard.sender)
    if officer is not None:
        officer_turn.answer(uow, tools, officer, heard, now)
    elif heard.sender.channel in tools.officer_channels and heard.kind in _KNOCKS:
        officer_turn.stranger(uow, tools, heard, now)
    else:
        _citizen_turn(uow, tools, heard, uow.office.collaborator_at(heard.sender), now)


def _citizen_turn(
    uow: UnitOfWork, tools: Tools, heard: Heard, collaborator: Officer | None, now: datetime
) -> None:
    id_, state = uow.conversations.load(heard.sender)
    if questions.asked_for(uow, tools, heard, id_, state, now):
        return
    heard = offers.from_citizen(uow, tools, heard, state, now)
    if subscribing.hears(uow, tools, heard, id_, state, now, collaborator):
        return
    facts = gather(uow, tools, id_, state, heard.sender, collaborator, now)
    turn = aside.decide(uow, tools, id_, state, heard, now, facts)
    recording.record(uow, tools, heard.sender, id_, turn, now, answers=heard.message_id)
    subscribing.after(uow, heard.sender, state, turn, collaborator)
    if state.question_waits is not None:
        questions.came_back(uow, tools, heard, id_, now)


def wake(uow: UnitOfWork, tools: Tools, person: Address, now: datetime) -> None:
    """The quiet time is over: what was reported so far becomes a case, finished or not."""
    id_, state = uow.conversations.load(person)
    if state.wake_at is None or state.wake_at > now:
        return
    collaborator = uow.office.collaborator_at(person)
    facts = gather(uow, tools, id_, state, person, collaborator, now)
    turn = dialogue.wake(state, now, facts, aside=aside.answers_by_hand(uow, tools, person, now))
    recording.record(uow, tools, person, id_, turn, now)
    subscribing.after(uow, person, state, turn, collaborator)


def gather(
    uow: UnitOfWork,
    tools: Tools,
    id_: int,
    state: Conversation,
    person: Address,
    collaborator: Officer | None,
    now: datetime,
) -> Facts:
    """What this turn may look at; whatever costs a query is only asked where it can matter."""
    roster = uow.office.roster()
    traits = tools.traits.get(person.channel)
    return Facts(
        assess=memo.once(tools.assess),
        find=memo.each_once(tools.find),
        answer=memo.each_once(tools.answer),
        near=tools.near,
        hazards=lambda point: _hazards(uow, point),
        unit_name=tools.unit_name,
        numbers=roster.numbers,
        office=roster.name,
        web=tools.public_url,
        oa=tools.oa_url,
        withholds=traits.withholds if traits else False,
        collaborator=_collaborator(collaborator),
        mine=_mine(uow, id_) if collaborator else (),
        case=_view(uow, state),
        languages=tools.words.languages,
        crowded=_crowded(uow, state, person, now),
        location=traits.location if traits else True,
        photos_kept=traits.download_limit if traits else 20_000_000,
    )


def _hazards(uow: UnitOfWork, point: Point) -> tuple[Hazard, ...]:
    return tuple(uow.cases.hazards_near(point, HAZARD_RADIUS))


def _collaborator(officer: Officer | None) -> Collaborator | None:
    if officer is None:
        return None
    return Collaborator(officer.id, officer.units[0] if officer.units else "")


def _mine(uow: UnitOfWork, conversation: int) -> tuple[CaseView, ...]:
    return tuple(_case_view(case, asked=False) for case in uow.cases.of_conversation(conversation))


def _view(uow: UnitOfWork, state: Conversation) -> CaseView | None:
    if state.case is None:
        return None
    case = uow.cases.get(state.case)
    return None if case is None else _case_view(case, asked=state.question_open)


def _case_view(case: Case, *, asked: bool) -> CaseView:
    return CaseView(case.id, case.kind, case.status, case.unit, case.opened_at, case.taken_at, asked)


def _crowded(uow: UnitOfWork, state: Conversation, person: Address, now: datetime) -> bool:
    if state.heard_at is None or now - state.heard_at > FAST:
        return False
    return uow.inbox.recent(person, now - CROWD_WINDOW) > CROWD


# --- what nobody could understand -------------------------------------------------------------------------


def surrender(uow: UnitOfWork, tools: Tools, sender: Address, now: datetime) -> bool:
    """A turn failed: count it; after the third the message becomes a case for a human, unread by us.

    Returns whether it was given up. The sealed original stays beside the case.
    """
    waiting = uow.inbox.oldest(sender)
    if waiting is None or uow.inbox.failed(waiting.id) < TRIES:
        return False
    id_, state = uow.conversations.load(sender)
    turn = _unread(state, waiting)
    recording.record(uow, tools, sender, id_, turn, now)
    uow.inbox.give_up(waiting.id)
    uow.ledger.note("turn.given_up", actor="system", subject=f"inbox:{waiting.id}", at=now)
    return True


def _unread(state: Conversation, waiting: Waiting) -> Turn:
    heard = waiting.heard
    report = Report(
        started_at=heard.at,
        words=(heard.text,) if heard.text else (),
        assessment=Assessment(Kind.UNKNOWN, Urgency.URGENT),
        kind=Kind.UNKNOWN,
        attachments=heard.attachments,
        point=heard.point,
    )
    said = Say((Line("broken.a_person_reads_it"),))
    return Turn(state, (OpenCase(report), said))


# --- what the clock asks for ------------------------------------------------------------------------------


def stranded(uow: UnitOfWork, now: datetime, limit: int = 500) -> Sequence[Address | None]:
    """People whose message lost its turn in a crash; None for a message that does not open (`unreadable`)."""
    return uow.inbox.unanswered(now - STRANDED, limit)


def unreadable(uow: UnitOfWork, tools: Tools, now: datetime, limit: int = 500) -> None:
    """A message that does not open must not silence its writer, and a human must know that it was there."""
    count = uow.inbox.set_aside_unreadable(now - STRANDED, limit)
    if count:
        uow.ledger.note("inbox.unreadable", actor="system", subject="inbox", detail=str(count), at=now)
        alarms.raise_alarm(uow, tools, "inbox.unreadable", Line("alarm.inbox_unreadable"), now)


def quiet(uow: UnitOfWork, now: datetime, limit: int = 500) -> Sequence[Address]:
    """People who stopped answering in the middle of a report."""
    return uow.conversations.quiet(now, limit)
