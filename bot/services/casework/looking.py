"""What an officer may see: the queue, a case with everything in it, a file; every look is in the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from bot.domain.cases import Alert, AlertState, Case, CaseId, Entry, OfficerId, Watch
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import FileRow, Queue, ReportRow, UnitOfWork
from bot.services import replies
from bot.services.casework import steps
from bot.services.casework.outcome import NAMED_ONLY, Refusal
from bot.services.duty import permits
from bot.services.tools import Tools

ALIKE_WITHIN = timedelta(days=14)
"""Cases of the same place and kind within this time are proposed as one."""
RUNG_LATELY = timedelta(days=3)
MOST_RUNG = 100
RECEIPT_DIGITS = 16
FAR = timedelta(days=36500)


@dataclass(frozen=True, slots=True)
class Cost:
    """Messages of a case on platforms that count them."""

    free: int
    paid: int
    """From a quota that is bought."""
    templates: int
    """Outside the reply window, each with its price."""


@dataclass(frozen=True, slots=True, repr=False)
class CaseFile:
    """Everything that is known of a case, for one who may read it."""

    case: Case
    entries: tuple[Entry, ...]
    reports: tuple[ReportRow, ...]
    """Each with its triage and the reasons."""
    alerts: tuple[Alert, ...]
    files: tuple[FileRow, ...]
    watch: Watch | None
    reasons: tuple[str, ...]
    """Why these officers were asked and who was left out: codes."""
    alike: tuple[Case, ...]
    """Proposed for joining; a person decides."""
    cost: Cost | None = None
    """None: nothing that any platform counts was sent for it."""
    talk_cost: Cost | None = None
    """Of the conversations with its reporters, also from before it was opened."""
    replies: tuple[Line, ...] = ()
    """Until when, and how often, each reporter may still be written to."""


def look(
    uow: UnitOfWork,
    tools: Tools,
    case_id: CaseId,
    officer: Officer,
    now: datetime,
) -> CaseFile | Refusal:
    """Open the case; the look goes into the ledger, refused ones too. Needs a write transaction."""
    case = steps.find(uow, case_id, officer)
    if isinstance(case, Refusal) or not permits.reads(uow, case, officer):
        uow.ledger.note("case.look_refused", actor=f"officer:{officer.id}", subject=f"case:{case_id}", at=now)
        return case if isinstance(case, Refusal) else NAMED_ONLY
    uow.ledger.note("case.looked", actor=f"officer:{officer.id}", subject=f"case:{case_id}", at=now)
    alerts = tuple(uow.watches.alerts(case_id))
    _mark_seen(uow, alerts, officer, now)
    watch = uow.watches.of_case(case_id)
    alike = (one for one in uow.cases.alike(case, now - ALIKE_WITHIN) if permits.sees(uow, one, officer))
    return CaseFile(
        case=case,
        entries=tuple(uow.cases.entries(case_id)),
        reports=tuple(uow.cases.reports(case_id)),
        alerts=alerts,
        files=tuple(uow.files.of_case(case_id)),
        watch=watch,
        reasons=() if watch is None else watch.ladder.reasons,
        alike=tuple(alike),
        cost=_cost(uow.contacts.cost_of_case(case_id)),
        talk_cost=_cost(replies.cost_of_talks(uow, tools, case_id)),
        replies=replies.of_case(uow, tools, case, now),
    )


def _cost(spent: Mapping[str, int]) -> Cost | None:
    if not spent:
        return None
    templates = sum(count for kind, count in spent.items() if kind.startswith("template"))
    free = spent.get("cs:reply", 0) + spent.get("cs", 0)
    return Cost(free, sum(spent.values()) - free - templates, templates)


def open_file(uow: UnitOfWork, file_id: int, officer: Officer, now: datetime) -> bytes | None:
    """An attachment's original, for one who may read its case; goes into the ledger."""
    row = uow.files.get(file_id)
    case = None if row is None or row.case is None else uow.cases.get(row.case)
    if row is None or case is None or not permits.reads(uow, case, officer):
        return None
    uow.ledger.note(
        "file.opened",
        actor=f"officer:{officer.id}",
        subject=f"case:{case.id}",
        detail=f"file:{file_id}",
        at=now,
    )
    return uow.files.content(file_id)


