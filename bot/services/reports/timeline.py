"""What a reporter's turn writes under a case: exact words, answers, files, and what can be looked for later."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain import receipts
from bot.domain.cases import Author, CaseId, Entry, EntryKind
from bot.domain.conversation import Report
from bot.domain.messages import Address, Attachment
from bot.domain.replacing import replace
from bot.ports import UnitOfWork
from bot.services.reports import opening
from bot.services.tools import Tools

SEARCHED = ("where", "who")
"""Questions whose answers an officer may look for; never the reporter's own name: it could be guessed by trying."""


@dataclass(frozen=True, slots=True)
class At:
    """One turn of one person: where and when it is recorded."""

    uow: UnitOfWork
    tools: Tools
    person: Address
    conversation: int
    now: datetime

    @property
    def actor(self) -> str:
        return f"conversation:{self.conversation}"

    def note(self, action: str, case: CaseId, detail: str = "") -> None:
        """A row of the ledger: codes only."""
        self.uow.ledger.note(action, actor=self.actor, subject=f"case:{case}", detail=detail, at=self.now)


def words(at: At, case: CaseId, text: str, kind: EntryKind = EntryKind.WORDS, code: str = "") -> None:
    """Exact words of the reporter, but for a receipt in them."""
    at.uow.cases.add_entry(Entry(0, case, at.now, Author.REPORTER, kind, receipts.mask(text), code))


def event(at: At, case: CaseId, code: str, author: Author = Author.SYSTEM) -> None:
    """Something that happened; `code` is a key of the catalogue."""
    at.uow.cases.add_entry(Entry(0, case, at.now, author, EntryKind.EVENT, code=code))


def files(at: At, case: CaseId, attachments: tuple[Attachment, ...]) -> None:
    """Rows to be fetched; a recording makes the case one that somebody must listen to."""
    for attachment in attachments:
        file = put_file(at.uow, case, at.person, attachment, at.now)
        at.uow.cases.add_entry(Entry(0, case, at.now, Author.REPORTER, EntryKind.ATTACHMENT, attachment=file))
    if opening.needs_listening(attachments):
        stored = at.uow.cases.get(case)
        if stored is not None and not stored.needs_listening:
            at.uow.cases.save(replace(stored, needs_listening=True))


def put_file(uow: UnitOfWork, case: CaseId, sender: Address, attachment: Attachment, now: datetime) -> int:
    """Its row; what was uploaded on our own page is sealed already and only joins the case."""
    if attachment.sealed is not None:
        uow.files.attach(attachment.sealed, case)
        return attachment.sealed
    return uow.files.put(case, sender.channel, sender.account, attachment, now)


def index(at: At, case: CaseId, report: Report, before: Report | None = None) -> None:
    """The place and the names given, as keyed hashes only; what `before` said of them stands there already."""
    known = () if before is None else _searched(at, before)
    # most answers name neither: without this the same ten words were hashed and put again at every turn
    found = [said for said in _searched(at, report) if said not in known]
    if found:
        at.uow.cases.index_words(case, found)


def _searched(at: At, report: Report) -> list[str]:
    found = [report.answers[question] for question in SEARCHED if question in report.answers]
    if report.assessment is not None and report.assessment.place:
        found.append(report.assessment.place)
    if report.unit:
        found.append(at.tools.unit_name(report.unit))
    return found
