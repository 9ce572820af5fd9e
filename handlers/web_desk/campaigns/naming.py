"""What only the desk has to name of campaigns: what hinders, moments of a person."""

from collections.abc import Mapping

from bot.domain.campaigns.campaign import Campaign, State
from bot.domain.campaigns.checks import Level
from bot.domain.campaigns.schedule import Moment
from bot.domain.messages import Line

LEVEL: Mapping[Level, Line] = {
    Level.NOTE: Line("page.campaign.level.note"),
    Level.HINDERS: Line("page.campaign.level.hinders"),
    Level.WRONG: Line("page.campaign.level.wrong"),
}
MOMENT: Mapping[Moment, Line] = {
    Moment.SUBSCRIBED: Line("page.campaign.moment.subscribed"),
    Moment.SCHOOL_START: Line("page.campaign.moment.school_start"),
}


def editable(campaign: Campaign) -> bool:
    return campaign.state in (State.DRAFT, State.PROPOSED, State.PAUSED)
