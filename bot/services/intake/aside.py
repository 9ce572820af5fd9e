"""A human answers somebody by hand, in the platform's own tool: we step back there until we are called."""

from datetime import datetime, timedelta

from bot.domain import dialogue
from bot.domain.conversation import Conversation, Facts
from bot.domain.effects import Turn
from bot.domain.messages import Address, Heard
from bot.ports import UnitOfWork
from bot.services.tools import Tools

QUIET = timedelta(hours=8)
"""After so long without a word of the human nobody may be there any more: we answer again."""


def step_back(uow: UnitOfWork, person: Address, at: datetime, now: datetime) -> None:
    """A human has just written to them; counted from their last word."""
    if uow.contacts.stepped_back(person, at):
        conversation, _ = uow.conversations.load(person)
        _note(uow, conversation, "stepped_back", now)
    else:
        uow.contacts.called_back(person)
        uow.contacts.stepped_back(person, at)


def answers_by_hand(uow: UnitOfWork, tools: Tools, person: Address, now: datetime) -> bool:
    """Whether a human answers them now, so that we say nothing of our own accord."""
    since = _human_since(uow, tools, person)
    return since is not None and now - since < QUIET


def decide(
    uow: UnitOfWork,
    tools: Tools,
    conversation: int,
    state: Conversation,
    heard: Heard,
    now: datetime,
    facts: Facts,
) -> Turn:
    """The turn as we take it, or, while a human answers, what is kept and the help that cannot wait."""
    since = _human_since(uow, tools, heard.sender)
    if since is None:
        return dialogue.advance(state, heard, now, facts)
    if now - since < QUIET and not dialogue.calls_us(heard):
        return dialogue.stand_aside(state, heard, now, facts)
    uow.contacts.called_back(heard.sender)
    _note(uow, conversation, "called_back", now)
    return dialogue.advance(state, heard, now, facts)


def _human_since(uow: UnitOfWork, tools: Tools, person: Address) -> datetime | None:
    """Asked only where a platform has a tool of its own, which is where it has a reply window."""
    traits = tools.traits.get(person.channel)
    if traits is None or traits.window is None:
        return None
    return uow.contacts.human_since(person)


def _note(uow: UnitOfWork, conversation: int, action: str, now: datetime) -> None:
    who = f"conversation:{conversation}"
    uow.ledger.note(f"conversation.{action}", actor="system", subject=who, at=now)
