"""What the core asks of the world: channels that speak, a unit of work that remembers, words that people read."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from bot.domain.cases import (
    Alert,
    AlertState,
    Case,
    CaseId,
    Entry,
    Hazard,
    OfficerId,
    Status,
    Watch,
)
from bot.domain.conversation import Conversation
from bot.domain.kinds import Urgency
from bot.domain.messages import Address, Attachment, Button, Heard, Lane, Letter, Line, Voice
from bot.domain.officers import Officer, Roster
from bot.domain.understanding import Assessment, Point

T = TypeVar("T")

# --- channels -------------------------------------------------------------------------------------------


class Scope(StrEnum):
    """What a deferral holds up."""

    CHAT = "chat"
    ACCOUNT = "account"


class Why(StrEnum):
    """Why a letter was refused or must wait; the courier and the case show it."""

    RATE = "rate"
    NETWORK = "network"
    PLATFORM = "platform"  # the platform's own fault
    BLOCKED = "blocked"  # the person blocked us
    GONE = "gone"  # no such chat, account deleted
    WINDOW = "window"  # outside the reply window
    QUOTA = "quota"
    NIGHT = "night"
    TOKEN = "token"  # noqa: S105 - our own credentials were refused
    CONTENT = "content"  # the platform does not take this text
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Delivered:
    platform_id: str = ""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Try again after `wait`; what else has to wait is told by `scope`."""

    wait: timedelta
    scope: Scope
    why: Why


@dataclass(frozen=True, slots=True)
class Refused:
    """It will never be delivered there."""

    why: Why
    moved_to: str = ""
    """The person's new id on the platform, where it told (group upgraded)."""


Outcome = Delivered | Deferred | Refused


@dataclass(frozen=True, slots=True)
class Traits:
    """What a channel can do: dialogue and courier ask here, nobody asks "is it Telegram?"."""

    text_limit: int
    """Characters after NFC; longer letters are split by the channel at sentence ends."""
    buttons: int
    """How many at most in one message; 0: none, choices become numbered answers."""
    location: bool
    media: bool
    download_limit: int
    """Bytes of the largest file the platform hands over."""
    may_write_first: bool
    pull: bool = False
    """The person's page fetches its letters; the courier does not send."""
    per_second: float = 30.0
    """Letters a second for the whole account."""
    per_chat: timedelta = timedelta(seconds=1)
    """Shortest time between two letters to one person."""
    window: timedelta | None = None
    """How long after the person's last word we may write; None: for ever."""


@dataclass(frozen=True, slots=True, repr=False)
class Fetched:
    content: bytes
    mime: str = ""


@dataclass(frozen=True, slots=True)
class TooLarge:
    size: int | None


@dataclass(frozen=True, slots=True)
class NotFetched:
    """Try again if `again`."""

    again: bool


FetchOutcome = Fetched | TooLarge | NotFetched


class Channel(Protocol):
    """One account that we hold on a platform."""

    @property
    def name(self) -> str: ...
    @property
    def account(self) -> str: ...
    @property
    def traits(self) -> Traits: ...
    async def send(self, letter: Letter) -> Outcome: ...
    async def fetch(self, attachment: Attachment) -> FetchOutcome: ...
    async def run(self) -> None:
        """Hear until cancelled (polling), or keep the webhook registered; returns only when cancelled."""


# --- words ----------------------------------------------------------------------------------------------


class Words(Protocol):
    """The catalogue."""

    def render(self, line: Line, lang: str, voice: Voice = Voice.UNKNOWN) -> str:
        """The sentence; the variant for `voice` where there is one; falls back to Vietnamese, never to the key."""

    @property
    def languages(self) -> tuple[str, ...]: ...


# --- what is remembered -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, repr=False)
class Waiting:
    """One unanswered row of the inbox."""

    id: int
    heard: Heard
    tries: int


class Inbox(Protocol):
    def put(self, heard: Heard, now: datetime) -> bool:
        """Store; False if it was there already (unique on channel, account, message id)."""

    def oldest(self, sender: Address) -> Waiting | None:
        """The oldest unanswered row of this person."""

    def mark(self, row: int) -> None:
        """Answered: the row stays for its unique key, its words go."""

    def failed(self, row: int) -> int:
        """Count a failed turn; returns how many there were."""

    def give_up(self, row: int) -> None:
        """Poison: a human has it now; the sealed original stays."""

    def forget(self, sender: Address) -> int:
        """The originals of this person that were given up go: what they told is erased. How many."""

    def unanswered(self, older_than: datetime, limit: int) -> Sequence[Address]:
        """People who wait although no turn is under way (after a crash)."""

    def recent(self, sender: Address, since: datetime) -> int:
        """How many messages this person sent since then."""

    def waiting(self) -> int: ...


