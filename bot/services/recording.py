"""Carries out what a citizen's turn asks for: state, case, ledger and letters in one transaction."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import assert_never

from bot.domain import receipts
from bot.domain.cases import (
    Author,
    CaseId,
    Entry,
    EntryKind,
)
from bot.domain.conversation import Conversation, Report
from bot.domain.effects import (
    AddAttachments,
    AddWords,
    AskErasure,
    Effect,
    IssueReceipt,
    JoinHazard,
    LeaveCollaboration,
    OpenCase,
    OpenReceipt,
    RaiseUrgency,
    Redeem,
    Say,
    TellOfficer,
    Turn,
    UpdateCase,
)
from bot.domain.kinds import Kind, Urgency, higher
from bot.domain.messages import Address, Attachment, Line
from bot.ports import NewReport, UnitOfWork
from bot.services import casework, collaboration, duty, letters, opening, returning
from bot.services.tools import Tools

SYSTEM = "system"


def record(
    uow: UnitOfWork, tools: Tools, person: Address, conversation: int, turn: Turn, now: datetime
) -> None:
    """Carry out the turn's effects in order, then save the conversation. Sends nothing."""
    recorder = _Recorder(uow, tools, person, conversation, turn.conversation, now)
    for effect in turn.effects:
        recorder.carry_out(effect)
    uow.conversations.save(conversation, recorder.state)


