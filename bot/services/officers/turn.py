"""The officers' conversation: one thing heard, one answer, the same on every channel."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.domain import desk
from bot.domain.campaigns.heard.buttons import of_test
from bot.domain.cases import OfficerId
from bot.domain.conversation import Conversation
from bot.domain.desk import OfficerState
from bot.domain.messages import Heard, HeardKind, Line
from bot.domain.offers import Spoilt
from bot.domain.officers import Officer
from bot.domain.titles import STATUS
from bot.ports import LinkRow, Queue, UnitOfWork
from bot.services import casework, letters, offers
from bot.services.duty import cards
from bot.services.officers import access, albums
from bot.services.officers import campaigns as officer_campaigns
from bot.services.officers.case import about
from bot.services.officers.reply import Link, Reply, Scene, choice, officer_choice, people, said, speak
from bot.services.tools import Tools

LISTED = 10
"""Cases shown by /viec; the desk page has them all."""
FORGOTTEN = timedelta(minutes=30)
"""What was asked longer ago is not answered by what is typed now."""
_UNCLEAR: Mapping[str, Line] = {
    "words": Line("desk.unclear.words"),
    "number": Line("desk.unclear.number"),
    "used": Line("desk.unclear.used"),
    "which": Line("desk.unclear.which"),
    "edited": Line("desk.unclear.edited"),
    "media": Line("desk.unclear.media"),
    "other": Line("desk.unclear.other"),
}


def answer(uow: UnitOfWork, tools: Tools, officer: Officer, heard: Heard, now: datetime) -> None:
    """Answer an enrolled officer; everything in one transaction."""
    id_, conversation = uow.conversations.load(heard.sender)
    state = _state(conversation, now)
    sign = cards.signer(tools, officer.id, heard.sender)
    scene = Scene(uow, tools, officer, heard.sender, state, sign, now)
    command = (
        desk.Tried() if of_test(heard.tap, heard.text) else _command(uow, tools, heard, state, sign, now)
    )
    command = albums.settled(uow, officer, command)
    if isinstance(command, desk.Away):
        uow.office.unreachable(heard.sender)
        _note(scene, "officer.unreachable")
        return
    if heard.sender.channel not in officer.reachable:
        uow.office.enrol(officer.id, heard.sender, now)
    reply = _reply(scene, command)
    if reply is not None:
        piece = state.album, heard.album, command, reply.lines[0].key
        # an album is one thing shown: answered once
        said = reply.state if albums.is_told(*piece) else speak(scene, reply)
        said = replace(said, album=albums.after(*piece))
        uow.conversations.save(id_, replace(conversation, officer=said, heard_at=now))


def _command(
    uow: UnitOfWork, tools: Tools, heard: Heard, state: OfficerState, sign: desk.Sign, now: datetime
) -> desk.Command:
    match offers.from_officer(uow, tools, heard, now):
        case Spoilt.USED:
            return desk.Unclear("used")
        case Spoilt.NO_SUCH:
            return desk.Unclear("number")
        case Spoilt.FORGED | Spoilt.OVER:
            return desk.BadButton()
        case said:
            return desk.parse(said, state, sign)


def stranger(uow: UnitOfWork, tools: Tools, heard: Heard, now: datetime) -> None:
    """Somebody on an officers' channel who has not enrolled: only an invitation counts."""
    token = _token(heard)
    enrolled = access.redeem(uow, tools, heard.sender, token, now) if token else None
    if enrolled is not None:
        lines = (Line("desk.welcome", {"name": enrolled.officer.name}), Line("desk.help"))
        letters.say(uow, tools, heard.sender, lines, now)
    elif heard.kind not in (HeardKind.BLOCKED, HeardKind.GROUP):
        line = Line("desk.no_invitation" if token else "desk.stranger")
        letters.say(uow, tools, heard.sender, (line,), now)


def _state(conversation: Conversation, now: datetime) -> OfficerState:
    stale = conversation.heard_at is None or now - conversation.heard_at > FORGOTTEN
    known = conversation.officer or OfficerState()
    return OfficerState(album=known.album) if stale else known


def _token(heard: Heard) -> str:
    if heard.kind is HeardKind.START:
        return heard.tap
    words = heard.text.split()
    return words[1] if len(words) == 2 and words[0].startswith("/start") else ""


