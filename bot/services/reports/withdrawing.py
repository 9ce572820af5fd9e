"""Somebody withdrew their consent: what rests on it alone goes at once, what protects a child an officer decides.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 with Nghị định 356/2025/NĐ-CP (in force since 1/1/2026, in place of
Nghị định 13/2023): processing stops when consent is withdrawn, except where law says otherwise. What was reported
of a child is kept on other grounds (Điều 19: life and health in danger; Luật Trẻ em, Điều 51), so a report is not
erased because somebody, who may have been forced to, has pressed a button: an officer erases, restricts or keeps
it, and answers within two working days.
"""

from dataclasses import replace
from datetime import datetime

from bot.domain.conversation import Conversation, Report
from bot.domain.dialogue.keeping import worth_a_case
from bot.domain.effects import OpenCase, Turn
from bot.domain.messages import Address
from bot.ports import UnitOfWork
from bot.services.reports import recording, reported
from bot.services.reports.timeline import At
from bot.services.tools import Tools

MOST = 200
"""Cases of one person."""


def withdraw(uow: UnitOfWork, tools: Tools, person: Address, now: datetime) -> None:
    """All of it in one transaction; a second withdrawal finds nothing left to do."""
    id_, state = uow.conversations.load(person)
    _kept_draft(uow, tools, person, id_, state, now)
    at = At(uow, tools, person, id_, now)
    cases = _for_officers(at)
    dropped = _forgotten(at, state)
    _left_office(at)
    if not cases:
        uow.conversations.forget(id_)
    subject = f"conversation:{id_}"
    detail = f"letters:{dropped} cases:{cases}"
    uow.ledger.note("consent.withdrawn", actor=subject, subject=subject, detail=detail, at=now)


def _kept_draft(
    uow: UnitOfWork, tools: Tools, person: Address, id_: int, state: Conversation, now: datetime
) -> None:
    """A report that nobody has read yet becomes a case, as after a silence: an officer decides about it too."""
    report = state.report
    if report is None or report.opened:
        return
    if worth_a_case(report):
        recording.record(uow, tools, person, id_, Turn(_silent(state), (OpenCase(report),)), now)
    else:
        _loose(uow, report)


def _loose(uow: UnitOfWork, report: Report) -> None:
    for attachment in report.attachments:
        if attachment.sealed is not None:
            uow.files.forget(attachment.sealed)


def _for_officers(at: At) -> int:
    """Every case of theirs waits for a decision, closed ones too: they hold words as well. How many."""
    cases = at.uow.cases.of_conversation(at.conversation, MOST)
    for case in cases:
        if not case.erasure_asked:
            at.uow.cases.save(replace(case, erasure_asked=True, reached=False))
            reported.tell_officer(at, case.id, "withdrawn")
    return len(cases)


def _forgotten(at: At, state: Conversation) -> int:
    """Subscriptions, profile, what was offered, what waits to be sent; returns how many letters were dropped."""
    uow, person = at.uow, at.person
    uow.subscribers.stop(person, at.now)
    uow.subscribers.forget(person)
    uow.contacts.forget(person)
    uow.offers.forget(person)
    uow.inbox.forget(person)
    uow.conversations.save(at.conversation, _silent(Conversation(lang=state.lang)))
    return uow.outbox.drop_for(person)


def _silent(state: Conversation) -> Conversation:
    """Nothing is written to them any more; who writes anew is answered, and still never written to first."""
    return replace(state, safe_to_write=False, blocked=True, wake_at=None, question_open=False)


def _left_office(at: At) -> None:
    """An officer is reached elsewhere from now on; a collaborator has left."""
    office = at.uow.office
    if (officer := office.officer_at(at.person)) is not None:
        office.unreachable(at.person)
        _note(at, "officer.unreachable", officer.id)
    if (helper := office.collaborator_at(at.person)) is not None:
        office.leave(helper.id)
        _note(at, "officer.left", helper.id)


def _note(at: At, action: str, officer: int) -> None:
    at.uow.ledger.note(action, actor=at.actor, subject=f"officer:{officer}", at=at.now)
