"""What subscribers tell of themselves: topics, who they are, their commune, when their child was born."""

from dataclasses import replace
from datetime import date

from bot.domain.campaigns.campaign import Group, Topic
from bot.domain.campaigns.heard import buttons, consent
from bot.domain.campaigns.subscribers import Subscriber
from bot.domain.campaigns.titles import TOPIC
from bot.domain.messages import Choice, Line
from bot.services.outreach.talking import Turn

GROUPS = {
    Group.PARENT: Line("campaign.is.parent"),
    Group.TEACHER: Line("campaign.is.teacher"),
    Group.CHILD: Line("campaign.is.child"),
    Group.CITIZEN: Line("campaign.is.citizen"),
}
YES = Choice(Line("campaign.button.subscribe"), buttons.YES)
STOP = Choice(Line("campaign.button.stop"), buttons.STOP)
MENU = (
    Choice(Line("campaign.button.topics"), buttons.TOPICS),
    Choice(Line("campaign.button.groups"), buttons.GROUPS),
    STOP,
)


def topics(turn: Turn, topic: Topic | None) -> bool:
    """One topic on or off; none left would mean no letters, so the last one stays."""
    known = turn.subscriber
    if known is None:
        return turn.says(Line("campaign.subscribe.not_yet"), choices=(YES,))
    wanted = known.topics if topic is None else known.topics ^ {topic}
    if not wanted:
        return turn.says(Line("campaign.topics.last"), choices=(STOP,))
    if topic is not None:
        _keep(turn, replace(known, topics=wanted), "subscriber.topics", topic.value)
    # pressed again it would switch back: the list below it has the other half
    choices = [
        Choice(_switch(one in wanted, name), buttons.topic(one), once=True) for one, name in TOPIC.items()
    ]
    return turn.says(Line("campaign.topics.choose"), choices=choices)


def groups(turn: Turn, group: Group | None) -> bool:
    """Who they say to be; collaborators stay what they are enrolled as."""
    known = turn.subscriber
    if known is None:
        return turn.says(Line("campaign.subscribe.not_yet"), choices=(YES,))
    if group is None:
        choices = [Choice(name, buttons.group(one)) for one, name in GROUPS.items()]
        return turn.says(Line("campaign.groups.choose"), choices=choices)
    if known.group is not Group.COLLABORATOR:
        _keep(turn, replace(known, group=group), "subscriber.group", group.value)
    lines = [Line("campaign.groups.kept", {"group": GROUPS[group]})]
    return turn.says(*lines, *([Line("campaign.born.ask")] if group is Group.PARENT else []))


def born(turn: Turn, year: int, month: int) -> bool:
    """When a parent's child was born, to the month; whoever has not subscribed says it to the conversation."""
    known = turn.subscriber
    if known is None or date(year, month, 1) > turn.now.date():
        return False
    _keep(turn, replace(known, born=date(year, month, 1)), "subscriber.born")
    return turn.says(Line("campaign.born.kept"))


def commune(turn: Turn, text: str) -> str | None:
    """The one commune that "đăng ký xã …" names; None where it is not sure, or the words are about something else."""
    place = consent.place_of(text)
    if not place:
        return None
    found = turn.tools.answer(place)
    return found.units[0].unit if found.units and found.needs is None else None


def _keep(turn: Turn, one: Subscriber, action: str, detail: str = "") -> None:
    turn.uow.subscribers.put(one, turn.now)
    turn.notes(action, f"subscriber:{one.id}", detail)


def _switch(on: bool, name: Line) -> Line:
    return Line("campaign.topic.on", {"topic": name}) if on else Line("campaign.topic.off", {"topic": name})