def _reply(scene: Scene, command: desk.Command) -> Reply | None:
    match command:
        case desk.Help():
            return said(Line("desk.help"))
        case desk.MyCases():
            return _my_cases(scene)
        case desk.Duty(on):
            return _duty(scene, on=on)
        case desk.HandOver(to, sure):
            return _hand_over(scene, to, sure=sure)
        case desk.LogIn():
            return _log_in(scene)
        case desk.Devices(drop):
            return _devices(scene, drop)
        case desk.Campaigns():
            return officer_campaigns.reply(scene, command)
        case desk.Redeem(token):
            enrolled = access.redeem(scene.uow, scene.tools, scene.person, token, scene.now)
            return said(Line("desk.no_invitation") if enrolled is None else Line("desk.enrolled"))
        case desk.Cancel():
            return said(Line("desk.cancelled"), scene.state.case)
        case desk.Tried():
            return Reply((Line("campaign.test.pressed"),), state=scene.state)
        case desk.BadButton():
            return said(Line("desk.bad_button"), scene.state.case)
        case desk.Unclear("which"):
            return _which(scene)
        case desk.Unclear(why):
            # whoever is in the middle of something stays there
            return Reply((_UNCLEAR[why],), state=scene.state, keeps_numbers=why == "number")
        case desk.Nothing() | desk.Away():
            return None
        case _:
            return about(scene, command)


def _my_cases(scene: Scene) -> Reply:
    """Own and waiting cases by urgency and time left, each with a button."""
    found = casework.queue(scene.uow, scene.officer, Queue(limit=LISTED), scene.now)
    if not found:
        return said(Line("desk.no_cases"))
    rows = (cards.row(scene.tools, case, scene.now, STATUS[case.status]) for case in found)
    lines = [Line("desk.cases", {"count": len(found)}), *rows]
    choices = [choice(scene, Line("button.open_case", {"case": case.id}), "open", case.id) for case in found]
    return Reply((cards.stack(lines),), tuple(choices))


def _which(scene: Scene) -> Reply:
    """A command without a case: what there is to choose from, so that nobody must look for a number."""
    listed = _my_cases(scene)
    return replace(listed, lines=(_UNCLEAR["which"], *listed.lines)) if listed.choices else listed


def _duty(scene: Scene, *, on: bool) -> Reply:
    scene.uow.office.on_duty(scene.officer.id, on)
    _note(scene, "officer.on_duty" if on else "officer.off_duty")
    if on:
        return said(Line("desk.on_duty"))
    owned = len(casework.mine(scene.uow, scene.officer))
    if not owned:
        return said(Line("desk.off_duty"))
    lines = (Line("desk.off_duty"), Line("desk.off_duty_owned", {"count": owned}))
    return Reply(lines, (choice(scene, Line("button.hand_over"), "over"),))


def _hand_over(scene: Scene, to: OfficerId | None, *, sure: bool) -> Reply:
    other = None if to is None else scene.uow.office.officer(to)
    if other is None:
        choices = tuple(officer_choice(scene, one, "over") for one in people(scene, None))
        return Reply((Line("desk.hand_over_to_whom" if choices else "desk.nobody_fits"),), choices)
    if not sure:
        count = len(casework.mine(scene.uow, scene.officer, limit=500))
        line = Line("desk.hand_over_sure", {"count": count, "name": other.name})
        yes = choice(scene, Line("button.yes"), "over", arg=f"{other.id}!", once=True)
        return Reply((line,), (yes, choice(scene, Line("button.no"), "cancel")))
    return said(casework.hand_over_all(scene.uow, scene.tools, scene.officer, other.id, scene.now).line)


def _log_in(scene: Scene) -> Reply:
    if not scene.tools.public_url:
        return said(Line("desk.no_page"))
    url = access.login_link(scene.uow, scene.tools, scene.officer, scene.now)
    minutes = int(scene.tools.link_life.total_seconds() // 60)
    return Reply((Line("desk.login", {"minutes": minutes}),), links=(Link(Line("button.desk"), url),))


def _devices(scene: Scene, drop: int | None) -> Reply:
    first: list[Line] = []
    if drop is not None:
        ended = access.revoke(scene.uow, scene.officer, drop, scene.now)
        first.append(Line("desk.device_ended") if ended else Line("desk.device_gone"))
    open_ = access.sessions(scene.uow, scene.officer)
    lines = [
        *first,
        Line("desk.devices", {"count": len(open_)}),
        *(_device(n, row) for n, row in enumerate(open_, 1)),
    ]
    choices = [
        choice(scene, Line("button.end_device", {"number": n}), "devices", arg=str(row.id), once=True)
        for n, row in enumerate(open_, 1)
    ]
    return Reply((cards.stack(lines),), tuple(choices))


def _device(number: int, row: LinkRow) -> Line:
    since, seen = cards.clock(row.created), cards.clock(row.seen)
    return Line("desk.device", {"number": number, "since": since, "seen": seen})


def _note(scene: Scene, action: str) -> None:
    who = f"officer:{scene.officer.id}"
    scene.uow.ledger.note(action, actor=who, subject=who, at=scene.now)
