"""How many messages platforms kept back: from the people whom the hotline is for, so the figure is in sight."""

from datetime import datetime, timedelta

from bot.domain.duty import LOCAL
from bot.domain.messages import Heard, HeardKind
from bot.ports import UnitOfWork
from bot.services.tools import Tools

DAYS = 7
"""Of which the figure is shown."""


def count(uow: UnitOfWork, tools: Tools, heard: Heard, now: datetime) -> None:
    """Counted where the channel keeps things back, by the day."""
    traits = tools.traits.get(heard.sender.channel)
    if heard.kind is HeardKind.UNSUPPORTED and traits is not None and traits.withholds:
        uow.tallies.add(_code(heard.sender.channel), now.astimezone(LOCAL).date())


def lately(uow: UnitOfWork, tools: Tools, now: datetime) -> int:
    """In the last seven days, on all channels that keep things back; 0 where none does."""
    return sum(on(uow, channel, now) for channel, traits in tools.traits.items() if traits.withholds)


def on(uow: UnitOfWork, channel: str, now: datetime) -> int:
    """In the last seven days on this channel."""
    return uow.tallies.since(_code(channel), now.astimezone(LOCAL).date() - timedelta(days=DAYS - 1))


def _code(channel: str) -> str:
    return f"withheld.{channel}"
