"""What is wrong with a campaign: every fault with its place, before it is saved and before it may run."""

import re
from collections.abc import Iterator

from bot.domain.campaigns import titles
from bot.domain.campaigns.campaign import Campaign
from bot.domain.campaigns.checks import content, timing
from bot.domain.campaigns.checks.content import MEGABYTE, PHOTOS, VIDEOS
from bot.domain.campaigns.checks.finding import Finding, Known, Level
from bot.domain.campaigns.schedule import Once
from bot.domain.messages import Line

__all__ = ["MEGABYTE", "PHOTOS", "VIDEOS", "Finding", "Known", "Level", "check", "refuses"]

_CODE = re.compile(r"[a-z0-9][a-z0-9_-]{1,39}")
LONGEST_TITLE = 200
"""Characters: it stands in every message to officers."""


def check(campaign: Campaign, known: Known) -> tuple[Finding, ...]:
    """Everything that is wrong, the gravest first."""
    found = [
        *_name(campaign),
        *content.check(campaign, known),
        *_audience(campaign, known),
        *_schedule(campaign, known),
        *_sources(campaign),
    ]
    return tuple(sorted(found, key=lambda one: -one.level))


def refuses(found: tuple[Finding, ...], level: Level) -> tuple[Finding, ...]:
    """Those of at least this level."""
    return tuple(one for one in found if one.level >= level)


def _name(campaign: Campaign) -> Iterator[Finding]:
    if not _CODE.fullmatch(campaign.code):
        yield Finding(Level.WRONG, "code.bad", Line("campaign.fault.code"), "code")
    if not campaign.title.strip():
        yield Finding(Level.WRONG, "title.empty", Line("campaign.fault.title"), "title")
    elif len(campaign.title) > LONGEST_TITLE:
        line = Line("campaign.fault.title_long", {"limit": LONGEST_TITLE})
        yield Finding(Level.WRONG, "title.long", line, "title")


def _schedule(campaign: Campaign, known: Known) -> Iterator[Finding]:
    """An urgent notice has none: it runs when it is approved."""
    if not campaign.urgent:
        for level, code, line in timing.check(campaign, known.now, known.dates):
            yield Finding(level, code, line, "schedule")
        yield from _advertising(campaign, known)


def _advertising(campaign: Campaign, known: Known) -> Iterator[Finding]:
    for surface in known.surfaces.values() if campaign.promotional else ():
        hours = surface.advertising
        if hours is not None and not hours[0] <= campaign.schedule.at < hours[1]:
            line = Line("campaign.fault.advertising", {"channel": titles.channel(surface.name)})
            yield Finding(Level.HINDERS, "schedule.advertising", line, "schedule")


def _audience(campaign: Campaign, known: Known) -> Iterator[Finding]:
    audience = campaign.audience
    if known.units:
        for unit in sorted(set(audience.units) - known.units):
            line = Line("campaign.fault.unit", {"unit": unit[:10]})
            yield Finding(Level.WRONG, "audience.unit", line, "audience.units")
    for channel in sorted(set(audience.channels) - known.surfaces.keys()):
        line = Line("campaign.fault.channel", {"channel": titles.channel(channel)})
        yield Finding(Level.HINDERS, "audience.channel", line, "audience.channels")
    if known.reach is not None and not sum(known.reach.by_channel.values()):
        meant = sum(known.reach.left_out.values())
        line = (
            Line("campaign.fault.nobody", {"total": meant}) if meant else Line("campaign.fault.nobody_there")
        )
        # what comes round again may find people by then: a new office approves its calendar first
        once = all(isinstance(rule, Once) for rule in campaign.schedule.rules)
        yield Finding(Level.HINDERS if once else Level.NOTE, "audience.empty", line, "audience")


def _sources(campaign: Campaign) -> Iterator[Finding]:
    for source in campaign.sources:
        if not source.verified:
            line = Line("campaign.note.unverified", {"source": source.title})
            yield Finding(Level.NOTE, "source.unverified", line, "sources")
