"""An officer shows something: a picture of the place, a letter; kept whole and sealed, as what citizens send."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind, OfficerId, Status
from bot.domain.messages import Address, Attachment, Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.casework import steps
from bot.services.casework.outcome import Done, Outcome, Refusal
from bot.services.reports import timeline
from bot.services.tools import Tools

NO_FILE = Refusal(Line("desk.no_file"))


@dataclass(frozen=True, slots=True, repr=False)
class Shown:
    """What came, from where; `words` beside it are a note."""

    sender: Address
    attachments: tuple[Attachment, ...]
    words: str = ""


def attach(
    uow: UnitOfWork, tools: Tools, case_id: CaseId, officer: Officer, shown: Shown, now: datetime
) -> Outcome:
    """For the timeline; of whoever has the case it counts as an action.

    Of a restricted case (sexual abuse) the rule is the one for citizens: sealed without preview, and asked for
    no more.
    """
    case = steps.find(uow, case_id, officer)
    if isinstance(case, Refusal):
        return case
    if not shown.attachments:
        return NO_FILE
    _keep(uow, case_id, officer, shown, now)
    if case.owner == officer.id and case.status in (Status.TAKEN, Status.ACTING):
        acted = steps.act(uow, tools, case_id, officer, now)
        if isinstance(acted, Refusal):
            return acted
    return Done(_answer(tools, case, shown), case_id)


def upload(
    uow: UnitOfWork,
    tools: Tools,
    case_id: CaseId,
    officer: Officer,
    sender: Address,
    sent: Attachment,
    content: bytes,
    now: datetime,
) -> Outcome:
    """The same for a file whose content is here already, on the desk page."""
    case = steps.find(uow, case_id, officer)
    if isinstance(case, Refusal):
        return case
    if not content:
        return NO_FILE
    file = uow.files.put(None, sender.channel, sender.account, sent, now)
    uow.files.kept(file, content, sent.mime, now)
    return attach(uow, tools, case_id, officer, Shown(sender, (replace(sent, sealed=file),)), now)


def _keep(uow: UnitOfWork, case: CaseId, officer: Officer, shown: Shown, now: datetime) -> None:
    for attachment in shown.attachments:
        file = timeline.put_file(uow, case, shown.sender, attachment, now)
        who = OfficerId(officer.id)
        entry = Entry(0, case, now, Author.OFFICER, EntryKind.ATTACHMENT, officer=who, attachment=file)
        uow.cases.add_entry(entry)
        detail = f"file:{file}"
        uow.ledger.note(
            "file.added", actor=f"officer:{officer.id}", subject=f"case:{case}", detail=detail, at=now
        )
    if shown.words.strip():
        steps.write(uow, case, officer, EntryKind.NOTE, now, text=shown.words.strip())


def _answer(tools: Tools, case: Case, shown: Shown) -> Line:
    traits = tools.traits.get(shown.sender.channel)
    limit = None if traits is None else traits.download_limit
    fetched = [one for one in shown.attachments if one.sealed is None]
    if limit is not None and any((one.size or 0) > limit for one in fetched):
        # of a restricted case no picture is asked for: not by another way either
        values = {"case": case.id, "limit": limit // 1_000_000}
        return Line("desk.sealed_too_large" if case.restricted else "desk.attached_too_large", values)
    return Line("desk.attached_sealed" if case.restricted else "desk.attached", {"case": case.id})
