"""Whether a person can be reached now: reply windows that open and close, letters that wait for them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind, Status
from bot.domain.messages import Address, Heard, HeardKind, Lane, Letter, Line
from bot.domain.officers import Officer
from bot.domain.replacing import replace
from bot.ports import Contact, Deferred, Delivered, NewLetter, Outcome, Quota, Refused, UnitOfWork, Why
from bot.services import windows
from bot.services.duty import telling
from bot.services.reports import questions
from bot.services.tools import Tools

_NO_WORD = frozenset({HeardKind.BLOCKED, HeardKind.GROUP, HeardKind.NOTICE})
"""What is heard but opens no window."""


@dataclass(frozen=True, slots=True, repr=False)
class Way:
    """What a channel with a reply window must know before it sends."""

    contact: Contact | None
    officer: Officer | None
    """Where it is an officer's address: alerts look for another way at once, they never wait."""
    quota: Quota | None = None
    """What our account has left for letters that are paid for."""

    def nothing_left(self, now: datetime) -> bool:
        """Whether it is known that no reply, free or paid, is left for them: a letter must not be tried blindly."""
        if self.contact is None or self.contact.has_free(now):
            return False
        return self.contact.is_spent(now) or (self.quota is not None and self.quota.all_gone(now))

    def ran_out(self, now: datetime) -> bool:
        """Whether the quota that paid the last letter is empty: only the platform knows whether another is left."""
        if self.contact is None or self.contact.has_free(now):
            return False
        return self.quota is not None and self.quota.is_gone(now)


def way(uow: UnitOfWork, to: Address) -> Way:
    quota = uow.contacts.quota(to.channel, to.account)
    return Way(uow.contacts.get(to), uow.office.officer_at(to), quota)


# --- what is heard ---


def heard(uow: UnitOfWork, tools: Tools, told: Heard, now: datetime) -> bool:
    """Whatever somebody does opens the window anew; where letters waited for that, they go out.

    True: it was the word that an officer was asked for so that the window stays open, and has its answer.
    """
    traits = tools.traits.get(told.sender.channel)
    if traits is None or traits.window is None:
        return False
    if told.kind is HeardKind.BLOCKED:
        uow.contacts.blocked(told.sender, now)
    elif told.kind not in _NO_WORD:
        kept_open = windows.is_the_word(uow, told)
        interacted(uow, tools, told.sender, min(told.at, now), now)
        if kept_open:
            windows.thank(uow, tools, told, now)
        return kept_open
    return False


def interacted(uow: UnitOfWork, tools: Tools, person: Address, at: datetime, now: datetime) -> None:
    """They wrote, tapped, followed, at `at`: also for what needs no answer. Idempotent."""
    traits = tools.traits.get(person.channel)
    if traits is not None and traits.window is not None:
        was_held = uow.contacts.touched(person, at, traits.window, traits.free)
        if was_held:
            uow.outbox.release(person, now)
            _reached_again(uow, person, now)


def told(
    uow: UnitOfWork,
    tools: Tools,
    person: Address,
    last: datetime | None,
    now: datetime,
    *,
    remain: int | None = None,
    total: int | None = None,
) -> Contact | None:
    """What the platform answered when asked: the last interaction (None: none), free replies left."""
    if last is not None:
        interacted(uow, tools, person, min(last, now), now)
    uow.contacts.told(person, now, remain=remain, total=total)
    return uow.contacts.get(person)


# --- what became of a letter ---


def settled(uow: UnitOfWork, tools: Tools, letter: Letter, outcome: Outcome, now: datetime) -> None:
    """What it cost; and who could not be told because the window had closed, or no reply was left."""
    if outcome.spent:
        case = None if letter.case is None else CaseId(letter.case)
        uow.contacts.spent(letter.to, outcome.spent, now, case=case, letter=letter.id)
    if letter.case is not None and not isinstance(outcome, Delivered):
        # its case may have been joined into another while it was on its way
        letter = replace(letter, case=uow.outbox.case_of(letter.id) or letter.case)
    match outcome:
        case Deferred(why=Why.WINDOW | Why.QUOTA as why) if _has_window(tools, letter.to):
            _held(uow, tools, letter, why, now)
        case Refused(why=Why.WINDOW | Why.QUOTA) if _has_window(tools, letter.to):
            _elsewhere(uow, tools, letter, now)
        case Delivered() if not letter.react and _has_window(tools, letter.to):
            # a sign at a message of theirs arrives at any time, also while letters are held up
            _got_through(uow, letter, now)
        case Refused(why=Why.BLOCKED | Why.GONE):
            questions.lost(uow, letter, now)
            _dead_end(uow, tools, letter, now)
        case _:
            pass


