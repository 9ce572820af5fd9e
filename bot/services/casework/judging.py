"""An officer sees it otherwise: kept beside the assessment, with who, when, what it was and what they say."""

from datetime import datetime

from bot.domain.cases import Case, OfficerId
from bot.domain.kinds import Kind
from bot.domain.officers import Officer
from bot.domain.understanding import Assessment
from bot.ports import About, Judgement, UnitOfWork


def judged(uow: UnitOfWork, before: Case, after: Case, officer: Officer, now: datetime) -> None:
    """Whatever of urgency, kind and further kinds is otherwise now; nothing where nothing is."""
    _keep(uow, after, officer, now, (before.urgency, before.kind, before.also))


def entered(uow: UnitOfWork, assessed: Assessment, case: Case, officer: Officer, now: datetime) -> None:
    """The same for a report that an officer entered: against what the triage made of its words."""
    also = tuple(other for other in assessed.also if other is not case.kind)
    _keep(uow, case, officer, now, (assessed.urgency, assessed.kind, also))


def _keep(
    uow: UnitOfWork,
    case: Case,
    officer: Officer,
    now: datetime,
    before: tuple[str, str, tuple[Kind, ...]],
) -> None:
    urgency, kind, also = before
    told = (
        (About.URGENCY, urgency, case.urgency),
        (About.KIND, kind, case.kind),
        (About.ALSO, " ".join(also), " ".join(case.also)),
    )
    for about, was, said in told:
        if was != said:
            uow.judgements.add(Judgement(case.id, OfficerId(officer.id), now, about, str(was), str(said)))
