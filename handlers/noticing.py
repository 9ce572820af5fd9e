"""A unit of work that remembers for whom letters were posted: their carriers wake after the commit."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from bot.domain.cases import CaseId
from bot.domain.messages import Address, Lane, Letter
from bot.ports import (
    Alarms,
    Cases,
    Contacts,
    Conversations,
    Files,
    Inbox,
    Judgements,
    Ledger,
    Links,
    NewLetter,
    Offers,
    Office,
    Outbox,
    Quarantine,
    Readings,
    Settled,
    Tallies,
    Tokens,
    UnitOfWork,
    Watches,
)
from bot.ports.outreach import Campaigns, Runs, Subscribers
from bot.ports.replies import Pictures, Replies

Posted = list[tuple[Address, Lane]]


class NoticingOutbox:
    """The outbox itself, with one eye on `post`."""

    def __init__(self, outbox: Outbox, posted: Posted) -> None:
        self._outbox = outbox
        self._posted = posted

    def post(self, letter: NewLetter, now: datetime) -> int:
        number = self._outbox.post(letter, now)
        self._posted.append((letter.to, letter.lane))
        return number

    def claim(
        self, channel: str, account: str, lane: Lane, limit: int, now: datetime, lease: timedelta
    ) -> Sequence[Letter]:
        return self._outbox.claim(channel, account, lane, limit, now, lease)

    def settle(self, settled: Sequence[Settled], now: datetime) -> None:
        self._outbox.settle(settled, now)

    def waiting_for(self, person: Address, after: int, limit: int = 50) -> Sequence[Letter]:
        return self._outbox.waiting_for(person, after, limit)

    def seen(self, person: Address, upto: int, now: datetime) -> None:
        self._outbox.seen(person, upto, now)

    def next_due(self, channel: str, account: str, lane: Lane) -> datetime | None:
        return self._outbox.next_due(channel, account, lane)

    def backlog(self) -> Mapping[Lane, int]:
        return self._outbox.backlog()

    def release(self, person: Address, now: datetime) -> int:
        released = self._outbox.release(person, now)
        if released:
            self._posted += [(person, lane) for lane in Lane]
        return released

    def drop_for(self, person: Address) -> int:
        return self._outbox.drop_for(person)

    def case_of(self, letter: int) -> CaseId | None:
        return self._outbox.case_of(letter)

    def is_ours(self, person: Address, message: str) -> bool:
        return self._outbox.is_ours(person, message)

    def reached(self, messages: Sequence[str], at: datetime, *, seen: bool) -> Sequence[int]:
        return self._outbox.reached(messages, at, seen=seen)


class Noticing:
    """The unit of work itself, with a noticing outbox."""

    def __init__(self, uow: UnitOfWork, posted: Posted) -> None:
        self._uow = uow
        self._outbox = NoticingOutbox(uow.outbox, posted)

    @property
    def outbox(self) -> Outbox:
        return self._outbox

    @property
    def inbox(self) -> Inbox:
        return self._uow.inbox

    @property
    def conversations(self) -> Conversations:
        return self._uow.conversations

    @property
    def cases(self) -> Cases:
        return self._uow.cases

    @property
    def watches(self) -> Watches:
        return self._uow.watches

    @property
    def ledger(self) -> Ledger:
        return self._uow.ledger

    @property
    def office(self) -> Office:
        return self._uow.office

    @property
    def links(self) -> Links:
        return self._uow.links

    @property
    def offers(self) -> Offers:
        return self._uow.offers

    @property
    def tallies(self) -> Tallies:
        return self._uow.tallies

    @property
    def files(self) -> Files:
        return self._uow.files

    @property
    def judgements(self) -> Judgements:
        return self._uow.judgements

    @property
    def readings(self) -> Readings:
        return self._uow.readings

    @property
    def contacts(self) -> Contacts:
        return self._uow.contacts

    @property
    def tokens(self) -> Tokens:
        return self._uow.tokens

    @property
    def alarms(self) -> Alarms:
        return self._uow.alarms

    @property
    def quarantine(self) -> Quarantine:
        return self._uow.quarantine

    @property
    def campaigns(self) -> Campaigns:
        return self._uow.campaigns

    @property
    def subscribers(self) -> Subscribers:
        return self._uow.subscribers

    @property
    def runs(self) -> Runs:
        return self._uow.runs

    @property
    def replies(self) -> Replies:
        return self._uow.replies

    @property
    def pictures(self) -> Pictures:
        return self._uow.pictures
