"""/chien_dich: what runs today and what waits for approval; agree, pause, go on and stop by a button."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from bot.domain import desk
from bot.domain.campaigns import moves, titles
from bot.domain.campaigns.campaign import Campaign, State
from bot.domain.messages import Choice, Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.duty import cards
from bot.services.officers.reply import Link, Reply, Scene, choice, said
from bot.services.outreach import deciding, holding, looking
from bot.services.outreach.outcome import NO_LOOK, Outcome
from bot.services.tools import Tools

LISTED = 8
"""Campaigns with buttons in one answer; the desk page has them all."""
Act = Callable[[UnitOfWork, Tools, Officer, int, datetime], Outcome]
_ACTS: Mapping[str, Act] = {"pause": holding.pause, "resume": holding.resume, "stop": holding.stop}


def reply(scene: Scene, command: desk.Campaigns) -> Reply:
    """The list, or what became of a button."""
    if not moves.looks(scene.officer):
        return said(NO_LOOK.line)
    if command.act == "approve":
        return said(
            deciding.approve(
                scene.uow, scene.tools, scene.officer, command.campaign, scene.now, command.version
            ).line
        )
    if command.act == "ask_stop":
        return _sure(scene, command.campaign)
    if (act := _ACTS.get(command.act)) is not None:
        return said(act(scene.uow, scene.tools, scene.officer, command.campaign, scene.now).line)
    return _listed(scene)


def _listed(scene: Scene) -> Reply:
    today = [plan.campaign for plan in looking.today(scene.uow, scene.tools, scene.now)]
    paused = looking.listing(scene.uow, (State.PAUSED,))
    asked = looking.listing(scene.uow, (State.PROPOSED,))
    found = list({one.id: one for one in (*asked, *today, *paused)}.values())[:LISTED]
    links = (Link(Line("button.desk"), f"{scene.tools.public_url}/desk/campaigns"),)
    if not found:
        return Reply((Line("campaign.desk.nothing"),), links=links if scene.tools.public_url else ())
    rows = [_row(one) for one in found]
    choices = [button for one in found for button in _buttons(scene, one)]
    return Reply((cards.stack([Line("campaign.desk.today"), *rows]),), tuple(choices))


def _row(campaign: Campaign) -> Line:
    values: dict[str, str | int | Line] = {
        "number": campaign.id,
        "title": campaign.title,
        "state": titles.STATE[campaign.state],
        "time": cards.clock(campaign.next_at) if campaign.next_at else "",
    }
    return Line("campaign.desk.row", values) if campaign.next_at else Line("campaign.desk.row_idle", values)


def _buttons(scene: Scene, campaign: Campaign) -> Iterator[Choice]:
    """Only what this officer may press."""
    number: dict[str, str | int | Line] = {"number": campaign.id}
    mine = isinstance(moves.stop(campaign, scene.officer), Campaign)
    if campaign.state is State.PROPOSED and moves.may_approve(campaign, [scene.officer]):
        arg = f"{campaign.id}.{campaign.version}"
        yield choice(scene, Line("campaign.desk.approve", number), deciding.APPROVE, arg=arg, once=True)
    goes = campaign.state is State.DONE and holding.sending(scene.uow, campaign)
    if (campaign.state is State.APPROVED or goes) and mine:
        yield choice(
            scene, Line("campaign.desk.pause", number), "camp", arg=f"pause.{campaign.id}", once=True
        )
    if campaign.state is State.PAUSED and mine:
        arg = f"resume.{campaign.id}"
        yield choice(scene, Line("campaign.desk.resume", number), "camp", arg=arg, once=True)
    if (campaign.state in (State.APPROVED, State.PAUSED) or goes) and mine:
        yield choice(scene, Line("campaign.desk.stop", number), "camp", arg=f"ask_stop.{campaign.id}")


def _sure(scene: Scene, id_: int) -> Reply:
    """Stopping is for good, so a slip of the thumb must not do it."""
    campaign = scene.uow.campaigns.get(id_)
    if campaign is None:
        return said(Line("campaign.no.not_there"))
    yes = choice(scene, Line("button.yes"), "camp", arg=f"stop.{id_}", once=True)
    line = Line("campaign.desk.sure", {"title": campaign.title})
    return Reply((line,), (yes, choice(scene, Line("button.no"), "cancel")))
