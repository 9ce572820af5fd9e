"""Carries out what a citizen's turn asks for: state, case, ledger and letters in one transaction."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from bot.domain import receipts
from bot.domain.cases import CaseId
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
from bot.domain.messages import Address, Line
from bot.domain.replacing import replace
from bot.ports import UnitOfWork
from bot.services import casework, duty, letters
from bot.services.officers import collaboration
from bot.services.reports import reported, returning, timeline
from bot.services.reports.timeline import At
from bot.services.tools import Tools


def record(
    uow: UnitOfWork,
    tools: Tools,
    person: Address,
    conversation: int,
    turn: Turn,
    now: datetime,
    *,
    answers: str = "",
) -> None:
    """Carry out the turn's effects in order, then save the conversation. Sends nothing.

    `answers`: the platform's id of the message that this is the answer to.
    """
    recorder = _Recorder(At(uow, tools, person, conversation, now), turn.conversation, answers)
    for effect in turn.effects:
        recorder.carry_out(effect)
    recorder.tell_where_to()
    recorder.post()
    uow.conversations.save(conversation, recorder.state)


@dataclass(slots=True, repr=False)
class _Recorder:
    """One turn under way; `state` follows what the effects make of it (numbers, receipts)."""

    at: At
    state: Conversation
    answers: str = ""
    opened: CaseId | None = None
    told: set[CaseId] = field(default_factory=set)
    says: list[Say] = field(default_factory=list)
    """Not posted yet: a line may still join the last."""
    passed: CaseId | None = None
    """The case that another office has since this turn."""

    def carry_out(self, effect: Effect) -> None:
        match effect:
            case Say():
                self.says.append(effect)
            case OpenCase(report):
                self.open_case(report)
            case UpdateCase(report, before):
                self.update_case(report, before)
            case AddWords(case) | AddAttachments(case) | RaiseUrgency(case) | TellOfficer(case):
                if (id_ := self.case_of(case)) is not None:
                    self.add(id_, effect)
            case JoinHazard(case):
                self.join_hazard(case)
            case IssueReceipt():
                self.issue_receipt()
            case OpenReceipt() | Redeem() | LeaveCollaboration():
                self.post()
                self.state = _by_token(self.at, self.state, effect)
            case AskErasure():
                self.ask_erasure()
            case _:
                assert_never(effect)

    def case_of(self, named: CaseId | None) -> CaseId | None:
        return named if named is not None else self.opened or self.state.case

    def post(self) -> None:
        """Everything said so far goes into the outbox."""
        at, says = self.at, list(self.says)
        self.says.clear()
        for say in says:
            if (
                say.nod
                and len(say.lines) == 1
                and letters.nod(at.uow, at.tools, at.person, self.answers, at.now)
            ):
                continue
            letters.say(
                at.uow,
                at.tools,
                at.person,
                say.lines,
                at.now,
                lang=self.state.lang,
                voice=self.state.voice,
                choices=say.choices,
                ask=say.ask,
                case=self.case_of(None),
            )

    def tell_where_to(self) -> None:
        """Which office has it, in the last thing said: once a case opens, and again when its place is known."""
        case = None if self.passed is None else self.at.uow.cases.get(self.passed)
        if not self.says or case is None:
            return
        office = duty.office_for(self.at.uow, self.at.tools, case)
        passed = Line("report.passed_to", {"office": office})
        at, behind = _where_received(self.says)
        lines = self.says[at].lines
        self.says[at] = replace(self.says[at], lines=(*lines[:behind], passed, *lines[behind:]))

    def open_case(self, report: Report) -> None:
        id_ = self.opened = reported.open_case(self.at, report, self.state)
        self.passed = id_
        self.state = replace(
            self.state,
            case=id_,
            report=_in_case(report, id_) if self.state.report is not None else None,
            earlier=_without(self.state.earlier, self.state.case, id_),
        )

    def update_case(self, report: Report, before: Report | None) -> None:
        id_ = self.case_of(report.case)
        if id_ is not None and reported.update_case(self.at, id_, report, before, self.state):
            self.passed = id_

    def join_hazard(self, id_: CaseId) -> None:
        report = self.state.report
        if report is None:
            return
        reported.join_hazard(self.at, id_, report, self.state)
        self.state = replace(self.state, case=id_, report=_in_case(report, id_))
        self.words_added(id_)

    def add(self, id_: CaseId, effect: AddWords | AddAttachments | RaiseUrgency | TellOfficer) -> None:
        match effect:
            case AddWords():
                timeline.words(self.at, id_, effect.text, effect.kind, effect.code)
                if effect.matters:
                    self.words_added(id_)
            case AddAttachments():
                timeline.files(self.at, id_, effect.attachments)
                if effect.attachments:
                    self.words_added(id_)
            case RaiseUrgency():
                reported.raise_urgency(self.at, id_, effect.urgency)
            case TellOfficer():
                reported.tell_officer(self.at, id_, effect.code)
            case _:
                assert_never(effect)

    def words_added(self, id_: CaseId) -> None:
        """The owner is told once a turn; what opened the case has told everybody already."""
        if id_ == self.opened or id_ in self.told:
            return
        self.told.add(id_)
        case = self.at.uow.cases.get(id_)
        if case is not None:
            casework.words_added(self.at.uow, self.at.tools, case, self.at.now)

    def issue_receipt(self) -> None:
        id_ = self.case_of(None)
        if id_ is None:
            return
        signer = self.at.tools.signer
        digits = signer.receipt()
        receipt = signer.digest(returning.RECEIPT, digits)
        self.at.uow.cases.set_receipt(id_, self.at.conversation, receipt)
        self._say_receipt(Line("receipt.yours", {"receipt": receipts.spaced(digits)}))

    def _say_receipt(self, line: Line) -> None:
        """Below the thanks, so that both go when it is deleted; help in danger stays a message of its own."""
        last = self.says[-1] if self.says else None
        if last is None or last.choices or last.ask or last.lines[0].key.startswith("danger."):
            self.says.append(Say((line,)))
        else:
            self.says[-1] = replace(last, lines=(*last.lines, line))

    def ask_erasure(self) -> None:
        """An officer decides about a case; what is not a case goes at once."""
        cases = self.at.uow.cases.of_conversation(self.at.conversation)
        for case in cases:
            if not case.erasure_asked:
                self.at.uow.cases.save(replace(case, erasure_asked=True))
                reported.tell_officer(self.at, case.id, "erasure_asked")
        if not cases:
            self.state = Conversation(lang=self.state.lang, voice=self.state.voice, greeted=True)
            uow, actor = self.at.uow, self.at.actor
            uow.offers.forget(self.at.person)
            uow.ledger.note("conversation.erased", actor=actor, subject=actor, at=self.at.now)


def _where_received(says: list[Say]) -> tuple[int, int]:
    """Which message says that it was received, and behind which of its lines; else before the last message."""
    for at, say in enumerate(says):
        for behind, line in enumerate(say.lines, 1):
            if line.key.startswith("opened."):
                return at, behind
    return len(says) - 1, 0


def _by_token(at: At, state: Conversation, effect: OpenReceipt | Redeem | LeaveCollaboration) -> Conversation:
    """What goes by a secret that the person holds: a receipt, an invitation."""
    match effect:
        case OpenReceipt(digits):
            return returning.open_receipt(at.uow, at.tools, at.person, at.conversation, state, digits, at.now)
        case Redeem(token):
            return collaboration.redeem_in_chat(at.uow, at.tools, at.person, state, token, at.now)
        case LeaveCollaboration(hand_over):
            collaboration.leave_collaboration(at.uow, at.tools, at.person, state, at.now, hand_over=hand_over)
            return state
        case _:
            assert_never(effect)


def _in_case(report: Report, id_: CaseId) -> Report:
    """What stands in the case's timeline now need not be kept twice."""
    return replace(report, case=id_, words=(), attachments=())


def _without(earlier: tuple[CaseId, ...], last: CaseId | None, new: CaseId) -> tuple[CaseId, ...]:
    return earlier if last is None or last == new or last in earlier else (*earlier, last)
