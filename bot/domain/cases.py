"""Cases and their legal moves, and the alert that watches over each of them."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import NewType

from bot.domain.kinds import Environment, Kind, Urgency
from bot.domain.understanding import Point

CaseId = NewType("CaseId", int)
OfficerId = NewType("OfficerId", int)


class Status(StrEnum):
    """Where a case stands."""

    NEW = "new"
    TAKEN = "taken"  # acknowledged: tiếp nhận
    ACTING = "acting"  # something was done: đang xử lý
    HANDED_ON = "handed_on"  # to another province or body, with the reason
    CLOSED = "closed"


class Result(StrEnum):
    """What a case ended with."""

    SAFE = "safe"  # the child is safe, support given
    PLAN = "plan"  # goes on under a support plan (Nghị định 56/2017, Điều 28)
    REFERRED = "referred"
    REMOVED = "removed"  # the hazard is fenced, filled, signed
    UNFOUNDED = "unfounded"
    ANSWERED = "answered"  # a question
    DUPLICATE = "duplicate"


class Author(StrEnum):
    REPORTER = "reporter"
    OFFICER = "officer"
    SYSTEM = "system"


class EntryKind(StrEnum):
    """What a line of the timeline is."""

    WORDS = "words"  # of the reporter, exact
    ANSWER = "answer"  # of the reporter to one of our questions
    QUESTION = "question"  # of an officer to the reporter
    NOTE = "note"  # of an officer
    ATTACHMENT = "attachment"
    EVENT = "event"  # opened, alerted, taken, transferred, closed …: code in `code`


@dataclass(frozen=True, slots=True)
class Excluded:
    """Who is accused in the report and so never receives it (conflict of interest)."""

    officers: tuple[int, ...] = ()
    units: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Case:
    """One case as the queue and the rules see it; the words stand in its sealed entries."""

    id: CaseId
    kind: Kind
    urgency: Urgency
    status: Status
    opened_at: datetime
    clock_from: datetime
    """The first message that held reportable information: starts the 12 hours (Nghị định 56/2017 Đ26 K3)."""
    due_at: datetime | None
    """End of the 12 hours, or of the unit's own shorter limit; None where the law sets none."""
    also: tuple[Kind, ...] = ()
    environment: Environment = Environment.UNKNOWN
    unit: str | None = None
    """Commune of the incident: acts."""
    residence: str | None = None
    """Commune where the child lives: coordinates."""
    point: Point | None = None
    owner: OfficerId | None = None
    taken_at: datetime | None = None
    acted_at: datetime | None = None
    """The last recorded action of an officer."""
    closed_at: datetime | None = None
    result: Result | None = None
    excluded: Excluded = Excluded()
    language: str = "vi"
    needs_listening: bool = False
    """Holds a voice message nobody has listened to."""
    restricted: bool = False
    """Suspected sexual images: no preview, named access only."""
    reports: int = 1
    reached: bool = True
    """False: the reporter cannot be written to safely or at all."""
    erasure_asked: bool = False
    version: int = 0

    def __repr__(self) -> str:
        return f"Case({self.id}, {self.kind}, {self.urgency}, {self.status})"


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One line of a case's timeline."""

    id: int
    case: CaseId
    at: datetime
    author: Author
    kind: EntryKind
    text: str = ""
    """Sealed at rest; empty for events."""
    code: str = ""
    """Of an event or question: a key of the catalogue."""
    officer: OfficerId | None = None
    attachment: int | None = None


@dataclass(frozen=True, slots=True)
class Rung:
    """One officer on one channel, and how long to wait for an answer there."""

    officer: OfficerId
    channel: str
    wait: timedelta
    who: str
    """The policy's word for it: "responsible", "deputy", a role."""
    phone_111: bool = False


@dataclass(frozen=True, slots=True)
class Ladder:
    """The snapshot an alert climbs: editing a policy must not bend an alert in flight."""

    rungs: tuple[Rung, ...]
    repeat: timedelta
    wears_off: timedelta
    supervisors: tuple[Rung, ...] = ()
    """Told at every repeat of the last rung."""
    reasons: tuple[str, ...] = ()
    """Why these, who was left out: "excluded:role:police", "absent:HOA", "unreachable:MINH": codes only."""
    quiet: tuple[time, time] | None = None
    """Local hours in which nobody is rung for this (from, to); never for what is urgent."""


class WatchState(StrEnum):
    RINGING = "ringing"
    TAKEN = "taken"  # acknowledged; wears off unless something is done
    ACTING = "acting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Watch:
    """What makes sure that somebody answers: one per case, with its ladder as a snapshot."""

    id: int
    case: CaseId
    state: WatchState
    urgency: Urgency
    ladder: Ladder
    raised_at: datetime
    rung: int = -1
    """Index of the last rung that was rung; -1 before the first."""
    rounds: int = 0
    """How often the last rung was repeated."""
    again_at: datetime | None = None
    """When the tick must look at it next: the earlier of `ring_at` and the next alarm; None: never."""
    ring_at: datetime | None = None
    """When the next rung is due, or, once taken, when the acknowledgement wears off."""
    taken_by: OfficerId | None = None
    taken_at: datetime | None = None
    due_at: datetime | None = None
    """End of the legal 12 hours."""
    alarms: int = 0
    """How many of the alarms before that end have gone out."""


class AlertState(StrEnum):
    RAISED = "raised"
    SENT = "sent"
    SEEN = "seen"
    ACKNOWLEDGED = "acknowledged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Alert:
    """One ring at one officer's channel; a message is only what carries it."""

    id: int
    watch: int
    case: CaseId
    officer: OfficerId
    channel: str
    rung: int
    state: AlertState
    raised_at: datetime
    sent_at: datetime | None = None
    bundle_at: datetime | None = None
    """Waits until then to go out together with others to the same person; None: it does not wait (any more)."""
    carried_by: int | None = None
    """The alert whose letter carried this one too."""
    urgency: Urgency = Urgency.EMERGENCY
    """Of the case when it rang: a person's first emergency is never held back for a bundle."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """An open drowning hazard near a point."""

    case: CaseId
    metres: float
    water: str = field(repr=False)
    reports: int
