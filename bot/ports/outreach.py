"""Campaigns as they are remembered: campaigns, subscribers, runs with their letters, what came back."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.domain.campaigns.campaign import Audience, Campaign, State
from bot.domain.campaigns.subscribers import LetterState, Reach, Run, RunState, Subscriber
from bot.domain.messages import Address


class Campaigns(Protocol):
    def add(self, campaign: Campaign) -> int:
        """Insert (its id is ignored); returns the number. Raises ValueError where the code is taken."""

    def get(self, id_: int) -> Campaign | None:
        """Locked for the transaction on PostgreSQL."""

    def by_code(self, code: str) -> Campaign | None: ...

    def save(self, campaign: Campaign) -> bool:
        """Write all fields where `version` is still the one read, and count it up; False if somebody was faster."""

    def listing(self, states: Sequence[State] = (), limit: int = 500) -> Sequence[Campaign]: ...

    def due(self, now: datetime, limit: int) -> Sequence[Campaign]:
        """Approved ones whose `next_at` has come, by an index."""


class Subscribers(Protocol):
    def at(self, address: Address) -> Subscriber | None: ...

    def put(self, subscriber: Subscriber, now: datetime) -> int:
        """Insert or change by address; the number."""

    def stop(self, address: Address, now: datetime) -> bool:
        """At once: also what waits for this person is skipped. False if they had not subscribed."""

    def mark(self, address: Address, *, blocked: bool | None = None, unsafe: bool | None = None) -> None: ...

    def forget(self, address: Address) -> None: ...

    def reach(self, audience: Audience, now: datetime) -> Reach: ...


class Runs(Protocol):
    def begin(self, campaign: int, at: datetime, state: RunState, now: datetime) -> int | None:
        """One run per campaign and moment: None if there is one already (two processes, a clock put back)."""

    def get(self, run: int) -> Run | None: ...

    def of(self, campaign: int, limit: int = 50) -> Sequence[Run]:
        """Newest first."""

    def unfinished(self) -> Sequence[Run]: ...

    def text(self, run: int, lang: str, channel: str, text: str, buttons: bytes = b"") -> None:
        """The run's final words, kept once per language and channel."""

    def freeze(
        self, run: int, audience: Audience, cap: tuple[int, timedelta], limit: int, now: datetime
    ) -> int:
        """Add the next letters (at most `limit` people are looked at); 0: complete. Resumable at any point.

        `cap`: at most so many campaign letters to one person within that time.
        """

    def set_state(self, run: int, state: RunState, now: datetime) -> None: ...

    def count(self, run: int) -> Mapping[LetterState, int]: ...


class Replies(Protocol):
    """What came back, counted without following persons."""

    def clicked(self, run: int, link: str, day: date) -> None: ...

    def answered(self, run: int, quiz: str, answer: int, subscriber: int) -> bool:
        """False if this person had answered before."""

    def comes(self, event: str, subscriber: int, yes: bool, seats: int | None, now: datetime) -> bool:
        """False if no seat is left."""