def queue(uow: UnitOfWork, officer: Officer, filters: Queue, now: datetime) -> Sequence[Case]:
    """The cases of this officer's area, and those they have or were rung for; by urgency, then time left.

    `filters.owner`: only what that officer has. Only reads; shows no words.
    """
    query = Queue(
        units=_units(uow, officer) if filters.units is None else filters.units,
        owner=filters.owner,
        officer=OfficerId(officer.id),
        open_only=filters.open_only,
        kinds=filters.kinds,
        after=filters.after,
        limit=filters.limit,
    )
    found = {case.id: case for case in uow.cases.queue(query)} if _by_area(officer, filters) else {}
    if filters.owner is None and filters.after is None:
        found.update((case.id, case) for case in _named(uow, officer, filters, now))
    seen = [case for case in found.values() if permits.sees(uow, case, officer)]
    return sorted(seen, key=_pressing)[: filters.limit]


def mine(uow: UnitOfWork, officer: Officer, limit: int = 20) -> Sequence[Case]:
    """What this officer has."""
    query = Queue(owner=OfficerId(officer.id), officer=OfficerId(officer.id), limit=limit)
    return [case for case in uow.cases.queue(query) if permits.sees(uow, case, officer)]


def search(uow: UnitOfWork, tools: Tools, words: str, officer: Officer, now: datetime) -> Sequence[Case]:
    """By number, receipt, or names and places without tone marks; only what this officer may know of."""
    uow.ledger.note("desk.searched", actor=f"officer:{officer.id}", subject=f"officer:{officer.id}", at=now)
    digits = "".join(c for c in words if c.isdecimal())
    found = list(uow.cases.search(words))
    if len(digits) == RECEIPT_DIGITS:
        id_ = uow.cases.by_receipt(tools.signer.digest("receipt", digits))
        case = None if id_ is None else uow.cases.get(id_)
        found = [case] if case is not None else []
    # a hit by a word says that the word stands in the case: only for who may read it
    may = permits.sees if words.strip().isdecimal() or len(digits) == RECEIPT_DIGITS else permits.reads
    return [case for case in found if may(uow, case, officer)]


def _by_area(officer: Officer, filters: Queue) -> bool:
    return officer.role not in permits.NAMED_ONLY or filters.owner is not None


def _units(uow: UnitOfWork, officer: Officer) -> tuple[str, ...] | None:
    """None: the whole office."""
    whole = not officer.units or uow.office.roster().home in officer.units
    return None if whole else officer.units


def _named(uow: UnitOfWork, officer: Officer, filters: Queue, now: datetime) -> list[Case]:
    """What this officer has or was rung for lately, wherever it is."""
    named = [*mine(uow, officer, filters.limit), *_rung(uow, officer, now)]
    return [
        case
        for case in named
        if (not filters.open_only or case.closed_at is None)
        and (not filters.kinds or case.kind in filters.kinds)
        and (filters.units is None or case.unit in filters.units)
    ]


def _rung(uow: UnitOfWork, officer: Officer, now: datetime) -> list[Case]:
    """What rang this officer lately; not for those who see the whole office anyway and are rung most."""
    if officer.role not in permits.NAMED_ONLY and _units(uow, officer) is None:
        return []
    alerts = uow.watches.rung_since(OfficerId(officer.id), now - RUNG_LATELY)
    found = (uow.cases.get(id_) for id_ in dict.fromkeys(alert.case for alert in reversed(alerts)))
    return [case for case in islice(found, MOST_RUNG) if case is not None]


def _pressing(case: Case) -> tuple[int, datetime, int]:
    return -case.urgency.rank, case.due_at or case.opened_at + FAR, case.id


def _mark_seen(uow: UnitOfWork, alerts: Sequence[Alert], officer: Officer, now: datetime) -> None:
    for alert in alerts:
        if alert.officer == officer.id and alert.state in (AlertState.RAISED, AlertState.SENT):
            uow.watches.set_alert(alert.id, AlertState.SEEN, now)
