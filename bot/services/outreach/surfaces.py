"""What campaigns may look at besides themselves: channels, the office's values, what is known of places."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial

from bot.domain import lunar
from bot.domain.campaigns.campaign import Campaign, Event
from bot.domain.campaigns.checks import Known
from bot.domain.campaigns.placeholders import COMMUNE, LINK, fill
from bot.domain.campaigns.preview import Surface
from bot.domain.campaigns.subscribers import Reach
from bot.domain.duty import LOCAL
from bot.domain.messages import Approved, Line
from bot.domain.officers import Roster
from bot.ports import Traits, UnitOfWork
from bot.ports.outreach import RunLetter
from bot.services.tools import Tools

HOTLINE = "111"
LINK_PATH = "/l"


def surfaces(tools: Tools) -> Mapping[str, Surface]:
    """The channels on which a letter can reach people who do not look at a page of ours just now."""
    return {
        name: surface_of(name, traits)
        for name, traits in tools.traits.items()
        if not traits.pull
        and traits.campaign_share > 0
        and (traits.mixed or name not in tools.officer_channels)
    }


def windowed(tools: Tools) -> tuple[str, ...]:
    """Those of them that take letters only for a time after somebody wrote."""
    return tuple(name for name in surfaces(tools) if tools.traits[name].window is not None)


def takes_templates(tools: Tools) -> tuple[str, ...]:
    """Those of them where an approved template reaches the others."""
    return tuple(name for name in windowed(tools) if tools.traits[name].templates)


def templated(tools: Tools, campaign: Campaign) -> tuple[str, ...]:
    """Those where this campaign names one."""
    return tuple(name for name in takes_templates(tools) if name in campaign.content.templates)


def values(
    campaign: Campaign, roster: Roster, tools: Tools, lang: str, at: datetime, run: int = 0
) -> Mapping[str, str]:
    """What the placeholders of one run say; a placeholder that has no value is not in it."""
    day = at.astimezone(LOCAL).date()
    found = {"day": f"{day.day}/{day.month}/{day.year}", "year": str(day.year), "office": roster.name}
    found |= {"hotline": roster.numbers.get(HOTLINE, HOTLINE), "phone": roster.numbers.get("office", "")}
    if lunar.FIRST_YEAR < day.year <= lunar.LAST_YEAR:
        there = lunar.lunar_of(day)
        line = Line("campaign.lunar_day", {"day": there.day, "month": there.month})
        found["lunar_day"] = tools.words.render(line, lang)
    if campaign.content.event is not None:
        found |= _of_event(campaign.content.event, lang)
    found |= {LINK + code: link(tools, run, code) for code in campaign.content.links}
    return {name: value for name, value in found.items() if value}


def own_words(tools: Tools, letter: RunLetter) -> str:
    """The letter's text with what differs from person to person."""
    return _own(tools, letter, letter.text)


def own_gaps(tools: Tools, letter: RunLetter) -> Approved | None:
    """As `own_words`, for what goes outside the reply window."""
    if letter.approved is None:
        return None
    gaps = letter.approved.gaps.items()
    own = {name: replace(gap, text=_own(tools, letter, gap.text)) for name, gap in gaps}
    return replace(letter.approved, gaps=own)


def _own(tools: Tools, letter: RunLetter, text: str) -> str:
    if f"{{{COMMUNE}}}" not in text:
        return text
    where = tools.words.render(Line("campaign.your_place"), letter.lang)
    return fill(text, {COMMUNE: tools.unit_name(letter.unit) if letter.unit else where})


def link(tools: Tools, run: int, code: str) -> str:
    """A counted link of our own: it says which run, never whose letter."""
    return f"{tools.public_url}{LINK_PATH}/{run}/{code}"


def known(
    uow: UnitOfWork, tools: Tools, campaign: Campaign, now: datetime, reach: Reach | None = None
) -> Known:
    return Known(
        now=now,
        surfaces=surfaces(tools),
        dates=tools.dates,
        values=values(campaign, uow.office.roster(), tools, "vi", campaign.next_at or now),
        units=tools.units,
        languages=tools.words.languages,
        say={lang: say_in(tools, lang) for lang in tools.words.languages},
        reach=reach,
        commune=_longest(campaign, tools),
    )


def _longest(campaign: Campaign, tools: Tools) -> str:
    """The longest name that {commune} becomes where a template's gap holds it: it must fit for everybody."""
    gaps = (param.value for one in campaign.content.templates.values() for param in one.params.values())
    if not any(f"{{{COMMUNE}}}" in value for value in gaps):
        return ""
    meant = {tools.unit_name(unit) for unit in tools.units.intersection(campaign.audience.units)}
    names = map(tools.unit_name, tools.units)
    # a commune's full name ends with its province's
    among = (one for one in names if not meant or one in meant or one.rpartition(", ")[2] in meant)
    return max(among, key=len, default="")


def say_in(tools: Tools, lang: str) -> Callable[[Line], str]:
    return partial(tools.words.render, lang=lang)


def clock(at: datetime) -> str:
    """Local hour and day, as people here write it."""
    return f"{at.astimezone(LOCAL):%H:%M %d/%m/%Y}"


def surface_of(name: str, traits: Traits) -> Surface:
    return Surface(
        name=name,
        text_limit=traits.text_limit,
        caption_limit=traits.caption_limit or traits.text_limit,
        buttons=traits.buttons,
        picture_limit=traits.picture_limit,
        advertising=traits.advertising,
        templates=traits.templates,
    )


def _of_event(event: Event, lang: str) -> Mapping[str, str]:
    local = event.at.astimezone(LOCAL)
    return {
        "event": event.name.get(lang, ""),
        "event_place": event.place.get(lang, ""),
        "event_time": f"{local:%H:%M} {local.day}/{local.month}/{local.year}",
        "seats": "" if event.seats is None else str(event.seats),
    }
