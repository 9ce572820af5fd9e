"""Campaigns out of a file: every fault with its file, line and key; what is read is always a draft."""

from collections.abc import Mapping
from datetime import UTC, time, timedelta

from bot.domain.campaigns.campaign import (
    EVERY_CHANNEL,
    Audience,
    Campaign,
    Content,
    Event,
    Group,
    Picture,
    Quiz,
    Source,
    Topic,
)
from bot.domain.campaigns.schedule import Rule, Schedule, Season
from bot.domain.messages import Line
from bot.office.campaigns import prose
from bot.office.campaigns.rules import rule_from, season_from
from bot.office.campaigns.templates import read_templates
from bot.office.faults import Fault, File
from bot.office.toml_lines import Section, parse

KEYS = (
    "code", "title", "theme_year", "promotional", "groups", "units", "tags", "languages", "topics", "channels",
    "rules", "at", "start", "end", "skip", "season", "tolerance_hours", "texts", "links", "picture", "quiz",
    "event", "source", "templates",
)  # fmt: skip
DEFAULT = "default"
"""The text for channels without one of their own."""
FIRST_YEAR, LAST_YEAR = 2000, 2100
MOST_HOURS = 24 * 14
MOST_SEATS = 100_000
MOST_BYTES = 1_000_000_000


def read_campaigns(file: File) -> tuple[Campaign, ...] | tuple[Fault, ...]:
    """All campaigns of a file, or every fault in it. An empty file is a fault: somebody took the wrong one."""
    faults: list[Fault] = []
    whole = parse(file, faults)
    if whole is None:
        return tuple(faults)
    whole.only("campaign")
    found = [_campaign(section) for section in whole.sections("campaign")]
    codes: set[str] = set()
    for section, campaign in zip(whole.sections("campaign"), found, strict=True):
        if campaign.code in codes:
            section.bad("code", Line("office.fault.twice", {"value": campaign.code}))
        codes.add(campaign.code)
    if not found and not faults:
        faults.append(Fault(file.name, 0, "", Line("campaign.fault.toml_none")))
    return tuple(faults) if faults else tuple(found)


def _campaign(section: Section) -> Campaign:
    section.only(*KEYS)
    return Campaign(
        id=0,
        code=section.text("code"),
        title=section.text("title"),
        content=_content(section),
        audience=Audience(
            groups=prose.choices(section, "groups", Group),
            units=section.texts("units"),
            tags=section.texts("tags"),
            languages=section.texts("languages"),
            topics=prose.choices(section, "topics", Topic),
            channels=section.texts("channels"),
        ),
        schedule=_schedule(section),
        promotional=section.flag("promotional"),
        theme_year=prose.whole_or_none(section, "theme_year", FIRST_YEAR, LAST_YEAR),
        sources=tuple(_source(one) for one in section.sections("source")),
    )


def _content(section: Section) -> Content:
    texts = section.section("texts")
    return Content(
        texts={lang: _texts(texts.section(lang)) for lang in texts.values},
        picture=_picture(section.section("picture")) if "picture" in section.values else None,
        links=prose.all_prose(section.section("links")),
        quiz=tuple(_quiz(one) for one in section.sections("quiz")),
        event=_event(section.section("event")) if "event" in section.values else None,
        templates=read_templates(section.section("templates")),
    )


def _texts(section: Section) -> Mapping[str, str]:
    found = prose.all_prose(section)
    return {EVERY_CHANNEL if channel == DEFAULT else channel: text for channel, text in found.items()}


def _schedule(section: Section) -> Schedule:
    hours = prose.whole_or_none(section, "tolerance_hours", 0, MOST_HOURS)
    return Schedule(
        rules=_rules(section),
        at=_hour(section),
        start=section.day("start"),
        end=section.day("end"),
        season=_season(section.section("season")) if "season" in section.values else None,
        skip=prose.days(section, "skip"),
        tolerance=Schedule(()).tolerance if hours is None else timedelta(hours=hours),
    )


def _rules(section: Section) -> tuple[Rule, ...]:
    found = []
    for text in section.texts("rules"):
        rule = rule_from(text) if text.strip() else None
        if rule is None:
            section.bad("rules", Line("campaign.fault.toml_rule", {"value": text[:40]}))
        else:
            found.append(rule)
    return tuple(found)


def _hour(section: Section) -> time:
    text = section.text("at", "08:00")
    try:
        return time.fromisoformat(text)
    except ValueError:
        section.bad("at", Line("campaign.fault.toml_hour"))
        return time(8)


def _season(section: Section) -> Season | None:
    section.only("start", "end", "lunar")
    try:
        return season_from(section.text("start"), section.text("end"), lunar=section.flag("lunar"))
    except ValueError:
        section.bad("start", Line("campaign.fault.toml_edge"))
        return None


def _picture(section: Section) -> Picture:
    section.only("digest", "mime", "size", "alt")
    size = section.whole("size", 1, MOST_BYTES)
    return Picture(section.text("digest"), section.text("mime"), size, prose.by_lang(section, "alt"))


def _quiz(section: Section) -> Quiz:
    section.only("code", "question", "answer", "right", "explanation")
    answers = section.sections("answer")
    return Quiz(
        code=section.text("code"),
        question=prose.by_lang(section, "question"),
        answers=tuple(prose.all_prose(answer) for answer in answers),
        # people count from one
        right=section.whole("right", 1, max(len(answers), 1)) - 1,
        explanation=prose.by_lang(section, "explanation"),
    )


def _event(section: Section) -> Event | None:
    section.only("code", "at", "name", "place", "seats", "remind_hours")
    at = prose.moment(section, "at")
    hours = prose.whole_or_none(section, "remind_hours", 0, MOST_HOURS)
    if at is None:
        return None
    return Event(
        code=section.text("code"),
        name=prose.by_lang(section, "name"),
        at=at.astimezone(UTC),
        place=prose.by_lang(section, "place"),
        seats=prose.whole_or_none(section, "seats", 1, MOST_SEATS),
        remind=timedelta(days=1) if hours is None else timedelta(hours=hours),
    )


def _source(section: Section) -> Source:
    section.only("title", "year", "address", "verified")
    return Source(
        title=section.text("title"),
        year=prose.whole_or_none(section, "year", 1900, LAST_YEAR),
        address=section.text("address", ""),
        verified=section.flag("verified"),
    )
