"""Campaigns into a file that `read_campaigns` gives back; who wrote and who approved stays with the office."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from bot.domain.campaigns.campaign import EVERY_CHANNEL, Campaign, Content, Event, Quiz
from bot.domain.campaigns.schedule import Schedule
from bot.domain.duty import LOCAL
from bot.office.campaigns.reading import DEFAULT
from bot.office.campaigns.rules import rule_text
from bot.office.campaigns.templates import write_templates
from bot.office.faults import File
from bot.office.toml_lines import bare, quoted

NAME = "campaigns.toml"
HOUR = timedelta(hours=1)


def write_campaigns(campaigns: Sequence[Campaign]) -> File:
    """Urgent notices are of one day and stay out."""
    lasting = (campaign for campaign in campaigns if not campaign.urgent)
    return File(NAME, "\n".join("\n".join(_campaign(one)) for one in lasting))


def _campaign(campaign: Campaign) -> Iterator[str]:
    audience = campaign.audience
    yield "[[campaign]]"
    yield f"code = {quoted(campaign.code)}"
    yield f"title = {quoted(campaign.title)}"
    if campaign.theme_year is not None:
        yield f"theme_year = {campaign.theme_year}"
    if campaign.promotional:
        yield "promotional = true"
    for name in ("groups", "units", "tags", "languages", "topics", "channels"):
        if values := getattr(audience, name):
            yield f"{name} = {_list(values)}"
    yield from _schedule(campaign.schedule)
    yield from _content(campaign.content)
    for source in campaign.sources:
        yield "\n[[campaign.source]]"
        yield f"title = {quoted(source.title)}"
        if source.year is not None:
            yield f"year = {source.year}"
        if source.address:
            yield f"address = {quoted(source.address)}"
        yield f"verified = {_flag(source.verified)}"
    yield ""


def _schedule(schedule: Schedule) -> Iterator[str]:
    yield f"rules = {_list([rule_text(rule) for rule in schedule.rules])}"
    yield f"at = {quoted(schedule.at.isoformat('minutes'))}"
    if schedule.start is not None:
        yield f"start = {schedule.start.isoformat()}"
    if schedule.end is not None:
        yield f"end = {schedule.end.isoformat()}"
    if schedule.skip:
        yield f"skip = [{', '.join(day.isoformat() for day in sorted(schedule.skip))}]"
    if schedule.tolerance != Schedule(()).tolerance:
        yield f"tolerance_hours = {schedule.tolerance // HOUR}"
    if schedule.season is not None:
        (month, day), (end_month, end_day) = schedule.season.start, schedule.season.end
        lunar = _flag(schedule.season.lunar)
        yield f'season = {{ start = "{day}/{month}", end = "{end_day}/{end_month}", lunar = {lunar} }}'


def _content(content: Content) -> Iterator[str]:
    for lang, texts in content.texts.items():
        yield f"\n[campaign.texts.{bare(lang)}]"
        for channel, text in texts.items():
            yield f"{DEFAULT if channel == EVERY_CHANNEL else bare(channel)} = {_long(text)}"
    yield from write_templates(content.templates)
    if content.links:
        yield "\n[campaign.links]"
        yield from (f"{bare(code)} = {quoted(address)}" for code, address in content.links.items())
    if (picture := content.picture) is not None:
        yield "\n[campaign.picture]"
        yield f"digest = {quoted(picture.digest)}"
        yield f"mime = {quoted(picture.mime)}"
        yield f"size = {picture.size}"
        yield f"alt = {_table(picture.alt)}"
    for quiz in content.quiz:
        yield from _quiz(quiz)
    if content.event is not None:
        yield from _event(content.event)


def _quiz(quiz: Quiz) -> Iterator[str]:
    yield "\n[[campaign.quiz]]"
    yield f"code = {quoted(quiz.code)}"
    yield f"right = {quiz.right + 1}"
    yield f"question = {_table(quiz.question)}"
    yield f"explanation = {_table(quiz.explanation)}"
    for answer in quiz.answers:
        yield "[[campaign.quiz.answer]]"
        yield from (f"{bare(lang)} = {quoted(text)}" for lang, text in answer.items())


def _event(event: Event) -> Iterator[str]:
    yield "\n[campaign.event]"
    yield f"code = {quoted(event.code)}"
    yield f"at = {event.at.astimezone(LOCAL).isoformat()}"
    yield f"name = {_table(event.name)}"
    yield f"place = {_table(event.place)}"
    if event.seats is not None:
        yield f"seats = {event.seats}"
    yield f"remind_hours = {event.remind // HOUR}"


def _table(by_lang: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{bare(lang)} = {quoted(text)}" for lang, text in by_lang.items()) + " }"


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(quoted(text) for text in texts)}]"


def _long(text: str) -> str:
    """Several lines as several lines, so that whoever edits the file sees the letter."""
    if "\n" not in text:
        return quoted(text)
    inside = "\n".join(
        json.dumps(line, ensure_ascii=False)[1:-1].replace('\\"', '"') for line in text.split("\n")
    )
    return f'"""\n{inside}"""' if '"""' not in inside and not inside.endswith('"') else quoted(text)


def _flag(value: object) -> str:
    return "true" if value else "false"
