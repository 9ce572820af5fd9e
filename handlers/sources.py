"""Where a lane's letters come from and where it is written what became of them: the outbox, or a campaign's run."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.campaigns.limits import is_quiet
from bot.domain.messages import Lane, Letter
from bot.ports import Channel, UnitOfWork
from bot.ports.outreach import RunLetter
from bot.services.outreach.surfaces import own_gaps, own_words
from bot.services.tools import Tools


class Source(Protocol):
    def claim(
        self, uow: UnitOfWork, channel: Channel, lane: Lane, limit: int, now: datetime, lease: timedelta
    ) -> Sequence[Letter]:
        """Letters to be sent now, in flight from here on."""


class FromOutbox:
    """Single letters, each with its own words."""

    def claim(
        self, uow: UnitOfWork, channel: Channel, lane: Lane, limit: int, now: datetime, lease: timedelta
    ) -> Sequence[Letter]:
        return uow.outbox.claim(channel.name, channel.account, lane, limit, now, lease)


class FromRuns:
    """What the outbox holds for this lane, then letters of runs; while people sleep only urgent ones."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def claim(
        self, uow: UnitOfWork, channel: Channel, lane: Lane, limit: int, now: datetime, lease: timedelta
    ) -> Sequence[Letter]:
        name, account = channel.name, channel.account
        single = uow.outbox.claim(name, account, lane, limit, now, lease)
        left = limit - len(single)
        if not left or not channel.traits.campaign_share:
            return single
        quiet = is_quiet(now)
        found = uow.runs.claim(name, account, left, now, lease, urgent_only=quiet)
        return [*single, *(_as_letter(letter, self._tools, lane, now) for letter in found)]


def sources(tools: Tools) -> Mapping[Lane, Source]:
    return {
        Lane.ALERT: FromOutbox(),
        Lane.CONVERSATION: FromOutbox(),
        Lane.CAMPAIGN: FromRuns(tools),
    }


def _as_letter(letter: RunLetter, tools: Tools, lane: Lane, now: datetime) -> Letter:
    """Meant to be passed on: nothing in it is for one person alone."""
    return Letter(
        id=letter.id,
        lane=lane,
        to=letter.to,
        text=own_words(tools, letter),
        buttons=letter.buttons,
        private=False,
        at=now,
        run=letter.run,
        enclosure=letter.picture,
        approved=own_gaps(tools, letter),
        outside=letter.outside,
    )
