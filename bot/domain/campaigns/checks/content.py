"""What is wrong with what a campaign says: texts, placeholders, pictures, links, questions, its event."""

import re
from collections.abc import Iterator

from bot.domain.campaigns import placeholders, titles
from bot.domain.campaigns.campaign import EVERY_CHANNEL, Campaign, Content
from bot.domain.campaigns.checks import templates
from bot.domain.campaigns.checks.finding import Finding, Known, Level
from bot.domain.campaigns.limits import VIDEO_LIMIT
from bot.domain.campaigns.placeholders import COMMUNE
from bot.domain.campaigns.preview import compose, length
from bot.domain.messages import Line

_SHORT_CODE = re.compile(r"[a-z0-9_]{1,16}")
_LINK = re.compile(r"https://[^\s/]+\S{0,2000}")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""What makes an address look like another one, or ends the header that it stands in."""
_DIGEST = re.compile(r"[0-9a-f]{64}")
PHOTOS = frozenset({"image/jpeg", "image/png"})
VIDEOS = frozenset({"video/mp4"})
MEGABYTE = 1_000_000
LEAST_ANSWERS, MOST_ANSWERS = 2, 6
LONGEST_NAME = "x" * 40
"""Stands for a commune's name, which is filled in for each person."""


def check(campaign: Campaign, known: Known) -> Iterator[Finding]:
    yield from _texts(campaign, known)
    yield from _picture(campaign, known)
    yield from _parts(campaign.content, known)
    yield from templates.check(campaign, known, _placeholders)


def _texts(campaign: Campaign, known: Known) -> Iterator[Finding]:
    content = campaign.content
    if not any(text.strip() for texts in content.texts.values() for text in texts.values()):
        yield Finding(Level.HINDERS, "text.none", Line("campaign.fault.no_text"), "texts")
    for lang, texts in content.texts.items():
        if lang not in known.languages:
            line = Line("campaign.fault.language", {"lang": lang})
            yield Finding(Level.WRONG, "text.language", line, f"texts.{lang}")
            continue
        for channel, text in texts.items():
            place = f"texts.{lang}.{channel}" if channel else f"texts.{lang}"
            if channel != EVERY_CHANNEL and channel not in known.surfaces:
                line = Line("campaign.fault.channel", {"channel": titles.channel(channel)})
                yield Finding(Level.NOTE, "text.channel", line, place)
            yield from _placeholders(content, text, place, known)
        yield from _too_long(campaign, lang, known)


def _placeholders(content: Content, text: str, place: str, known: Known) -> Iterator[Finding]:
    for slip in placeholders.slips(text, content.links):
        values: dict[str, str | int | Line] = {"name": slip.name, "line": slip.line, "column": slip.column}
        if not slip.name:
            line = Line("campaign.fault.brace", values)
        elif slip.meant:
            line = Line("campaign.fault.placeholder_meant", {**values, "meant": slip.meant})
        else:
            line = Line("campaign.fault.placeholder", values)
        yield Finding(Level.WRONG, "placeholder.unknown", line, place)
    for name in sorted(placeholders.used(text) & placeholders.OF_RUN - known.values.keys()):
        if name in placeholders.OF_EVENT and content.event is None:
            line = Line("campaign.fault.needs_event", {"name": name})
        elif name == "seats":
            line = Line("campaign.fault.needs_seats", {"name": name})
        elif name in placeholders.OF_EVENT:
            continue
        else:
            line = Line("campaign.fault.no_value", {"name": name})
        yield Finding(Level.HINDERS, "placeholder.empty", line, place)


def _too_long(campaign: Campaign, lang: str, known: Known) -> Iterator[Finding]:
    """Each channel in its final words, with everything that is added below the text."""
    say = known.say.get(lang)
    for surface in known.surfaces.values():
        wanted = not campaign.audience.channels or surface.name in campaign.audience.channels
        if say is None or not wanted:
            continue
        shown = compose(campaign, lang, surface, 999_999, {COMMUNE: LONGEST_NAME, **known.values}, say)
        if shown is not None and length(shown.text) > surface.text_limit:
            values: dict[str, str | int | Line] = {
                "channel": titles.channel(surface.name),
                "limit": surface.text_limit,
                "length": length(shown.text),
            }
            line = Line("campaign.fault.too_long", values)
            yield Finding(Level.HINDERS, "text.too_long", line, f"texts.{lang}.{surface.name}")
        elif shown is not None and shown.apart:
            line = Line(
                "campaign.note.picture_apart",
                {"channel": titles.channel(surface.name), "limit": surface.caption_limit},
            )
            yield Finding(Level.NOTE, "picture.apart", line, f"texts.{lang}.{surface.name}")


def _picture(campaign: Campaign, known: Known) -> Iterator[Finding]:
    picture = campaign.content.picture
    if picture is None:
        return
    if picture.mime not in PHOTOS | VIDEOS:
        line = Line("campaign.fault.picture_kind", {"mime": picture.mime[:40]})
        yield Finding(Level.WRONG, "picture.kind", line, "picture")
        return
    if not _DIGEST.fullmatch(picture.digest):
        yield Finding(Level.WRONG, "picture.digest", Line("campaign.fault.picture_digest"), "picture")
    for surface in known.surfaces.values():
        limit = VIDEO_LIMIT if picture.mime in VIDEOS else surface.picture_limit
        if picture.size > limit:
            values: dict[str, str | int | Line] = {
                "channel": titles.channel(surface.name),
                "size": -(-picture.size // MEGABYTE),
                "limit": limit // MEGABYTE,
            }
            line = Line("campaign.fault.picture_large", values)
            yield Finding(Level.HINDERS, "picture.large", line, "picture")


def _parts(content: Content, known: Known) -> Iterator[Finding]:
    langs = [lang for lang, texts in content.texts.items() if any(texts.values())]
    for code, address in content.links.items():
        bad = not _SHORT_CODE.fullmatch(code) or not _LINK.fullmatch(address)
        if bad or _UNSEEN.search(address):
            line = Line("campaign.fault.link", {"code": code[:40]})
            yield Finding(Level.WRONG, "link.bad", line, f"links.{code}")
    for number, quiz in enumerate(content.quiz, 1):
        whole = all(
            quiz.question.get(lang) and quiz.explanation.get(lang) and all(a.get(lang) for a in quiz.answers)
            for lang in langs
        )
        if not LEAST_ANSWERS <= len(quiz.answers) <= MOST_ANSWERS or not 0 <= quiz.right < len(quiz.answers):
            values: dict[str, str | int | Line] = {
                "number": number,
                "least": LEAST_ANSWERS,
                "most": MOST_ANSWERS,
            }
            yield Finding(
                Level.WRONG, "quiz.answers", Line("campaign.fault.quiz_answers", values), f"quiz.{number}"
            )
        elif not whole:
            line = Line("campaign.fault.quiz_words", {"number": number})
            yield Finding(Level.HINDERS, "quiz.words", line, f"quiz.{number}")
    if (event := content.event) is not None:
        if event.at <= known.now:
            yield Finding(Level.HINDERS, "event.past", Line("campaign.fault.event_past"), "event")
        if not all(event.name.get(lang) and event.place.get(lang) for lang in langs):
            yield Finding(Level.HINDERS, "event.words", Line("campaign.fault.event_words"), "event")
        if (event.seats is not None and event.seats < 1) or not _SHORT_CODE.fullmatch(event.code):
            yield Finding(Level.WRONG, "event.seats", Line("campaign.fault.event_seats"), "event")
