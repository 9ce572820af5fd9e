"""A second reader's part: what it is given to read, and what of its answer is recorded; it only ever adds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice

from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind, Status
from bot.domain.kinds import Environment
from bot.domain.opinion import SECOND, Judged, Opinion, changed, joined
from bot.domain.understanding import Assessment
from bot.ports import About, Unheard, UnitOfWork, Unread
from bot.services import duty
from bot.services.casework import steps
from bot.services.casework.outcome import Refusal
from bot.services.second_reader import saying as second_saying
from bot.services.tools import Tools

PAUSE = timedelta(seconds=5)
"""After the last words: the answer goes out first, and who writes in pieces is read at once."""
PATIENCE = timedelta(minutes=1)
"""As long an answer that cannot go out holds up the reading; then it is read all the same."""
LATEST = timedelta(hours=24)
"""Older words are not read any more: an officer has them."""
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(hours=1)
TRIES = {Unheard.AWAY: 30, Unheard.REFUSED: 30, Unheard.NONSENSE: 3}
"""After as many it is left: with the waits between them more than a day, or minutes for nonsense."""
ACTOR = "second_reader"


def due(uow: UnitOfWork, now: datetime, limit: int) -> Sequence[Unread]:
    """Cases with words that were answered and not read yet, oldest first."""
    found = uow.readings.due(now, now - PAUSE, now - LATEST, limit * 4)
    return list(islice((one for one in found if _answered(uow, one, now)), limit))


def words_of(uow: UnitOfWork, unread: Unread) -> str:
    """The reporter's words up to the newest; empty where they were erased."""
    return "\n".join(entry.text for entry in _words(uow, unread))


def record(
    uow: UnitOfWork, tools: Tools, unread: Unread, opinion: Opinion, model: str, now: datetime
) -> None:
    """Keep what it said as its own, and add to the case what it may add; who is more urgent now rings again."""
    case = uow.cases.get(unread.case)
    words = _words(uow, unread)
    if case is None or not _may_be_read(case) or not any(entry.text for entry in words):
        uow.readings.done(unread.case, unread.newest)
        return
    before = _newest(uow, case)
    said = joined(before, opinion, model)
    after = steps.save(uow, case, changed(case, opinion, _judged(uow, case.id, words)))
    if isinstance(after, Refusal):
        return  # somebody was faster: it is read again
    uow.readings.done(case.id, unread.newest)
    uow.cases.assessed(case.id, said, now)
    _tell(uow, tools, case, after, before, said, now)
    if (after.urgency, after.also) != (case.urgency, case.also):
        duty.reroute(uow, tools, after, now)


def put_off(uow: UnitOfWork, unread: Unread, why: Unheard, now: datetime) -> None:
    """Nothing was heard: again later, each time later, and in the end not at all."""
    wait = min(LONGEST_WAIT, FIRST_WAIT * (1 << min(unread.tries, 16)))
    if uow.readings.put_off(unread.case, now + wait) >= TRIES[why]:
        uow.readings.done(unread.case, unread.newest)
        uow.ledger.note("second_reader.left", actor=ACTOR, subject=f"case:{unread.case}", detail=why, at=now)


def _may_be_read(case: Case) -> bool:
    """Asked again when the answer is there: meanwhile it may have been closed, sealed or erased."""
    closed = case.status in (Status.CLOSED, Status.HANDED_ON)
    return not closed and not case.restricted and not case.erasure_asked


def _words(uow: UnitOfWork, unread: Unread) -> Sequence[Entry]:
    return [
        entry
        for entry in uow.cases.entries(unread.case)
        if entry.author is Author.REPORTER and entry.kind is EntryKind.WORDS and entry.id <= unread.newest
    ]


def _answered(uow: UnitOfWork, unread: Unread, now: datetime) -> bool:
    """Whether nothing that we have to say to its reporters is still on its way."""
    words = _words(uow, unread)
    if not words or words[-1].at <= now - PATIENCE:
        return True
    people = {report.conversation for report in uow.cases.reports(unread.case)} - {None}
    found = (uow.conversations.get(id_) for id_ in people if id_ is not None)
    return not any(uow.outbox.waiting_for(one[0], 0, 1) for one in found if one is not None)


def _newest(uow: UnitOfWork, case: Case) -> Assessment:
    """What was understood so far: by the triage, by an earlier reading, by whoever changed the case since."""
    known = [one.assessment for one in uow.judgements.assessments(case.id) if one.assessment is not None]
    if not known:
        return Assessment(case.kind, case.urgency, case.also, case.environment)
    newest = sorted(known, key=lambda one: one.version.startswith(SECOND))[-1]
    unsaid = newest.environment is Environment.UNKNOWN
    return replace(newest, environment=case.environment) if unsaid else newest


def _judged(uow: UnitOfWork, case: CaseId, words: Sequence[Entry]) -> Judged:
    """What officers have judged since these words came: a machine does not speak against them."""
    about = {one.about for one in uow.judgements.of(case) if one.at >= words[-1].at}
    return Judged(urgency=About.URGENCY in about, kind=bool(about & {About.KIND, About.ALSO}))


def _tell(
    uow: UnitOfWork,
    tools: Tools,
    case: Case,
    after: Case,
    before: Assessment,
    said: Assessment,
    now: datetime,
) -> None:
    """A line for the timeline where something is new, and one for the ledger in any case: codes only."""
    told = second_saying.told(tools, case, after, before, said)
    if told:
        code = "event.second_reader"
        uow.cases.add_entry(Entry(0, case.id, now, Author.SYSTEM, EntryKind.EVENT, told, code))
    added = " ".join(kind for kind in after.also if kind not in case.also) or "-"
    raised = after.urgency if after.urgency is not case.urgency else "-"
    uow.ledger.note(
        "case.second_reading", actor=ACTOR, subject=_subject(case.id), detail=f"{raised} {added}", at=now
    )


def _subject(case: CaseId) -> str:
    return f"case:{case}"
