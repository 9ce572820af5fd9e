"""A message that cannot even be surrendered: a human gets it without anything that might break us again."""

from datetime import datetime

from bot.domain import deadlines, receipts
from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind, Status
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Address, Heard, Line
from bot.ports import NewReport, UnitOfWork
from bot.services import duty, letters
from bot.services.reports import opening, timeline
from bot.services.tools import Tools

TRIES = 3
"""Failures after which it is handed over; counted in the database, where an outage cannot count."""
LAST_TRIES = 20
"""The same, after which it is set aside although it could be handed to nobody."""


def hand_over(uow: UnitOfWork, tools: Tools, sender: Address, now: datetime) -> bool:
    """Open a case from the oldest message alone, its writer's conversation unread; False: not yet."""
    waiting = uow.inbox.oldest(sender)
    if waiting is None or uow.inbox.failed(waiting.id) < TRIES:
        return False
    heard = waiting.heard
    case = _opened(uow, heard, now)
    uow.ledger.note("case.opened", actor="system", subject=f"case:{case.id}", detail="unread", at=now)
    duty.watch_over(uow, tools, case, now)
    _answer(uow, tools, heard, case.id, now)
    uow.inbox.give_up(waiting.id)
    uow.ledger.note("turn.handed_over", actor="system", subject=f"inbox:{waiting.id}", at=now)
    return True


def set_aside(uow: UnitOfWork, sender: Address, now: datetime) -> bool:
    """It must not silence this person for ever: the original is kept, their next words count. False: not yet."""
    waiting = uow.inbox.oldest(sender)
    if waiting is None or uow.inbox.failed(waiting.id) < LAST_TRIES:
        return False
    uow.inbox.give_up(waiting.id)
    uow.ledger.note("turn.set_aside", actor="system", subject=f"inbox:{waiting.id}", at=now)
    return True


def _opened(uow: UnitOfWork, heard: Heard, now: datetime) -> Case:
    case = Case(
        id=CaseId(0),
        kind=Kind.UNKNOWN,
        urgency=Urgency.URGENT,
        status=Status.NEW,
        opened_at=now,
        clock_from=heard.at,
        due_at=deadlines.due_at(Kind.UNKNOWN, (), Urgency.URGENT, heard.at, None, uow.office.roster()),
        point=heard.point,
        needs_listening=opening.needs_listening(heard.attachments),
        reached=False,
    )
    id_ = uow.cases.open(case)
    uow.cases.add_report(id_, NewReport(None, None, {}, heard.sender.channel, heard.at, None))
    if heard.text:
        words = receipts.mask(heard.text)
        uow.cases.add_entry(Entry(0, id_, now, Author.REPORTER, EntryKind.WORDS, words))
    for attachment in heard.attachments:
        file = timeline.put_file(uow, id_, heard.sender, attachment, now)
        uow.cases.add_entry(Entry(0, id_, now, Author.REPORTER, EntryKind.ATTACHMENT, attachment=file))
    return uow.cases.get(id_) or case


def _answer(uow: UnitOfWork, tools: Tools, heard: Heard, case: CaseId, now: datetime) -> None:
    lang = heard.lang if heard.lang in tools.words.languages else "vi"
    letters.say(uow, tools, heard.sender, (Line("broken.a_person_reads_it"),), now, lang=lang, case=case)