class Conversations(Protocol):
    def load(self, person: Address) -> tuple[int, Conversation]:
        """(id, state); on PostgreSQL the row is locked. A new person gets a row with a fresh state."""

    def save(self, id_: int, state: Conversation) -> None: ...

    def get(self, id_: int) -> tuple[Address, Conversation] | None: ...

    def quiet(self, now: datetime, limit: int) -> Sequence[Address]:
        """People whose `wake_at` has come."""

    def erase(self, id_: int) -> None: ...


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


@dataclass(frozen=True, slots=True, repr=False)
class NewLetter:
    """A letter before it has a number."""

    lane: Lane
    to: Address
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    ask: str = ""
    alert: int | None = None
    case: CaseId | None = None
    due_at: datetime | None = None
    """Not before then."""
    private: bool = True


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of one letter."""

    letter: int
    outcome: Outcome


class Outbox(Protocol):
    def post(self, letter: NewLetter, now: datetime) -> int: ...

    def claim(
        self, channel: str, account: str, lane: Lane, limit: int, now: datetime, lease: timedelta
    ) -> Sequence[Letter]:
        """Take due letters, oldest first, at most one per person, none for a person with a letter in flight."""

    def settle(self, settled: Sequence[Settled], now: datetime) -> None:
        """Delivered: its words go. Deferred: due again after the wait. Refused: kept with its reason, words gone."""

    def waiting_for(self, person: Address, after: int, limit: int = 50) -> Sequence[Letter]:
        """For pull channels: letters after this number that the page has not confirmed."""

    def seen(self, person: Address, upto: int, now: datetime) -> None:
        """The page has shown everything up to this number."""

    def next_due(self, channel: str, account: str, lane: Lane) -> datetime | None: ...

    def backlog(self) -> Mapping[Lane, int]: ...

    def drop_for(self, person: Address) -> int:
        """Waiting letters to somebody who must not be written to any more; returns how many."""


class Ledger(Protocol):
    """Append-only and hash-chained: ids, codes and digests, no words."""

    def note(self, action: str, *, actor: str, subject: str, detail: str = "", at: datetime) -> None:
        """`actor` and `subject` are codes such as "officer:12", "case:7", "system"; linked later by `link`."""

    def link(self, limit: int) -> int:
        """Chain rows that are not chained yet, in order; returns how many."""

    def verify(self) -> int | None:
        """The id of the first row that does not fit, or None."""

    def of(self, subject: str, limit: int = 200) -> Sequence["LedgerRow"]: ...


@dataclass(frozen=True, slots=True)
class LedgerRow:
    id: int
    at: datetime
    actor: str
    action: str
    subject: str
    detail: str


class Office(Protocol):
    """Roster, enrolled addresses, invitations."""

    def roster(self) -> Roster:
        """Cached by version; `reachable` filled from enrolled addresses."""

    def replace(self, roster: Roster) -> None:
        """Import: all or nothing; officers keep their ids and addresses by code; those missing are retired."""

    def officer(self, id_: int) -> Officer | None: ...

    def officer_at(self, address: Address) -> Officer | None: ...

    def address_of(self, officer: int, channel: str) -> Address | None: ...

    def enrol(self, officer: int, address: Address, now: datetime) -> None: ...

    def unreachable(self, address: Address) -> None:
        """A dead address: it no longer counts as a way to reach this officer, until they write again."""

    def leave(self, officer: int) -> None:
        """All addresses of this officer go."""

    def on_duty(self, officer: int, on: bool) -> None: ...

    def collaborator_at(self, address: Address) -> Officer | None: ...


class Links(Protocol):
    """One-time tokens and device sessions: only keyed hashes are stored."""

    def put(
        self, purpose: str, token: bytes, subject: str, expires: datetime, now: datetime | None = None
    ) -> None:
        """`purpose`: "invitation", "case_link", "login", "session" …; `now`: when it was made, for `listing`."""

    def take(self, purpose: str, token: bytes, now: datetime) -> str | None:
        """The subject, exactly once."""

    def peek(self, purpose: str, token: bytes, now: datetime) -> str | None: ...

    def touch(self, purpose: str, token: bytes, expires: datetime, now: datetime | None = None) -> None: ...

    def drop(self, purpose: str, token: bytes) -> None: ...

    def drop_all(self, purpose: str, subject: str) -> int: ...

    def revoke(self, purpose: str, subject: str, row: int) -> bool:
        """End one of `listing` by its number; False where this subject has none of that number."""

    def listing(self, purpose: str, subject: str) -> Sequence["LinkRow"]: ...

    def attempts(self, purpose: str, who: str, since: datetime) -> int:
        """How often `who` ("" for everybody) tried since then."""

    def tried(self, purpose: str, who: str, now: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class LinkRow:
    id: int
    subject: str
    created: datetime
    seen: datetime
    expires: datetime


class FileState(StrEnum):
    WAITING = "waiting"
    KEPT = "kept"
    TOO_LARGE = "too_large"
    LOST = "lost"


@dataclass(frozen=True, slots=True, repr=False)
class FileRow:
    """An attachment: fetched with retries, its original sealed whole with its digest and time."""

    id: int
    case: CaseId | None
    channel: str
    account: str
    attachment: Attachment
    state: FileState
    tries: int
    at: datetime
    sha256: str = ""
    size: int = 0
    restricted: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class SealedFile:
    """An original that stands sealed on disk, before a row says so."""

    name: str
    about: bytes
    size: int


class Files(Protocol):
    def put(
        self, case: CaseId | None, channel: str, account: str, attachment: Attachment, now: datetime
    ) -> int: ...

    def attach(self, file: int, case: CaseId) -> None: ...

    def get(self, file: int) -> FileRow | None: ...

    def due(self, now: datetime, limit: int) -> Sequence[FileRow]: ...

    def kept(self, file: int, content: bytes, mime: str, now: datetime) -> None:
        """Seal and store the original; SHA-256 and size are taken here."""

    def seal_up(self, file: int, content: bytes, mime: str) -> SealedFile | None:
        """The slow half of `kept`, to be done in a read: no turn waits while 20 MB are sealed and synced.

        None: the file is not there any more.
        """

    def record(self, file: int, sealed: SealedFile, now: datetime) -> bool:
        """The quick half, in a write; False where it was erased or kept meanwhile."""

    def put_off(self, file: int, until: datetime) -> None: ...

    def lost(self, file: int, state: FileState) -> None: ...

    def content(self, file: int) -> bytes | None:
        """The original, unsealed."""

    def of_case(self, case: CaseId) -> Sequence[FileRow]: ...


class UnitOfWork(Protocol):
    """One transaction: everything in it is committed together, by whoever opened it."""

    @property
    def inbox(self) -> Inbox: ...
    @property
    def conversations(self) -> Conversations: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def watches(self) -> Watches: ...
    @property
    def outbox(self) -> Outbox: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def office(self) -> Office: ...
    @property
    def links(self) -> Links: ...
    @property
    def files(self) -> Files: ...


class Store(Protocol):
    """Runs plain functions in transactions: writes in the writer thread (or a pool), reads beside it."""

    def write(self, work: Callable[[UnitOfWork], T], *, first: bool = False) -> T:
        """Run and commit; returns after the commit. `first` goes ahead of what waits (inbox rows)."""

    def submit(self, work: Callable[[UnitOfWork], T], *, first: bool = False) -> "Future[T]":
        """As `write`, without waiting: done after the commit, in the order of submission for `first` and the rest.

        The event loop awaits it, so that a thousand turns may wait for one group commit without a thread each.
        """

    def read(self, work: Callable[[UnitOfWork], T]) -> T: ...

    def close(self) -> None: ...


class Signer(Protocol):
    """Keyed hashes and one-time secrets; keys live outside the database."""

    def digest(self, purpose: str, text: str) -> bytes:
        """HMAC-SHA256, 32 bytes."""

    def token(self, octets: int = 16) -> str:
        """A fresh random token, URL-safe."""

    def receipt(self) -> str:
        """16 fresh digits that hold 53 random bits."""


StatusCounts = Mapping[Status, int]