def _has_window(tools: Tools, to: Address) -> bool:
    traits = tools.traits.get(to.channel)
    return traits is not None and traits.window is not None


def _held(uow: UnitOfWork, tools: Tools, letter: Letter, why: Why, now: datetime) -> None:
    """It waits until they come back, never on its own on another channel; the case says so."""
    contact = uow.contacts.get(letter.to)
    if contact is not None and (contact.is_open(now) if why is Why.WINDOW else contact.has_free(now)):
        uow.outbox.release(letter.to, now)  # they wrote while the letter was on its way back
        return
    uow.contacts.held(letter.to, now)
    case: Mapping[str, int] = {"case": letter.case or 0}
    closed = Line("told.out_of_reach", case) if why is Why.WINDOW else Line("told.no_reply_left", case)
    _show(uow, tools, letter, closed, now)


def _got_through(uow: UnitOfWork, letter: Letter, now: datetime) -> None:
    """What waited for replies to pay with may go although they have not written: the office bought more."""
    if uow.contacts.got_through(letter.to):
        uow.outbox.release(letter.to, now)
        _reached_again(uow, letter.to, now)


def _dead_end(uow: UnitOfWork, tools: Tools, letter: Letter, now: datetime) -> None:
    """They blocked us, or there is no such account any more; where a platform tells of it only so."""
    if not _has_window(tools, letter.to):
        return
    uow.contacts.blocked(letter.to, now)
    if uow.office.officer_at(letter.to) is not None:
        if letter.alert is None:  # an alert's address is given up by its ladder
            uow.office.unreachable(letter.to)
        _elsewhere(uow, tools, letter, now)
        return
    uow.contacts.held(letter.to, now)  # their next word ends it
    _show(uow, tools, letter, Line("told.blocked_us", {"case": letter.case or 0}), now)


def _show(uow: UnitOfWork, tools: Tools, letter: Letter, line: Line, now: datetime) -> None:
    """The case says that its reporter cannot be reached, and its officer is told."""
    case = None if letter.case is None else uow.cases.get(CaseId(letter.case))
    if case is None or not case.reached:
        return
    uow.cases.save(replace(case, reached=False))
    _note(uow, case, "unreachable", now)
    if case.status is not Status.CLOSED:
        telling.tell_owner(uow, tools, case, line, now)


def _elsewhere(uow: UnitOfWork, tools: Tools, letter: Letter, now: datetime) -> None:
    """An officer's letter goes to the next of their channels; an alert has its ladder for that."""
    officer = uow.office.officer_at(letter.to)
    if officer is None or letter.alert is not None or letter.lane is Lane.CAMPAIGN:
        return
    others = (to for to in telling.addresses(uow, officer) if to != letter.to)
    to = next((to for to in others if _is_open(uow, tools, to, now)), telling.desk_address(officer.id))
    # its buttons are signed for the old address: the words go, the way in is the new channel's own
    case = None if letter.case is None else CaseId(letter.case)
    uow.outbox.post(NewLetter(letter.lane, to, letter.text, case=case, private=letter.private), now)


def _is_open(uow: UnitOfWork, tools: Tools, to: Address, now: datetime) -> bool:
    """Known to be in reach there: a letter must not wander between two channels that are closed."""
    if not _has_window(tools, to):
        return True
    found = way(uow, to)
    return found.contact is not None and found.contact.is_open(now) and not found.nothing_left(now)


# --- cases whose reporter cannot be reached ---


def _reached_again(uow: UnitOfWork, person: Address, now: datetime) -> None:
    conversation, _ = uow.conversations.load(person)
    for case in uow.cases.of_conversation(conversation):
        if not case.reached:
            uow.cases.save(replace(case, reached=True))
            _note(uow, case, "reachable", now)


def _note(uow: UnitOfWork, case: Case, event: str, now: datetime) -> None:
    uow.cases.add_entry(Entry(0, case.id, now, Author.SYSTEM, EntryKind.EVENT, code=f"event.{event}"))
    uow.ledger.note(f"case.{event}", actor="system", subject=f"case:{case.id}", at=now)
