"""Yes and no to letters of campaigns, on every channel; a report always goes before them."""

from datetime import datetime, timedelta
from typing import assert_never

from bot.domain import effects, offers
from bot.domain.campaigns import codes
from bot.domain.campaigns.campaign import Group
from bot.domain.campaigns.heard import buttons, consent
from bot.domain.campaigns.subscribers import Subscriber
from bot.domain.conversation import Conversation
from bot.domain.messages import Address, Heard, HeardKind, Line
from bot.domain.officers import Officer
from bot.domain.replacing import replace
from bot.ports import UnitOfWork
from bot.services.offers import FORGOTTEN
from bot.services.outreach import answering, choosing, surfaces
from bot.services.outreach.talking import Turn
from bot.services.tools import Tools

AWAY = timedelta(hours=1)
"""Somebody who writes after so long a silence may have blocked us meanwhile: writing brings them back."""


def hears(
    uow: UnitOfWork,
    tools: Tools,
    heard: Heard,
    id_: int,
    state: Conversation,
    now: datetime,
    collaborator: Officer | None = None,
) -> bool:
    """Take the turn where it is about letters of campaigns; False: it is the conversation's, as ever.

    Only whole messages, buttons and codes of ours count, so nothing that reports is ever swallowed.
    """
    _came_back(uow, heard, state, now)
    turn = Turn(uow, tools, heard.sender, id_, state, now)
    match heard.kind:
        case HeardKind.TEXT:
            return _typed(turn, heard.text, collaborator)
        case HeardKind.TAP:
            pressed = buttons.pressed(heard.tap)
            return pressed is not None and _pressed(turn, pressed, collaborator)
        case HeardKind.START:
            origin = codes.read(heard.tap)
            return origin is not None and subscribe(turn, origin, collaborator)
        case _:
            return False


def after(
    uow: UnitOfWork, person: Address, before: Conversation, turn: effects.Turn, collaborator: Officer | None
) -> None:
    """What a turn of the conversation means for letters: the mark follows it, erasure erases consent too."""
    was, is_ = is_unsafe(before, collaborator), is_unsafe(turn.conversation, collaborator)
    if was is not is_:
        uow.subscribers.mark(person, unsafe=is_)
    if any(isinstance(effect, effects.AskErasure) for effect in turn.effects):
        uow.subscribers.forget(person)


def is_unsafe(state: Conversation, collaborator: Officer | None) -> bool:
    """Somebody else may read here; who has reported and not said that writing is safe counts as unsafe too."""
    if state.safe_to_write is False:
        return True
    return collaborator is None and has_reported(state) and state.safe_to_write is not True


def has_reported(state: Conversation) -> bool:
    return state.case is not None or bool(state.earlier) or (state.report is not None and state.report.opened)


def subscribe(turn: Turn, origin: codes.Origin, collaborator: Officer | None) -> bool:
    """Yes by button, word, deep link or QR code. Somebody who reported here is never made an audience here."""
    channels = surfaces.surfaces(turn.tools)
    if collaborator is None and (has_reported(turn.state) or turn.state.safe_to_write is False):
        return turn.says(Line("campaign.subscribe.not_here"))
    if turn.person.channel not in channels:
        return turn.says(Line("campaign.subscribe.not_on_page"))
    if turn.tools.units and origin.unit not in turn.tools.units:
        origin = replace(origin, unit=None)  # a poster of before the communes were joined, or a slip in it
    known = turn.uow.subscribers.at(turn.person)
    if known is not None and not known.stopped and not origin.tags and origin.unit in (None, known.unit):
        return turn.says(Line("campaign.subscribe.already"), choices=choosing.MENU)
    number = turn.uow.subscribers.put(_subscriber(turn, known, origin, collaborator), turn.now)
    turn.notes("subscriber.yes", f"subscriber:{number}", turn.person.channel)
    lines = [Line("campaign.subscribe.done"), Line("campaign.subscribe.where")]
    if origin.unit is not None:
        lines = [Line("campaign.subscribe.done_place", {"place": turn.tools.unit_name(origin.unit)})]
    return turn.says(*lines, Line("campaign.subscribe.how_to_stop"), choices=choosing.MENU)


