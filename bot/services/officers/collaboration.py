"""Village collaborators change often: one word is enough to come, to go or to hand over."""

from datetime import datetime

from bot.domain.conversation import Conversation
from bot.domain.messages import Address, Line
from bot.domain.officers import Role
from bot.ports import UnitOfWork
from bot.services import letters
from bot.services.officers import invitations
from bot.services.tools import Tools


def redeem_in_chat(
    uow: UnitOfWork, tools: Tools, person: Address, state: Conversation, token: str, now: datetime
) -> Conversation:
    """A deep link in the citizens' chat: enrols a collaborator, or says kindly that it does not count."""
    enrolled = invitations.redeem(uow, tools, person, token, now)
    if enrolled is None:
        _say(uow, tools, person, state, Line("collaborator.no_invitation"), now)
        return state
    if enrolled.officer.role is not Role.COLLABORATOR:  # where officers and citizens write to one account
        welcome = (Line("desk.welcome", {"name": enrolled.officer.name}), Line("desk.help"))
        letters.say(uow, tools, person, welcome, now, lang=state.lang)
        return state
    unit = enrolled.officer.units[0] if enrolled.officer.units else tools.home
    _say(uow, tools, person, state, Line("collaborator.welcome", {"place": tools.unit_name(unit)}), now)
    return state


def leave_collaboration(
    uow: UnitOfWork, tools: Tools, person: Address, state: Conversation, now: datetime, *, hand_over: bool
) -> None:
    """Stop at once, or get an invitation for whoever comes next, who takes the list of reports along."""
    officer = uow.office.collaborator_at(person)
    if officer is None:
        return
    actor, subject = f"officer:{officer.id}", f"officer:{officer.id}"
    if not hand_over:
        uow.office.leave(officer.id)
        uow.ledger.note("officer.left", actor=actor, subject=subject, at=now)
        _say(uow, tools, person, state, Line("collaborator.left"), now)
        return
    conversation, _ = uow.conversations.load(person)
    token = invitations.invite(uow, tools, officer.id, now, by=actor, leaves=conversation)
    _say(uow, tools, person, state, Line("collaborator.hand_over", {"token": token}), now)


def _say(
    uow: UnitOfWork, tools: Tools, person: Address, state: Conversation, line: Line, now: datetime
) -> None:
    letters.say(uow, tools, person, (line,), now, lang=state.lang, voice=state.voice)
