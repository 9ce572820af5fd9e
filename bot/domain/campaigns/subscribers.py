"""Who asked to hear from the office, and what a letter to them may become."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

from bot.domain.campaigns.campaign import Group, Topic
from bot.domain.messages import Address


@dataclass(frozen=True, slots=True, repr=False)
class Subscriber:
    """One person's consent on one channel; somebody who reported is never made one."""

    id: int
    address: Address
    group: Group = Group.CITIZEN
    unit: str | None = None
    """5-digit commune code; None: not said."""
    province: str | None = None
    """2-digit code of its province, so that an audience of a whole province is one comparison."""
    tags: frozenset[str] = field(default_factory=frozenset)
    """Of the QR code or link by which they came (a school, an industrial zone)."""
    lang: str = "vi"
    topics: frozenset[Topic] = field(default_factory=lambda: frozenset(Topic))
    since: datetime | None = None
    """When they said yes; the act is in the ledger."""
    stopped: bool = False
    blocked: bool = False
    """They blocked us; writing again brings them back."""
    unsafe: bool = False
    """Their conversation on this account is marked unsafe: never a letter on its own account."""
    born: date | None = None
    """First day of the month in which their child was born, where they told."""
    source: str = ""
    """Code of the button, word, link or QR code."""

    def __repr__(self) -> str:
        return f"Subscriber({self.id})"


class Skipped(StrEnum):
    """Why somebody of the audience gets no letter."""

    CAP = "cap"
    WINDOW = "window"
    BLOCKED = "blocked"
    NO_CONSENT = "no_consent"
    UNSAFE = "unsafe"
    NO_TEXT = "no_text"
    CHANNEL = "channel"  # the channel is not configured
    LATE = "late"  # put off again and again until it was too late


class LetterState(IntEnum):
    """Of one letter of a run."""

    WAITING = 0
    IN_FLIGHT = 1
    SENT = 2
    DELIVERED = 3
    SEEN = 4
    REFUSED = 5
    SKIPPED = 6
    UNKNOWN = 7
    """In flight when the program died: not repeated."""


class RunState(StrEnum):
    FREEZING = "freezing"
    SENDING = "sending"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"
    MISSED = "missed"
    """Its time went by while nothing ran, beyond the tolerance."""


@dataclass(frozen=True, slots=True)
class Run:
    """One occurrence of a campaign."""

    id: int
    campaign: int
    at: datetime
    state: RunState
    frozen: int = 0
    """Letters to its audience so far; a reminder to those who come to an event has none."""
    ready: bool = False
    """The audience is complete: sending may start."""
    counts: dict[LetterState, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    """Why letters were refused or skipped."""
    started_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def reminds(self) -> bool:
        """Its letters go only to those who said that they come to the event."""
        return not self.frozen and bool(self.counts)


@dataclass(frozen=True, slots=True)
class Reach:
    """Counted before sending: how many a channel reaches, and who is left out why."""

    total: int
    by_channel: dict[str, int]
    by_language: dict[str, int]
    left_out: dict[Skipped, int]
    by_template: dict[str, int] = field(default_factory=dict)
    """Of those in `by_channel`: outside the reply window, with an approved template."""
    paid: dict[str, int] = field(default_factory=dict)
    """Of those in `by_channel`: inside the window, but past its free part."""
