"""Campaigns as they are remembered: campaigns, subscribers, runs with their letters, what came back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.campaigns.campaign import Audience, Campaign, Content, Picture, State
from bot.domain.campaigns.subscribers import LetterState, Reach, Run, RunState, Subscriber
from bot.domain.messages import Address, Approved, Button, Enclosure
from bot.ports.talk import Settled


@dataclass(frozen=True, slots=True, repr=False)
class RunLetter:
    """One person's letter of a run, about to be sent; its words may still hold the person's own placeholders."""

    id: int
    """Unlike any number of the outbox."""
    run: int
    campaign: int
    subscriber: int
    to: Address
    lang: str
    """Of the text, which need not be the person's own where there is none in it."""
    unit: str | None
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    picture: Enclosure | None = None
    urgent: bool = False
    approved: Approved | None = None
    outside: bool = False
    """As of the claim: the reply window has closed, and `approved` goes."""


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

    def get(self, id_: int) -> Subscriber | None: ...

    def put(self, subscriber: Subscriber, now: datetime) -> int:
        """Insert or change by address; the number."""

    def stop(self, address: Address, now: datetime) -> bool:
        """At once, on every account of the platform: also what waits for this person is skipped, and a name that
        they gave for an event goes. False if they had not subscribed on any."""

    def mark(self, address: Address, *, blocked: bool | None = None, unsafe: bool | None = None) -> None:
        """`blocked`: this account. `unsafe`: the conversation there; while one of a person's conversations on a
        platform is, none of its accounts sends letters."""

    def forget(self, address: Address) -> None:
        """On every account of the platform."""

    def reach(
        self,
        audience: Audience,
        now: datetime,
        *,
        channels: Sequence[str] | None = None,
        windowed: Sequence[str] = (),
        templated: Sequence[str] = (),
    ) -> Reach:
        """`channels`: those that are configured (others count as left out; None: all); `windowed`: those of
        them where only people count whose reply window is open; `templated`: those of these where a template
        reaches the others."""

    def by_source(self) -> Mapping[str, int]:
        """By code of the QR code, link, word or button: how many said yes and have not stopped."""

    def stopped_between(self, since: datetime, until: datetime) -> int:
        """How many stopped in that time."""


class Runs(Protocol):
    def begin(
        self,
        campaign: int,
        at: datetime,
        state: RunState,
        now: datetime,
        *,
        latest: datetime | None = None,
        content: Content | None = None,
    ) -> int | None:
        """One run per campaign and moment: None if there is one already (two processes, a clock put back).

        `latest`: a letter that was put off is given up after this (skipped: LATE); None: a day from `now`.
        `content`: what its letters lead to, kept with the run but for the texts.
        """

    def content(self, run: int) -> Content | None:
        """Links, quiz and event as they were when it began; None: not kept."""

    def remind(self, run: int, event: str, now: datetime) -> int:
        """Add a letter for each who comes to the event; the run's words are given. How many are to be sent.

        As with every letter consent, block and the unsafe mark are looked at when it goes.
        """

    def get(self, run: int) -> Run | None: ...

    def of(self, campaign: int, limit: int = 50) -> Sequence[Run]:
        """Newest first."""

    def unfinished(self) -> Sequence[Run]: ...

    def text(
        self,
        run: int,
        lang: str,
        channel: str,
        text: str,
        buttons: Sequence[Sequence[Button]] = (),
        *,
        picture: Picture | None = None,
        windowed: bool = False,
        template: Approved | None = None,
    ) -> None:
        """The run's final words, kept once per language and channel; to be given before the first `freeze`.

        A person whose language has none gets the Vietnamese ones; a channel without any gets no letters
        (skipped: `CHANNEL`). `windowed`: only to people whose reply window on this channel is open; the others get
        `template`, where there is one.
        """

    def freeze(
        self, run: int, audience: Audience, cap: tuple[int, timedelta], limit: int, now: datetime
    ) -> int:
        """Look at the next subscribers (at most `limit`) and add the letters of those whom it is for.

        How many were looked at; 0: complete, then the run is `ready` and, unless it is paused, SENDING.
        Resumable at any point: the place where it goes on is committed with the letters.

        `cap`: at most so many campaign letters to one person within that time (`limits.cap_of`); `audience`:
        `due.audience_of(campaign, run.at)`, which narrows a personal rule to that day's people.
        """

    def set_state(self, run: int, state: RunState, now: datetime) -> None: ...

    def count(self, run: int) -> Mapping[LetterState, int]: ...

    def claim(
        self,
        channel: str,
        account: str,
        limit: int,
        now: datetime,
        lease: timedelta,
        *,
        urgent_only: bool = False,
    ) -> Sequence[RunLetter]:
        """Take letters of runs that are being sent, urgent ones first; who may not be written to any more is
        skipped with the reason. What is not settled within the lease becomes UNKNOWN and is never repeated.
        A run of which nothing is left is DONE."""

    def wanted(self, letter: int) -> bool:
        """Whether a letter that was claimed a moment ago may still go."""

    def settle(self, settled: Sequence[Settled], now: datetime) -> None:
        """Delivered: SENT. Put off: waiting again; where the answer was lost: UNKNOWN. Refused as blocked or
        gone: they get nothing more until they write again."""

    def told(self, letter: int, state: LetterState, now: datetime) -> bool:
        """This letter was DELIVERED or SEEN, says the platform; False where that was known."""
