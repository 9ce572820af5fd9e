"""What is wrong with the templates of a campaign: a gap that is not known, too long, or hours they may not go."""

import re
from collections.abc import Callable, Iterator
from unicodedata import normalize

from bot.domain.campaigns import placeholders, titles
from bot.domain.campaigns.campaign import Campaign, Content
from bot.domain.campaigns.checks.finding import Finding, Known, Level
from bot.domain.campaigns.placeholders import COMMUNE
from bot.domain.campaigns.preview import Surface
from bot.domain.campaigns.templates import Param, Tag, Template
from bot.domain.messages import Line

_ID = re.compile(r"[0-9A-Za-z_-]{1,40}")
_NAME = re.compile(r"[0-9A-Za-z_]{1,40}")
Placeholders = Callable[[Content, str, str, Known], Iterator[Finding]]
"""What is wrong with the placeholders of one text."""


def check(campaign: Campaign, known: Known, slips: Placeholders) -> Iterator[Finding]:
    for channel, template in campaign.content.templates.items():
        place = f"templates.{channel}"
        surface = known.surfaces.get(channel)
        if surface is None:
            line = Line("campaign.fault.channel", {"channel": titles.channel(channel)})
            yield Finding(Level.NOTE, "template.channel", line, place)
        elif not surface.templates:
            line = Line("campaign.fault.template_channel", {"channel": titles.channel(channel)})
            yield Finding(Level.HINDERS, "template.channel", line, place)
        else:
            yield from _hours(campaign, template, surface, place)
        if not _ID.fullmatch(template.id):
            yield Finding(Level.WRONG, "template.id", Line("campaign.fault.template_id"), place)
        for name, param in template.params.items():
            if not _NAME.fullmatch(name):
                line = Line("campaign.fault.template_param", {"name": name[:40]})
                yield Finding(Level.WRONG, "template.param", line, place)
            yield from slips(campaign.content, param.value, place, known)
            yield from _length(name, param, place, known)


def _length(name: str, param: Param, place: str, known: Known) -> Iterator[Finding]:
    text = normalize("NFC", placeholders.fill(param.value, {COMMUNE: known.commune, **known.values})).strip()
    if not param.value.strip():
        line = Line("campaign.fault.template_empty", {"name": name[:40]})
        yield Finding(Level.HINDERS, "template.empty", line, place)
    elif len(text) > param.most:
        values: dict[str, str | int | Line] = {"name": name[:40], "limit": param.most, "length": len(text)}
        line = Line("campaign.fault.template_long", values)
        yield Finding(Level.HINDERS, "template.too_long", line, place)


def _hours(campaign: Campaign, template: Template, surface: Surface, place: str) -> Iterator[Finding]:
    """An urgent notice has no hour of its own: Zalo would hold it until the morning."""
    hours = surface.advertising
    if template.tag is not Tag.PROMOTION or hours is None:
        return
    if campaign.urgent:
        yield Finding(Level.HINDERS, "template.urgent", Line("campaign.fault.template_urgent"), place)
    elif not campaign.promotional and not hours[0] <= campaign.schedule.at < hours[1]:
        line = Line("campaign.fault.advertising", {"channel": titles.channel(surface.name)})
        yield Finding(Level.HINDERS, "schedule.advertising", line, "schedule")
