"""The way to each person on a channel with a reply window, and what each letter there cost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.cases import CaseId
from bot.domain.messages import Address
from bot.ports.channels import Spent

TOLD_HOLDS = timedelta(hours=1)
"""That nothing is left is believed for so long; then one letter tries again, for the office may have bought more."""


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """What is known of the way to one person."""

    address: Address
    heard_at: datetime | None = None
    """The last interaction: a message, a tap, a follow. None: none that we know of."""
    free_until: datetime | None = None
    window_until: datetime | None = None
    """After this the platform takes no ordinary letter for them; None: not known."""
    remain: int | None = None
    total: int | None = None
    """Free replies left, and how many there were, as the platform last told."""
    asked_at: datetime | None = None
    """When the platform was last asked for the above."""
    blocked: bool = False
    human_since: datetime | None = None
    """A human answers in the platform's own tool since then: the bot has stepped back until it is called."""
    reminded_at: datetime | None = None
    """When an officer was last asked to say a word so that the window stays open."""
    nudged_at: datetime | None = None
    """When they were last told by a template that a letter waits for them."""
    held_at: datetime | None = None
    """A letter waits for them since then: the window had closed, or no reply was left."""
    spent_at: datetime | None = None
    """When the platform last took no letter for them because nothing was left; their next word ends it."""

    def is_open(self, now: datetime) -> bool:
        """Whether an ordinary letter may be sent now, as far as we know."""
        return not self.blocked and self.window_until is not None and now < self.window_until

    def is_free(self, now: datetime) -> bool:
        return self.is_open(now) and self.free_until is not None and now < self.free_until

    def is_spent(self, now: datetime) -> bool:
        """Whether the platform said lately that no letter, free or paid, is left for them."""
        return self.spent_at is not None and now - self.spent_at < TOLD_HOLDS

    def has_free(self, now: datetime) -> bool:
        """Whether a free reply is left, as far as we know."""
        return self.is_free(now) and self.remain != 0 and not self.is_spent(now)

    def reachable(self, now: datetime) -> bool:
        """Whether what we say arrives: no letter is held back and the window is open."""
        return self.held_at is None and self.is_open(now)


@dataclass(frozen=True, slots=True)
class Quota:
    """What an account had left to pay letters with, as the platform last told."""

    remain: int
    told_at: datetime
    kind: str = ""
    """Of which quota; "": it refused a letter because nothing was left in any."""

    def is_gone(self, now: datetime) -> bool:
        """Whether this one is empty, as was told lately; that says nothing of the others."""
        return self.remain == 0 and now - self.told_at < TOLD_HOLDS

    def all_gone(self, now: datetime) -> bool:
        """Whether nothing is left in any, as was told lately."""
        return not self.kind and self.is_gone(now)


@dataclass(frozen=True, slots=True)
class SpentRow:
    """What one message cost."""

    at: datetime
    channel: str
    spent: Spent
    case: CaseId | None = None
    letter: int | None = None


@dataclass(frozen=True, slots=True)
class WindowCounts:
    """How many people of one account are …"""

    known: int
    open: int
    free: int
    blocked: int
    held: int
    """Letters wait for them: their window had closed, or no reply was left."""
    stepped_back: int
    last_heard: datetime | None = None
    """Of anybody: when the platform last told us of a word."""
    replies: int = 0
    """Free replies that are left, for all whose number the platform has told."""
    used_up: int = 0
    """How many have used up their free replies although the free time still runs."""


class Contacts(Protocol):
    def get(self, person: Address) -> Contact | None:
        """None: never heard of on this channel."""

    def touched(
        self, person: Address, at: datetime, window: timedelta, free: timedelta | None = None
    ) -> bool:
        """They interacted at `at`: the windows run from there (never backwards), `blocked` and `held_at` end.

        True where a letter was held back for them until now.
        """

    def blocked(self, person: Address, at: datetime) -> None:
        """They blocked us, or withdrew; the next interaction ends it."""

    def told(
        self,
        person: Address,
        now: datetime,
        *,
        remain: int | None = None,
        total: int | None = None,
    ) -> None:
        """What the platform told of the replies left, as an answer to our question; only what is given."""

    def closed(self, person: Address, now: datetime) -> None:
        """The platform says that the window is closed, whatever we thought."""

    def held(self, person: Address, now: datetime) -> bool:
        """A letter waits for them; True where none did before."""

    def got_through(self, person: Address) -> bool:
        """A letter arrived; True where one had waited for them until now."""

    def used_up(self, person: Address, now: datetime, *, paid: bool) -> None:
        """The platform took no letter for them because nothing is left; `paid`: the account cannot pay any either."""

    def quota(self, channel: str, account: str) -> Quota | None:
        """What the account has left for letters past the free ones; None: the platform has not told yet."""

    def told_quota(self, channel: str, account: str, quota: Quota) -> None:
        """The platform's answer when asked for it."""

    def stepped_back(self, person: Address, at: datetime) -> bool:
        """A human answers in the platform's tool; True where the bot answered until now."""

    def human_since(self, person: Address) -> datetime | None:
        """Since when a human has answered them by hand; None: we do."""

    def called_back(self, person: Address) -> bool:
        """The bot answers again; True where it had stepped back."""

    def reminded(self, person: Address, now: datetime) -> None: ...

    def nudged(self, person: Address, now: datetime) -> None: ...

    def closing(self, channel: str, now: datetime, within: timedelta, limit: int) -> Sequence[Contact]:
        """Enrolled officers whose window ends within this time and who were not reminded since they last spoke."""

    def counts(self, channel: str, now: datetime) -> WindowCounts: ...

    def forget(self, person: Address) -> None:
        """Everything known of the way to them goes (they withdrew); what was spent stays as numbers."""

    # --- what it cost ---

    def spent(
        self,
        person: Address,
        spent: Sequence[Spent],
        now: datetime,
        *,
        case: CaseId | None = None,
        letter: int | None = None,
        campaign: int | None = None,
    ) -> None:
        """One row a message; what the platform told of the quota left is kept with the person, or the account."""

    def cost_of_case(self, case: CaseId) -> Mapping[str, int]:
        """Messages by kind: "cs:reply" (free), "cs:sub_quota", "template_uid:…" …; see `Spent.kind`."""

    def cost_of_person(self, person: Address) -> Mapping[str, int]: ...

    def cost_of_campaign(self, campaign: int) -> Mapping[str, int]: ...

    def cost_since(self, channel: str, since: datetime) -> Mapping[str, int]: ...
