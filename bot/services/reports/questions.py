"""What an officer asked while nobody could be told: it waits until the reporter comes back, or enters the receipt.

Where writing was called unsafe somebody else may hold the phone: they are told only that something waits, and what
it is once they ask for it.
"""

from collections.abc import Sequence
from datetime import datetime

from bot.domain import receipts
from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind
from bot.domain.conversation import Conversation
from bot.domain.messages import Address, Heard, HeardKind, Letter, Line
from bot.domain.replacing import replace
from bot.domain.triage.marks import clean, fold
from bot.ports import UnitOfWork
from bot.services import letters
from bot.services.duty import telling
from bot.services.tools import Tools

HELD, TOLD = "event.question_waits", "event.question_told"
UNREACHABLE, REACHABLE = "event.unreachable", "event.reachable"
_ASKS_FOR_IT = frozenset({"xem", "xem cau hoi", "doc", "show", "read"})
_NOBODY_SPOKE = frozenset({HeardKind.BLOCKED, HeardKind.UNBLOCKED, HeardKind.GROUP, HeardKind.NOTICE})


def hold(uow: UnitOfWork, case: Case, now: datetime) -> bool:
    """Keep the question just asked for everybody of the case; False where nobody could ever come back for it."""
    rows = uow.cases.reports(case.id)
    if not rows:
        return False
    _note(uow, case.id, HELD, now)
    for id_ in sorted({row.conversation for row in rows if row.conversation is not None}):
        known = uow.conversations.get(id_)
        if known is not None:
            fresh = uow.conversations.load(known[0])[1]
            uow.conversations.save(id_, waits(fresh, case.id))
    return True


def waits(state: Conversation, case: CaseId) -> Conversation:
    """One more case with a question for this person, behind those that wait already."""
    if state.question_waits is None:
        return replace(state, question_waits=case)
    if case in (state.question_waits, *state.question_waits_too):
        return state
    return replace(state, question_waits_too=(*state.question_waits_too, case))


def _waits_no_more(state: Conversation, case: CaseId) -> Conversation:
    waiting = (state.question_waits, *state.question_waits_too)
    left = tuple(one for one in waiting if one is not None and one != case)
    first = left[0] if left else None
    return replace(state, question_waits=first, question_waits_too=left[1:], question_named=False)


def asked_for(
    uow: UnitOfWork, tools: Tools, heard: Heard, id_: int, state: Conversation, now: datetime
) -> bool:
    """Whether this message is the "show me" that we told them of: then it is answered with the question."""
    if state.question_waits is None or heard.kind is not HeardKind.TEXT:
        return False
    if fold(clean(heard.text)).strip(" .!«»\"'") not in _ASKS_FOR_IT:
        return False
    shown = show(uow, tools, heard.sender, state, state.question_waits, now)
    uow.conversations.save(id_, replace(shown, heard_at=now))
    return shown.question_open


def came_back(uow: UnitOfWork, tools: Tools, heard: Heard, id_: int, now: datetime) -> None:
    """Behind the answer to what they said: the question, or that there is one."""
    state = uow.conversations.load(heard.sender)[1]
    if state.question_waits is None or state.blocked or heard.kind in _NOBODY_SPOKE:
        return
    if state.safe_to_write is not False:
        uow.conversations.save(id_, show(uow, tools, heard.sender, state, state.question_waits, now))
    elif not state.question_named and pending(uow, state.question_waits):
        line = Line("reporter.question_waits")
        letters.say(uow, tools, heard.sender, (line,), now, lang=state.lang, voice=state.voice)
        uow.conversations.save(id_, replace(state, question_named=True))


def show(
    uow: UnitOfWork, tools: Tools, person: Address, state: Conversation, case: CaseId, now: datetime
) -> Conversation:
    """Put what waits; the answer goes to this case. Nothing waits any more: the state without it."""
    texts = pending(uow, case)
    state = _waits_no_more(state, case)
    if not texts:
        return state
    office = uow.office.roster().name
    lines = [telling.question(office, receipts.mask(text)) for text in texts]
    letters.say(uow, tools, person, lines, now, lang=state.lang, voice=state.voice, case=case)
    _note(uow, case, TOLD, now)
    _reached(uow, case)
    return replace(state, case=case, question_open=True)


def lost(uow: UnitOfWork, letter: Letter, now: datetime) -> None:
    """A platform will never deliver the letter that puts a question: it waits as if it had not been sent."""
    if letter.case is None or uow.office.officer_at(letter.to) is not None:
        return
    id_, state = uow.conversations.load(letter.to)
    case = CaseId(letter.case)
    asked = [entry.text for entry in uow.cases.entries(case) if entry.kind is EntryKind.QUESTION]
    # the longest first: one question may be a part of another
    put = sorted((text for text in asked if receipts.mask(text.strip()) in letter.text), key=len)[-1:]
    if put:
        _note(uow, case, HELD, now, put[0])
        uow.conversations.save(id_, waits(state, case))


def pending(uow: UnitOfWork, case: CaseId) -> Sequence[str]:
    """The questions of this case that nobody was told yet, oldest first."""
    out_of_reach = False
    asked: list[str] = []
    held: list[str] = []
    posted: list[str] = []
    """In letters that wait for a reply window: there they go by themselves when it opens."""
    for entry in uow.cases.entries(case):
        if entry.author is Author.REPORTER:
            asked = []
        elif entry.kind is EntryKind.QUESTION:
            asked.append(entry.text)
        elif entry.code == HELD:
            held += [entry.text] if entry.text else asked[-1:]
        elif entry.code == UNREACHABLE:
            out_of_reach = True
        elif entry.code in (TOLD, REACHABLE):
            out_of_reach, asked, posted, held = False, [], [], [] if entry.code == TOLD else held
        if out_of_reach:
            posted += asked
    return tuple(dict.fromkeys((*held, *posted)))


def _reached(uow: UnitOfWork, id_: CaseId) -> None:
    case = uow.cases.get(id_)
    if case is not None and not case.reached:
        uow.cases.save(replace(case, reached=True))


def _note(uow: UnitOfWork, case: CaseId, code: str, now: datetime, text: str = "") -> None:
    """`text`: which question, where it is not the last one asked."""
    uow.cases.add_entry(Entry(0, case, now, Author.SYSTEM, EntryKind.EVENT, text, code))
    uow.ledger.note(code.replace("event.", "case."), actor="system", subject=f"case:{case}", at=now)
