"""A report that came by telephone, by letter or at the door: entered by an officer in the same form."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain import deadlines, receipts
from bot.domain.cases import Author, Case, CaseId, EntryKind, Excluded, Status
from bot.domain.kinds import Kind, Urgency, higher
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.domain.understanding import Assessment, Point
from bot.ports import NewReport, UnitOfWork
from bot.services import duty
from bot.services.casework import judging, steps
from bot.services.casework.outcome import NO_WORDS, Refusal
from bot.services.duty import coordinating, permits
from bot.services.reports.timeline import SEARCHED
from bot.services.tools import Tools

SOURCES = frozenset({"phone", "letter", "in_person", "press"})


@dataclass(frozen=True, slots=True, repr=False)
class Entered:
    """What an officer wrote down; only the words are compulsory."""

    source: str
    """One of SOURCES."""
    text: str
    received_at: datetime
    """When it was told: starts the 12 hours."""
    kind: Kind | None = None
    """None: as the triage understands it."""
    urgency: Urgency | None = None
    """Raises what the triage says; lowering is a step of its own, with a reason."""
    unit: str | None = None
    residence: str | None = None
    point: Point | None = None
    answers: Mapping[str, str] = field(default_factory=dict)
    """Question id → words, as in the citizens' conversation."""
    accused: Excluded = field(default_factory=Excluded)
    language: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class NewCase:
    """The case, and the receipt to tell whoever reported: its digits are not kept."""

    case: CaseId
    receipt: str
    phone_residence: bool = False
    """The commune where the child lives has nobody here whom we could tell."""


def enter_report(
    uow: UnitOfWork, tools: Tools, officer: Officer, entered: Entered, now: datetime, *, keep: bool = False
) -> NewCase | Refusal:
    """Open a case from what was told; `keep`: whoever enters it has it, nobody is rung."""
    if not entered.text.strip():
        return NO_WORDS
    if entered.source not in SOURCES:
        return Refusal(Line("desk.no_such_source"))
    if not all(steps.is_unit(tools, code) for code in (entered.unit, entered.residence) if code):
        return Refusal(Line("page.unit.unknown"))
    assessment = tools.assess(None, (entered.text, *entered.answers.values()))
    case = _case(uow, entered, assessment, now)
    case = replace(case, id=uow.cases.open(case))
    receipt = _keep(uow, tools, case, officer, entered, assessment, now)
    case = uow.cases.get(case.id) or case
    if not keep or not duty.take_silently(uow, case, officer, now):
        duty.watch_over(uow, tools, case, now)
    case = uow.cases.get(case.id) or case
    told = coordinating.tell_residence(uow, tools, case, officer, now)
    return NewCase(case.id, receipt, permits.coordinates_in(case) is not None and told is None)


def _case(uow: UnitOfWork, entered: Entered, assessment: Assessment, now: datetime) -> Case:
    kind = entered.kind or assessment.kind
    urgency = higher(assessment.urgency, entered.urgency or Urgency.NONE)
    also = tuple(other for other in assessment.also if other is not kind)
    clock_from = min(entered.received_at, now)
    roster = uow.office.roster()
    return Case(
        id=CaseId(0),
        kind=kind,
        urgency=urgency,
        status=Status.NEW,
        opened_at=now,
        clock_from=clock_from,
        due_at=deadlines.due_at(kind, assessment.also, urgency, clock_from, entered.unit, roster),
        also=also,
        environment=assessment.environment,
        unit=entered.unit,
        residence=entered.residence,
        point=entered.point,
        excluded=entered.accused,
        language=entered.language or assessment.language,
        restricted=Kind.SEXUAL_ABUSE in (kind, *also),
        reached=False,
    )


def _keep(
    uow: UnitOfWork,
    tools: Tools,
    case: Case,
    officer: Officer,
    entered: Entered,
    assessment: Assessment,
    now: datetime,
) -> str:
    digits = tools.signer.receipt()
    answers = {question: receipts.mask(words) for question, words in entered.answers.items()}
    uow.cases.add_report(
        case.id,
        NewReport(
            conversation=None,
            assessment=assessment,
            answers=answers,
            source=entered.source,
            at=entered.received_at,
            safe_to_write=None,
            receipt=tools.signer.digest("receipt", digits),
        ),
    )
    uow.cases.assessed(case.id, assessment, now)
    judging.entered(uow, assessment, case, officer, now)
    steps.record(uow, case.id, officer, "entered", now, detail=entered.source)
    steps.write(uow, case.id, officer, EntryKind.WORDS, now, text=entered.text, author=Author.REPORTER)
    if case.kind is Kind.DROWNING_HAZARD:
        uow.cases.set_hazard(case.id, answers.get("water", ""))
    _index(uow, tools, case, entered, assessment)
    return digits


def _index(uow: UnitOfWork, tools: Tools, case: Case, entered: Entered, assessment: Assessment) -> None:
    words = [entered.answers[question] for question in SEARCHED if question in entered.answers]
    words += [assessment.place] if assessment.place else []
    words += [tools.unit_name(case.unit)] if case.unit else []
    if words:
        uow.cases.index_words(case.id, words)
