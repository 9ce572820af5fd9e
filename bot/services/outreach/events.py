"""Classes, courses, forums: who comes, how many seats are left, a reminder the day before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.campaigns.campaign import Campaign, Event
from bot.domain.campaigns.subscribers import RunState, Subscriber
from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services.outreach import surfaces
from bot.services.outreach.outcome import NOT_THERE, Refusal
from bot.services.tools import Tools


def key(campaign: Campaign, event: Event) -> str:
    """Unique among all campaigns."""
    return f"{campaign.id}:{event.code}"


def coming(uow: UnitOfWork, campaign: Campaign) -> Sequence[Subscriber]:
    """Who said that they come."""
    event = campaign.content.event
    return () if event is None else uow.replies.coming(key(campaign, event))


def remind(uow: UnitOfWork, tools: Tools, campaign: Campaign, at: datetime, now: datetime) -> int:
    """Once: one short letter to each who comes. As every letter it is looked at again when it goes: nobody who has
    stopped meanwhile, or whose conversation has become unsafe, gets it, and the results say so."""
    event = campaign.content.event
    content = campaign.content
    if event is None:
        return 0
    run = uow.runs.begin(campaign.id, at, RunState.SENDING, now, latest=event.at, content=content)
    if run is None:
        return 0
    limited = surfaces.windowed(tools)
    for channel in surfaces.surfaces(tools):
        for lang in tools.words.languages:
            text = tools.words.render(told(event, lang), lang)
            uow.runs.text(run, lang, channel, text, windowed=channel in limited)
    people = uow.runs.remind(run, key(campaign, event), now)
    subject, detail = f"campaign:{campaign.id}", f"run:{run} people:{people}"
    uow.ledger.note("campaign.reminded", actor="system", subject=subject, detail=detail, at=now)
    return people


@dataclass(frozen=True, slots=True, repr=False)
class Guests:
    """Who comes to an event, for the table at its door."""

    campaign: Campaign
    event: Event
    names: Sequence[str]
    """In the order in which they said so; "": gave none."""


def guests(uow: UnitOfWork, officer: Officer, id_: int, now: datetime) -> Guests | Refusal:
    """For its writer and its approver alone; the look is in the ledger, refused ones too. Needs a write transaction."""
    campaign = uow.campaigns.get(id_)
    if campaign is None or campaign.content.event is None:
        return NOT_THERE
    mine = officer.id in (campaign.author, campaign.approver)
    action = "campaign.guests_looked" if mine else "campaign.look_refused"
    uow.ledger.note(action, actor=f"officer:{officer.id}", subject=f"campaign:{id_}", at=now)
    if not mine:
        return Refusal(Line("campaign.no.guests"))
    event = campaign.content.event
    return Guests(campaign, event, uow.replies.guests(key(campaign, event)))


def told(event: Event, lang: str) -> Line:
    """When and where, for who comes."""
    local = event.at.astimezone(LOCAL)
    values: dict[str, str | int | Line] = {
        "event": event.name.get(lang) or event.name.get("vi", ""),
        "place": event.place.get(lang) or event.place.get("vi", ""),
        "time": f"{local:%H:%M} {local.day}/{local.month}/{local.year}",
    }
    return Line("campaign.reminder", values)
