"""What a report makes of a case: its first state, its limit in time, and what later answers change."""

from collections.abc import Mapping
from datetime import datetime

from bot.domain import deadlines, receipts
from bot.domain.cases import Case, CaseId, Excluded, Status
from bot.domain.conversation import Conversation, Report
from bot.domain.kinds import Kind, Urgency, higher
from bot.domain.messages import Attachment, Media
from bot.domain.officers import Roster
from bot.domain.replacing import replace

HEARD_MEDIA = frozenset({Media.VOICE, Media.AUDIO})


def new_case(roster: Roster, report: Report, state: Conversation, now: datetime) -> Case:
    """The case that this report opens; its number is not drawn yet."""
    assessment = report.assessment
    kind = report.kind or (assessment.kind if assessment else Kind.UNKNOWN)
    case = Case(
        id=CaseId(0),
        kind=kind,
        urgency=assessment.urgency if assessment else Urgency.STANDARD,
        status=Status.NEW,
        opened_at=now,
        clock_from=report.started_at,
        due_at=None,
        also=assessment.also if assessment else (),
        unit=report.unit,
        residence=report.residence,
        point=report.point,
        excluded=Excluded(roles=report.accused),
        language=assessment.language if assessment else state.lang,
        restricted=restricted(kind, report),
        needs_listening=needs_listening(report.attachments),
    )
    if assessment is not None:
        case = replace(case, environment=assessment.environment)
    return replace(case, due_at=due(roster, case))


def due(roster: Roster, case: Case) -> datetime | None:
    """End of the 12 hours, where they run."""
    return deadlines.due_at(case.kind, case.also, case.urgency, case.clock_from, case.unit, roster)


def updated(roster: Roster, case: Case, report: Report) -> Case:
    """The case as the reporter's answers make it: what they do not say stays, urgency never falls."""
    kind = report.kind or case.kind
    urgency = report.assessment.urgency if report.assessment else case.urgency
    roles = tuple(dict.fromkeys((*case.excluded.roles, *report.accused)))
    after = replace(
        case,
        kind=kind,
        urgency=higher(case.urgency, urgency),
        unit=report.unit or case.unit,
        residence=report.residence or case.residence,
        point=report.point or case.point,
        excluded=replace(case.excluded, roles=roles),
        restricted=case.restricted or restricted(kind, report),
    )
    return replace(after, due_at=case.due_at or due(roster, after))


def restricted(kind: Kind, report: Report) -> bool:
    """Sexual abuse, alone or among other things, or pictures of it: sealed without preview, named access."""
    also = report.assessment.also if report.assessment else ()
    return report.restricted or Kind.SEXUAL_ABUSE in (kind, *also)


def goes_elsewhere(before: Case, after: Case) -> bool:
    """Whether other people must be alerted now than before."""
    return (before.unit, before.kind, before.excluded) != (after.unit, after.kind, after.excluded) or (
        after.urgency.rank > before.urgency.rank
    )


def needs_listening(attachments: tuple[Attachment, ...]) -> bool:
    return any(a.media in HEARD_MEDIA for a in attachments)


def masked(answers: Mapping[str, str]) -> dict[str, str]:
    """Answers as they may be kept: no receipt in them."""
    return {question: receipts.mask(words) for question, words in answers.items()}