def stop_letters(turn: Turn) -> bool:
    """At once, with what waits for this person on any of our accounts there; False: they had subscribed on none."""
    known = turn.uow.subscribers.at(turn.person)
    if not turn.uow.subscribers.stop(turn.person, turn.now):
        return False
    subject = f"conversation:{turn.conversation}" if known is None else f"subscriber:{known.id}"
    turn.notes("subscriber.stop", subject, turn.person.channel)
    return True


def _typed(turn: Turn, text: str, collaborator: Officer | None) -> bool:
    state = turn.state
    asked = bool(state.asking) or state.question_open
    nothing_else = not asked and state.report is None and not has_reported(state)
    if consent.is_stop(text, asked=asked, alone=nothing_else):
        stopped = stop_letters(turn)
        # a question that waits, or a case, takes the word as well: "dừng" may be meant for it
        alone = not asked and not has_reported(state)
        return stopped and alone and turn.says(Line("campaign.stop.done"))
    if nothing_else and (tap := _counted(turn, text)) is not None:
        text = tap  # a number of the menu, where nothing can be pressed
    if (pressed := buttons.pressed(text.strip().removeprefix("#"))) is not None:
        return _pressed(turn, pressed, collaborator)  # where a button comes back as typed text
    if asked:
        return False
    if consent.is_yes(text):
        return subscribe(turn, codes.Origin("word"), collaborator)
    if (unit := choosing.commune(turn, text)) is not None:
        return subscribe(turn, codes.Origin("word", unit), collaborator)
    if (month := consent.born(text)) is not None:
        return choosing.born(turn, *month)
    if (answer := buttons.typed(text)) is not None and turn.uow.runs.get(answer.run) is not None:
        return answering.answer(turn, answer, text)
    code = codes.read(text) if text.strip().lower().startswith(f"{codes.PREFIX}-") else None
    return code is not None and subscribe(turn, code, collaborator)


def _counted(turn: Turn, text: str) -> str | None:
    """The button that a number stands for, in a menu of ours that was shown just now."""
    said = offers.number(text)
    offer = None if said is None else turn.uow.offers.numbered(turn.person)
    if said is None or offer is None or turn.now - offer.at > FORGOTTEN:
        return None
    found = offers.counted(offer, said)
    return found if isinstance(found, str) and buttons.pressed(found) is not None else None


def _pressed(turn: Turn, pressed: buttons.Pressed, collaborator: Officer | None) -> bool:
    match pressed:
        case buttons.Stops():
            stop_letters(turn)
            return turn.says(Line("campaign.stop.done"))
        case buttons.Subscribes(code):
            return subscribe(turn, codes.read(code) or codes.Origin("button"), collaborator)
        case buttons.Chooses(topic):
            return choosing.topics(turn, topic)
        case buttons.Says(group):
            return choosing.groups(turn, group)
        case buttons.Answered() | buttons.Comes():
            return answering.answer(turn, pressed)
        case _:
            assert_never(pressed)


def _subscriber(
    turn: Turn, known: Subscriber | None, origin: codes.Origin, collaborator: Officer | None
) -> Subscriber:
    fresh = known or Subscriber(0, turn.person, lang=turn.state.lang)
    group = Group.COLLABORATOR if collaborator is not None else origin.group or fresh.group
    unit = origin.unit or fresh.unit
    if unit is None and collaborator is not None and collaborator.units:
        unit = collaborator.units[0]
    home = turn.tools.home or None
    province = turn.uow.office.roster().province_of.get(unit, home) if unit is not None else home
    return replace(
        fresh,
        group=group,
        unit=unit,
        province=province,
        tags=fresh.tags | origin.tags,
        since=turn.now if known is None or known.stopped else known.since,
        stopped=False,
        blocked=False,
        unsafe=is_unsafe(turn.state, collaborator),
        source=origin.code,
    )


def _came_back(uow: UnitOfWork, heard: Heard, state: Conversation, now: datetime) -> None:
    if heard.kind is HeardKind.BLOCKED:
        uow.subscribers.mark(heard.sender, blocked=True)
    elif state.blocked or (state.heard_at is not None and now - state.heard_at > AWAY):
        uow.subscribers.mark(heard.sender, blocked=False)
