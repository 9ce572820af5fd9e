"""Where a lane's letters come from and where it is written what became of them: the outbox, or a campaign's run."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.campaigns.limits import is_quiet
from bot.domain.messages import Lane, Letter
from bot.ports import Channel, UnitOfWork
from bot.ports.outreach import RunLetter


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
        return [*single, *(_as_letter(letter, lane, now) for letter in found)]


SOURCES: dict[Lane, Source] = {
    Lane.ALERT: FromOutbox(),
    Lane.CONVERSATION: FromOutbox(),
    Lane.CAMPAIGN: FromRuns(),
}


def _as_letter(letter: RunLetter, lane: Lane, now: datetime) -> Letter:
    """Meant to be passed on: nothing in it is for one person alone."""
    return Letter(
        id=letter.id,
        lane=lane,
        to=letter.to,
        text=letter.text,
        buttons=letter.buttons,
        private=False,
        at=now,
        run=letter.run,
        enclosure=letter.picture,
    )
