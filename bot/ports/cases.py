"""Cases with their reports, and the watches that ring for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.cases import Alert, AlertState, Case, CaseId, Entry, Hazard, OfficerId, Status, Watch
from bot.domain.kinds import Urgency
from bot.domain.understanding import Assessment, Point


@dataclass(frozen=True, slots=True, repr=False)
class NewReport:
    """One person's part of a case; a case may join several."""

    conversation: int | None
    """None: entered by an officer (telephone, letter, at the door)."""
    assessment: Assessment | None
    answers: Mapping[str, str]
    source: str
    """Channel name, or "phone", "letter", "in_person", "press"."""
    at: datetime
    safe_to_write: bool | None
    receipt: bytes | None = None
    """Keyed hash; the digits are never stored."""


@dataclass(frozen=True, slots=True, repr=False)
class ReportRow:
    id: int
    case: CaseId
    conversation: int | None
    answers: Mapping[str, str]
    assessment: Assessment | None
    source: str
    at: datetime
    safe_to_write: bool | None


@dataclass(frozen=True, slots=True)
class Queue:
    """What a desk page shows: filters, all optional."""

    units: tuple[str, ...] | None = None
    """None: the whole office."""
    owner: OfficerId | None = None
    officer: OfficerId | None = None
    """Only cases that this officer may see (not excluded)."""
    open_only: bool = True
    kinds: tuple[str, ...] = ()
    after: CaseId | None = None
    limit: int = 50


class Cases(Protocol):
    def open(self, case: Case) -> CaseId:
        """Insert (its id is ignored), with a key of its own for its words; returns the number."""

    def get(self, id_: CaseId) -> Case | None:
        """Locked for the transaction on PostgreSQL."""

    def save(self, case: Case) -> bool:
        """Write all fields where `version` is still the one read, and count it up; False if somebody was faster."""

    def take(self, id_: CaseId, officer: OfficerId, now: datetime) -> bool:
        """One conditional update, where nobody has it and it is not closed: owner, taken_at, status taken.

        True for exactly one of those who press at the same moment.
        """

    def queue(self, query: Queue) -> Sequence[Case]:
        """By urgency, then time left."""

    def count_open(self) -> int: ...

    def add_report(self, case: CaseId, report: NewReport) -> int: ...

    def save_report(
        self, case: CaseId, conversation: int, answers: Mapping[str, str], safe_to_write: bool | None
    ) -> None: ...

    def reports(self, case: CaseId) -> Sequence[ReportRow]: ...

    def by_receipt(self, receipt: bytes) -> CaseId | None: ...

    def conversation_by_receipt(self, receipt: bytes) -> int | None:
        """The conversation that it was told in; None: nobody's, or a report that an officer entered."""

    def set_receipt(self, case: CaseId, conversation: int, receipt: bytes) -> None: ...

    def of_conversation(self, conversation: int, limit: int = 20) -> Sequence[Case]:
        """Newest first."""

    def add_entry(self, entry: Entry) -> int: ...

    def entries(self, case: CaseId) -> Sequence[Entry]: ...

    def hazards_near(self, point: Point, metres: float) -> Sequence[Hazard]: ...

    def set_hazard(self, case: CaseId, water: str) -> None: ...

    def alike(self, case: Case, since: datetime, limit: int = 5) -> Sequence[Case]:
        """Open cases of the same unit and kind since then: proposed for joining, a person decides."""

    def join(self, from_: CaseId, into: CaseId, now: datetime) -> None:
        """Reports and entries of `from_` move under `into`; `from_` closes as duplicate."""

    def search(self, words: str, limit: int = 20) -> Sequence[Case]:
        """By number, or by keyed hashes of folded name and place words that officers and reports gave."""

    def index_words(self, case: CaseId, words: Sequence[str]) -> None:
        """Folded words (no tone marks) kept as keyed hashes only, for `search`."""

    def assessed(self, case: CaseId, assessment: Assessment, at: datetime) -> None:
        """Keep every judgement with its version."""

    def erase(self, case: CaseId) -> None:
        """Destroy the case's key: its words are gone for good; numbers and dates stay."""


class Watches(Protocol):
    def add(self, watch: Watch) -> int: ...

    def of_case(self, case: CaseId) -> Watch | None: ...

    def save(self, watch: Watch) -> None: ...

    def due(self, now: datetime, limit: int) -> Sequence[Watch]:
        """Watches whose `again_at` has come; not locked: whoever acts locks the case and reads the watch again."""

    def add_alert(self, alert: Alert) -> int: ...

    def alert(self, id_: int) -> Alert | None: ...

    def set_alert(self, id_: int, state: AlertState, at: datetime) -> None: ...

    def alerts(self, case: CaseId) -> Sequence[Alert]: ...

    def rung_since(self, officer: OfficerId, since: datetime) -> Sequence[Alert]:
        """What this officer was alerted of since then, oldest first."""

    def rang(self, officer: OfficerId, channel: str, since: datetime) -> Urgency | None:
        """What rang this officer on this channel since then, failed alerts left out (for bundling).

        EMERGENCY if one of them was an emergency, else the urgency of any; None: nothing rang.
        """

    def bundled(self, now: datetime, limit: int) -> Sequence[Alert]:
        """Alerts that wait to go out together, once the earliest `bundle_at` of one person's channel has come.

        All that wait for that person's channel come along (`limit` counts pairs of officer and channel), in
        order of officer, channel, number; on PostgreSQL claimed with SKIP LOCKED.
        """

    def carry(self, alerts: Sequence[int], by: int) -> None:
        """These went out with the letter of alert `by` (or need not any more): they wait no longer."""

    def carried(self, by: int) -> Sequence[Alert]:
        """The alerts that went out with the letter of this one, without itself."""


StatusCounts = Mapping[Status, int]