@dataclass(slots=True)
class _Recorder:
    """One turn under way; `state` follows what the effects make of it (numbers, receipts)."""

    uow: UnitOfWork
    tools: Tools
    person: Address
    id: int
    state: Conversation
    now: datetime
    opened: CaseId | None = None
    told: set[CaseId] = field(default_factory=set)

    def carry_out(self, effect: Effect) -> None:
        match effect:
            case Say():
                self.say(effect)
            case OpenCase(report):
                self.open_case(report)
            case UpdateCase(report):
                self.update_case(report)
            case AddWords():
                self.add_words(effect)
            case AddAttachments(case, attachments):
                self.add_attachments(self.case_of(case), attachments)
            case RaiseUrgency(case, urgency):
                self.raise_urgency(self.case_of(case), urgency)
            case TellOfficer(case, code):
                self.tell_officer(self.case_of(case), code)
            case JoinHazard(case):
                self.join_hazard(case)
            case IssueReceipt():
                self.issue_receipt()
            case OpenReceipt(digits):
                self.state = returning.open_receipt(
                    self.uow, self.tools, self.person, self.id, self.state, digits, self.now
                )
            case AskErasure():
                self.ask_erasure()
            case Redeem(token):
                self.state = collaboration.redeem_in_chat(
                    self.uow, self.tools, self.person, self.state, token, self.now
                )
            case LeaveCollaboration(hand_over):
                collaboration.leave_collaboration(
                    self.uow, self.tools, self.person, self.state, self.now, hand_over=hand_over
                )
            case _:
                assert_never(effect)

    def case_of(self, named: CaseId | None) -> CaseId | None:
        return named if named is not None else self.opened or self.state.case

    def say(self, effect: Say) -> None:
        letters.say(
            self.uow,
            self.tools,
            self.person,
            effect.lines,
            self.now,
            lang=self.state.lang,
            voice=self.state.voice,
            choices=effect.choices,
            ask=effect.ask,
            case=self.opened or self.state.case,
        )

    # --- cases ---------------------------------------------------------------------------------------------

    def open_case(self, report: Report) -> None:
        case = opening.new_case(self.uow.office.roster(), report, self.state, self.now)
        id_ = self.uow.cases.open(case)
        case = replace(case, id=id_)
        self.opened = id_
        self.uow.cases.add_report(id_, self._report_row(report))
        if report.assessment is not None:
            self.uow.cases.assessed(id_, report.assessment, self.now)
        self._entry(id_, EntryKind.EVENT, code="event.opened", author=Author.SYSTEM)
        for words in report.words:
            self._entry(id_, EntryKind.WORDS, text=words)
        self.add_attachments(id_, report.attachments)
        if case.kind is Kind.DROWNING_HAZARD:
            self.uow.cases.set_hazard(id_, report.answers.get("water", ""))
        self._index(id_, report)
        self.uow.ledger.note(
            "case.opened",
            actor=f"conversation:{self.id}",
            subject=f"case:{id_}",
            detail=f"{case.kind} {case.urgency} {case.unit or '-'}",
            at=self.now,
        )
        opened = self.uow.cases.get(id_)
        if opened is not None:
            duty.watch_over(self.uow, self.tools, opened, self.now)
        kept = replace(report, case=id_, words=(), attachments=())
        self.state = replace(
            self.state,
            case=id_,
            report=kept if self.state.report is not None else None,
            earlier=_without(self.state.earlier, self.state.case, id_),
        )

    def update_case(self, report: Report) -> None:
        id_ = self.case_of(report.case)
        before = None if id_ is None else self.uow.cases.get(id_)
        if id_ is None or before is None:
            return
        after = opening.updated(self.uow.office.roster(), before, report)
        if after != before:
            self.uow.cases.save(after)
        self.uow.cases.save_report(id_, self.id, opening.masked(report.answers), self.state.safe_to_write)
        if after.kind is Kind.DROWNING_HAZARD:
            self.uow.cases.set_hazard(id_, report.answers.get("water", ""))
        self._index(id_, report)
        if opening.goes_elsewhere(before, after):
            fresh = self.uow.cases.get(id_)
            if fresh is not None:
                duty.reroute(self.uow, self.tools, fresh, self.now)

    def raise_urgency(self, id_: CaseId | None, urgency: Urgency) -> None:
        case = None if id_ is None else self.uow.cases.get(id_)
        if case is None or higher(case.urgency, urgency) is case.urgency:
            return
        raised = replace(case, urgency=urgency)
        due_at = case.due_at or opening.due(self.uow.office.roster(), raised)
        self.uow.cases.save(replace(raised, due_at=due_at))
        self._entry(case.id, EntryKind.EVENT, code="event.urgency_raised", author=Author.SYSTEM)
        self.uow.ledger.note(
            "case.urgency_raised",
            actor=f"conversation:{self.id}",
            subject=f"case:{case.id}",
            detail=urgency,
            at=self.now,
        )
        fresh = self.uow.cases.get(case.id)
        if fresh is not None:
            duty.reroute(self.uow, self.tools, fresh, self.now)

    def add_words(self, effect: AddWords) -> None:
        id_ = self.case_of(effect.case)
        if id_ is None:
            return
        self._entry(id_, effect.kind, text=effect.text, code=effect.code)
        self._words_added(id_, matters=effect.matters)

    def add_attachments(self, id_: CaseId | None, attachments: tuple[Attachment, ...]) -> None:
        if id_ is None or not attachments:
            return
        for attachment in attachments:
            self._entry(id_, EntryKind.ATTACHMENT, attachment=self._file(id_, attachment))
        if opening.needs_listening(attachments):
            self._mark_for_listening(id_)
        self._words_added(id_, matters=True)

    def _file(self, id_: CaseId, attachment: Attachment) -> int:
        """A row to be fetched; what was uploaded on our own page is sealed already and only joins the case."""
        if attachment.sealed is not None:
            self.uow.files.attach(attachment.sealed, id_)
            return attachment.sealed
        return self.uow.files.put(id_, self.person.channel, self.person.account, attachment, self.now)

    def _mark_for_listening(self, id_: CaseId) -> None:
        case = self.uow.cases.get(id_)
        if case is not None and not case.needs_listening:
            self.uow.cases.save(replace(case, needs_listening=True))

    def _words_added(self, id_: CaseId, *, matters: bool) -> None:
        """The owner is told once a turn; what opened the case has told everybody already."""
        if not matters or id_ == self.opened or id_ in self.told:
            return
        self.told.add(id_)
        case = self.uow.cases.get(id_)
        if case is not None:
            casework.words_added(self.uow, self.tools, case, self.now)

    def tell_officer(self, id_: CaseId | None, code: str) -> None:
        case = None if id_ is None else self.uow.cases.get(id_)
        if case is None:
            return
        self._entry(case.id, EntryKind.EVENT, code=f"event.{code}", author=Author.REPORTER)
        self.uow.ledger.note(
            f"reporter.{code}", actor=f"conversation:{self.id}", subject=f"case:{case.id}", at=self.now
        )
        duty.tell_owner(self.uow, self.tools, case, Line(f"told.{code}", {"case": case.id}), self.now)

    def join_hazard(self, id_: CaseId) -> None:
        case = self.uow.cases.get(id_)
        report = self.state.report
        if case is None or report is None:
            return
        self.uow.cases.add_report(id_, self._report_row(report))
        self.uow.cases.save(replace(case, reports=case.reports + 1))
        for words in report.words:
            self._entry(id_, EntryKind.WORDS, text=words)
        self.state = replace(self.state, case=id_, report=replace(report, case=id_, words=(), attachments=()))
        self.add_attachments(id_, report.attachments)
        self._words_added(id_, matters=True)
        self.uow.ledger.note(
            "case.report_joined", actor=f"conversation:{self.id}", subject=f"case:{id_}", at=self.now
        )

    def issue_receipt(self) -> None:
        id_ = self.case_of(None)
        if id_ is None:
            return
        digits = self.tools.signer.receipt()
        self.uow.cases.set_receipt(id_, self.id, self.tools.signer.digest(returning.RECEIPT, digits))
        self.say(Say((Line("receipt.yours", {"receipt": receipts.spaced(digits)}),)))

    def ask_erasure(self) -> None:
        """An officer decides about a case; what is not a case goes at once."""
        cases = self.uow.cases.of_conversation(self.id)
        for case in cases:
            if not case.erasure_asked:
                self.uow.cases.save(replace(case, erasure_asked=True))
                self.tell_officer(case.id, "erasure_asked")
        if not cases:
            self.state = Conversation(lang=self.state.lang, voice=self.state.voice, greeted=True)
            self.uow.ledger.note(
                "conversation.erased",
                actor=f"conversation:{self.id}",
                subject=f"conversation:{self.id}",
                at=self.now,
            )

    # --- rows ----------------------------------------------------------------------------------------------

    def _report_row(self, report: Report) -> NewReport:
        return NewReport(
            conversation=self.id,
            assessment=report.assessment,
            answers=opening.masked(report.answers),
            source=self.person.channel,
            at=self.now,
            safe_to_write=self.state.safe_to_write,
        )

    def _entry(
        self,
        case: CaseId,
        kind: EntryKind,
        *,
        text: str = "",
        code: str = "",
        author: Author = Author.REPORTER,
        attachment: int | None = None,
    ) -> None:
        self.uow.cases.add_entry(
            Entry(0, case, self.now, author, kind, receipts.mask(text), code, attachment=attachment)
        )

    def _index(self, id_: CaseId, report: Report) -> None:
        """What an officer may look for later: the place and the names given, as keyed hashes only."""
        words = [report.answers[q] for q in ("where", "who", "name") if q in report.answers]
        if report.assessment is not None and report.assessment.place:
            words.append(report.assessment.place)
        if report.unit:
            words.append(self.tools.unit_name(report.unit))
        if words:
            self.uow.cases.index_words(id_, words)


def _without(earlier: tuple[CaseId, ...], last: CaseId | None, new: CaseId) -> tuple[CaseId, ...]:
    return earlier if last is None or last == new or last in earlier else (*earlier, last)
