"""Classes, courses, forums: who comes, how many seats are left, a reminder the day before."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.campaigns.campaign import Campaign, Event
from bot.domain.campaigns.limits import send_from
from bot.domain.campaigns.subscribers import RunState, Subscriber
from bot.domain.duty import LOCAL
from bot.domain.messages import Lane, Line
from bot.ports import NewLetter, UnitOfWork
from bot.services.tools import Tools


def key(campaign: Campaign, event: Event) -> str:
    """Unique among all campaigns."""
    return f"{campaign.id}:{event.code}"


def coming(uow: UnitOfWork, campaign: Campaign) -> Sequence[Subscriber]:
    """Who said that they come."""
    event = campaign.content.event
    return () if event is None else uow.replies.coming(key(campaign, event))


def remind(uow: UnitOfWork, tools: Tools, campaign: Campaign, at: datetime, now: datetime) -> int:
    """Once: one short letter to each who comes; never in a conversation that is marked unsafe."""
    event = campaign.content.event
    if event is None or uow.runs.begin(campaign.id, at, RunState.DONE, now) is None:
        return 0
    people = [one for one in coming(uow, campaign) if not (one.stopped or one.blocked or one.unsafe)]
    for one in people:
        text = tools.words.render(told(event, one.lang), one.lang)
        # planned for waking hours, yet a machine that was down may come to it at night
        letter = NewLetter(Lane.CAMPAIGN, one.address, text, due_at=send_from(now), private=False)
        uow.outbox.post(letter, now)
    subject = f"campaign:{campaign.id}"
    uow.ledger.note(
        "campaign.reminded", actor="system", subject=subject, detail=f"people:{len(people)}", at=now
    )
    return len(people)


def told(event: Event, lang: str) -> Line:
    """When and where, for who comes."""
    local = event.at.astimezone(LOCAL)
    values: dict[str, str | int | Line] = {
        "event": event.name.get(lang) or event.name.get("vi", ""),
        "place": event.place.get(lang) or event.place.get("vi", ""),
        "time": f"{local:%H:%M} {local.day}/{local.month}/{local.year}",
    }
    return Line("campaign.reminder", values)
