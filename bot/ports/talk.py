"""What is heard and said: inbox, conversations, outbox."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.cases import CaseId
from bot.domain.conversation import Conversation
from bot.domain.messages import Address, Button, Enclosure, Heard, Lane, Letter
from bot.ports.channels import Outcome


@dataclass(frozen=True, slots=True, repr=False)
class Waiting:
    """One unanswered row of the inbox."""

    id: int
    heard: Heard
    tries: int


class Inbox(Protocol):
    def put(self, heard: Heard, now: datetime) -> bool:
        """Store; False if it was there already (unique on channel, account, message id)."""

    def amend(self, heard: Heard) -> None:
        """The row of this very message holds this instead: what came along has rows of its own now."""

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

    def unanswered(self, older_than: datetime, limit: int) -> Sequence[Address | None]:
        """People who wait although no turn is under way (after a crash); None for each whose row does not open."""

    def set_aside_unreadable(self, older_than: datetime, limit: int) -> int:
        """Rows that do not open (damaged, or another key): they stay as they are and hold nobody up; how many."""

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

    def waking(self, after: datetime, before: datetime, limit: int) -> Sequence[int]:
        """Conversations whose `wake_at` lies between, the latest first."""

    def erase(self, id_: int) -> None: ...

    def forget(self, id_: int) -> None:
        """State and address go: who writes from there again is somebody new."""


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
    react: str = ""
    """See `Letter.react`."""
    enclosure: Enclosure | None = None


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

    def release(self, person: Address, now: datetime) -> int:
        """Letters that waited for this person's reply window are due at once; returns how many."""

    def drop_for(self, person: Address) -> int:
        """Waiting letters to somebody who must not be written to any more; returns how many."""

    def case_of(self, letter: int) -> CaseId | None:
        """The case that it belongs to by now: another than it was claimed with, where they were joined since."""

    def is_ours(self, person: Address, message: str) -> bool:
        """Whether this message to them, by the platform's id, carried a letter of ours, or one is on its way."""

    def reached(self, messages: Sequence[str], at: datetime, *, seen: bool) -> Sequence[int]:
        """Messages, by ids of `Delivered.tracked`, arrived or were seen; the alerts that were seen thereby."""
