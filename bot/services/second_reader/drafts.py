"""Drafts before a second reader: what we took for nothing, or for nothing urgent, may be more."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind
from bot.domain.conversation import Conversation
from bot.domain.dialogue.doubting import doubted, draft_of
from bot.domain.dialogue.keeping import DRAFT_LIFE, QUIET
from bot.domain.effects import OpenCase
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Address
from bot.domain.opinion import Opinion
from bot.domain.understanding import Assessment
from bot.ports import Draft, UnitOfWork
from bot.services import intake
from bot.services.reports import recording
from bot.services.second_reader import saying as second_saying
from bot.services.tools import Tools

PAUSE = timedelta(seconds=5)
PATIENCE = timedelta(minutes=1)
LATEST = timedelta(hours=1)
"""Heard longer ago it is not read: whoever reports something goes on, or silence has sent it."""
LOOKED_AT = 200
"""Drafts that are opened in one look."""


def due(uow: UnitOfWork, now: datetime, limit: int) -> Sequence[Draft]:
    """Drafts that were answered and not read yet, the latest first."""
    found: list[Draft] = []
    for id_, person, state in _drafts(uow, now):
        if state.heard_at is not None and _is_due(uow, person, state, now):
            found.append(Draft(id_, state.heard_at))
        if len(found) == limit:
            break
    return found


def words_of(uow: UnitOfWork, draft: Draft) -> str:
    """Empty where it is no draft any more."""
    found = uow.conversations.get(draft.conversation)
    report = None if found is None else draft_of(found[1])
    return "" if report is None else "\n".join(report.words)


def record(uow: UnitOfWork, tools: Tools, draft: Draft, opinion: Opinion, model: str, now: datetime) -> None:
    """Open a case, or let silence send it, where it is more than we thought; else only note that it was read."""
    found = _present(uow, draft)
    if found is None:
        return
    id_, person, state = found
    state = replace(state, second_read=draft.heard_at)
    collaborator = uow.office.collaborator_at(person)
    facts = intake.gather(uow, tools, id_, state, person, collaborator, now)
    turn = doubted(state, opinion, model, now, facts)
    if turn is None:
        uow.conversations.save(id_, state)
        return
    recording.record(uow, tools, person, id_, turn, now)
    if any(isinstance(effect, OpenCase) for effect in turn.effects):
        _, state_after = uow.conversations.load(person)
        if state_after.case is not None:
            before = state.report.assessment if state.report is not None else None
            _tell(uow, tools, state_after.case, before, now)


def left(uow: UnitOfWork, draft: Draft) -> None:
    """Nonsense was said of it: it is not read again until its writer says more."""
    found = _present(uow, draft)
    if found is not None:
        uow.conversations.save(found[0], replace(found[2], second_read=draft.heard_at))


def _drafts(uow: UnitOfWork, now: datetime) -> Iterator[tuple[int, Address, Conversation]]:
    """Those that say nothing wait for a day, the others for minutes."""
    silent = uow.conversations.waking(now + DRAFT_LIFE - LATEST, now + DRAFT_LIFE - PAUSE, LOOKED_AT)
    others = uow.conversations.waking(now, now + QUIET - PAUSE, LOOKED_AT)
    for id_ in dict.fromkeys((*others, *silent)):
        found = uow.conversations.get(id_)
        if found is not None and draft_of(found[1]) is not None:
            yield id_, *found


def _is_due(uow: UnitOfWork, person: Address, state: Conversation, now: datetime) -> bool:
    if state.heard_at is None or state.second_read == state.heard_at or state.heard_at > now - PAUSE:
        return False
    return state.heard_at <= now - PATIENCE or not uow.outbox.waiting_for(person, 0, 1)


def _present(uow: UnitOfWork, draft: Draft) -> tuple[int, Address, Conversation] | None:
    """As it stands now, locked; None where its writer has gone on meanwhile."""
    found = uow.conversations.get(draft.conversation)
    if found is None:
        return None
    id_, state = uow.conversations.load(found[0])
    fresh = state.heard_at == draft.heard_at and draft_of(state) is not None
    return (id_, found[0], state) if fresh and id_ == draft.conversation else None


def _tell(uow: UnitOfWork, tools: Tools, id_: CaseId, before: Assessment | None, now: datetime) -> None:
    """What we had made of it, that a machine made more of it, and that it has read this far."""
    case = uow.cases.get(id_)
    known = uow.judgements.assessments(id_)
    said = known[-1].assessment if known else None
    if case is None or said is None:
        return
    first = before or Assessment(Kind.UNKNOWN, Urgency.NONE)
    if before is not None:
        uow.cases.assessed(id_, before, now)
    told = second_saying.told(tools, replace(case, urgency=first.urgency, also=()), case, first, said)
    uow.cases.add_entry(Entry(0, id_, now, Author.SYSTEM, EntryKind.EVENT, told, "event.second_reader"))
    _note(uow, case, now)


def _note(uow: UnitOfWork, case: Case, now: datetime) -> None:
    entries = uow.cases.entries(case.id)
    uow.readings.done(case.id, max((entry.id for entry in entries), default=0))
    detail = f"{case.urgency} {case.kind}"
    uow.ledger.note(
        "case.second_reading", actor="second_reader", subject=f"case:{case.id}", detail=detail, at=now
    )
