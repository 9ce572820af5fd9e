"""Where officers judged otherwise than the triage, without what could lead to people: for the next training."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain import masking
from bot.domain.cases import Author, Case, CaseId, EntryKind
from bot.domain.kinds import Environment, Kind, Reporter
from bot.domain.masking.numbers import band
from bot.domain.opinion import SECOND
from bot.domain.understanding import Assessment
from bot.ports import About, Assessed, Judgement, UnitOfWork
from bot.services.tools import Tools

PAGE = 200
"""Cases that are looked up at once."""
NAMES = ("name", "who")
"""Answers that may hold somebody's name."""
READABLE = frozenset({"vi", "en"})
"""Languages in which we can tell a name from a word."""


@dataclass(frozen=True, slots=True, repr=False)
class Disagreement:
    """What the machine said of a report and what an officer says; nothing leads back to the case."""

    text: str | None
    """None: the words of a case that is restricted, erased, of sexual abuse, or in a language we cannot read."""
    machine: Mapping[About, str]
    officer: Mapping[About, str]
    """Only where somebody judged otherwise."""
    version: str
    environment: Environment = Environment.UNKNOWN
    reporter: Reporter = Reporter.UNKNOWN
    ages: tuple[str, ...] = ()
    """Bands of years: "11-13"."""
    children: int | None = None
    names_shown: bool = True
    """Whether names were told from other words by their capitals: where not, look twice."""


def collect(uow: UnitOfWork, tools: Tools, now: datetime) -> Sequence[Disagreement]:
    """All of the office, in no order that tells of time; that they were taken out is in the ledger."""
    found = [one for case in _cases(uow) if (one := _of(uow, tools, case)) is not None]
    uow.ledger.note(
        "triage.exported", actor="administrator", subject="triage", detail=f"records:{len(found)}", at=now
    )
    return sorted(found, key=lambda one: (one.text or "", *map(str, one.machine.values())))


def _cases(uow: UnitOfWork) -> Iterator[CaseId]:
    after = CaseId(0)
    while page := uow.judgements.cases(after, PAGE):
        yield from page
        after = page[-1]


def _of(uow: UnitOfWork, tools: Tools, id_: CaseId) -> Disagreement | None:
    case, judgements = uow.cases.get(id_), uow.judgements.of(id_)
    if case is None:
        return None
    known = [one for one in uow.judgements.assessments(id_) if not one.version.startswith(SECOND)]
    before = next((one for one in known if one.id == judgements[-1].assessment), None)
    machine, officer = _machine(before, judgements), {one.about: one.said for one in judgements}
    officer = {about: said for about, said in officer.items() if said != machine.get(about)}
    if not officer:
        return None
    assessment = before.assessment if before is not None else None
    text, shown = None, True
    if not _withheld(case, assessment, (*machine.values(), *officer.values())):
        said = _said(uow, id_, judgements[-1].at)
        text = _text(uow, tools, case, assessment, said)
        shown = text is None or masking.shows_names(said)
    version = judgements[-1].version
    if assessment is None:
        return Disagreement(text, machine, officer, version, names_shown=shown)
    return Disagreement(
        text,
        machine,
        officer,
        version,
        assessment.environment,
        assessment.reporter,
        tuple(dict.fromkeys(band(age) for age in assessment.ages)),
        assessment.children,
        shown,
    )


def _machine(before: Assessed | None, judgements: Sequence[Judgement]) -> Mapping[About, str]:
    """What the triage said; of an erased case what stood before the first judgement."""
    said = before.assessment if before is not None else None
    if said is None:
        return {one.about: one.was for one in reversed(judgements)}
    return {About.URGENCY: said.urgency, About.KIND: said.kind, About.ALSO: " ".join(said.also)}


def _withheld(case: Case, assessment: Assessment | None, codes: Sequence[str]) -> bool:
    told = {case.kind, *case.also, *(code for one in codes for code in one.split())}
    if assessment is not None:
        told.update((assessment.kind, *assessment.also))
    language = case.language if assessment is None else assessment.language
    sealed = case.restricted or case.erasure_asked or assessment is None
    return sealed or Kind.SEXUAL_ABUSE in told or language not in READABLE


def _said(uow: UnitOfWork, case: CaseId, until: datetime) -> str:
    return "\n".join(
        entry.text
        for entry in uow.cases.entries(case)
        if entry.author is Author.REPORTER and entry.kind is EntryKind.WORDS and entry.at <= until
    )


def _text(uow: UnitOfWork, tools: Tools, case: Case, assessment: Assessment | None, said: str) -> str | None:
    """What the reporter had written, masked; None where nothing is left."""
    places = tools.find(said)
    spots = [*(one.words for one in places.units), *places.beside.split(", ")]
    spots += [assessment.place] if assessment is not None and assessment.place else []
    names = [
        answers[question]
        for answers in (report.answers for report in uow.cases.reports(case.id))
        for question in NAMES
        if question in answers
    ]
    return masking.anonymous(said, spots, names).strip() or None
