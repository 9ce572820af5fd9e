"""One transaction with everything that is remembered, and who runs it."""

from collections.abc import Callable
from concurrent.futures import Future
from enum import IntEnum
from typing import Protocol, TypeVar

from bot.ports.accounts import Alarms, Tokens
from bot.ports.cases import Cases, Watches
from bot.ports.contacts import Contacts
from bot.ports.files import Files
from bot.ports.judging import Judgements, Readings
from bot.ports.offers import Offers
from bot.ports.office import Ledger, Links, Office
from bot.ports.outreach import Campaigns, Runs, Subscribers
from bot.ports.quarantine import Quarantine
from bot.ports.replies import Pictures, Replies
from bot.ports.talk import Conversations, Inbox, Outbox
from bot.ports.tallies import Tallies

T = TypeVar("T")


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
    def offers(self) -> Offers: ...
    @property
    def tallies(self) -> Tallies: ...
    @property
    def files(self) -> Files: ...
    @property
    def judgements(self) -> Judgements: ...
    @property
    def readings(self) -> Readings: ...
    @property
    def contacts(self) -> Contacts: ...
    @property
    def tokens(self) -> Tokens: ...
    @property
    def alarms(self) -> Alarms: ...
    @property
    def quarantine(self) -> Quarantine: ...
    @property
    def campaigns(self) -> Campaigns: ...
    @property
    def subscribers(self) -> Subscribers: ...
    @property
    def runs(self) -> Runs: ...
    @property
    def replies(self) -> Replies: ...
    @property
    def pictures(self) -> Pictures: ...


class Haste(IntEnum):
    """What of all that waits is written first."""

    FIRST = 0
    """Inbox rows: whoever wrote waits for their platform to be told that we have it."""
    USUAL = 1
    LAST = 2
    """Campaigns: only when nobody else waits, but never for longer than a second."""


class Store(Protocol):
    """Runs plain functions in transactions: writes in the writer thread (or a pool), reads beside it."""

    def write(self, work: Callable[[UnitOfWork], T], *, haste: Haste = Haste.USUAL) -> T:
        """Run and commit; returns after the commit."""

    def submit(self, work: Callable[[UnitOfWork], T], *, haste: Haste = Haste.USUAL) -> "Future[T]":
        """As `write`, without waiting: done after the commit, in the order of submission for each haste.

        The event loop awaits it, so that a thousand turns may wait for one group commit without a thread each.
        """

    def read(self, work: Callable[[UnitOfWork], T]) -> T: ...

    def close(self) -> None: ...
