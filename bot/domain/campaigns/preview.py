"""What a letter becomes on each channel: its words, its buttons, and whether the picture stands alone."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from bot.domain.campaigns.campaign import EVERY_CHANNEL, Campaign, Content
from bot.domain.campaigns.heard import buttons
from bot.domain.campaigns.placeholders import fill
from bot.domain.messages import Button, Line

Say = Callable[[Line], str]
"""Renders a sentence of the catalogue in the letter's language."""


@dataclass(frozen=True, slots=True)
class Surface:
    """What a channel can show."""

    name: str
    text_limit: int
    """Characters after NFC."""
    caption_limit: int
    """Under a picture; a longer text follows it as a message of its own."""
    buttons: int
    picture_limit: int
    """Bytes."""
    advertising: tuple[time, time] | None = None
    """Local hours (from, until) in which the platform takes promotional messages."""
    templates: bool = False
    """Approved templates reach people there whose reply window has closed."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A letter as one channel shows it, from top to bottom."""

    channel: str
    lang: str
    text: str
    rows: tuple[tuple[Button, ...], ...] = ()
    picture: bool = False
    apart: bool = False
    """The picture goes first as a message of its own: the text is too long to stand under it."""


def length(text: str) -> int:
    """As the strictest platform counts: NFC, in UTF-16 units (an emoji is two)."""
    return len(unicodedata.normalize("NFC", text).encode("utf-16-le")) // 2


def text_of(content: Content, lang: str, channel: str) -> str:
    """The text for a language and channel, as written; empty: there is none, and nobody gets another language."""
    texts = content.texts.get(lang, {})
    return texts.get(channel) or texts.get(EVERY_CHANNEL, "")


def channels_of(content: Content, lang: str) -> frozenset[str]:
    """Channels that have a text of their own."""
    return frozenset(content.texts.get(lang, {})) - {EVERY_CHANNEL}


def compose(
    campaign: Campaign, lang: str, on: Surface, run: int, values: Mapping[str, str], say: Say
) -> Shown | None:
    """The letter; None where the campaign has no text in this language."""
    text = text_of(campaign.content, lang, on.name)
    if not text.strip():
        return None
    parts, rows = [fill(text, values).strip()], list[tuple[Button, ...]]()
    if quiz := campaign.content.quiz:
        parts.append(quiz[0].question.get(lang, ""))
        answers = [answer.get(lang, "") for answer in quiz[0].answers]
        rows += [(Button(answer, buttons.answer(run, 0, at)),) for at, answer in enumerate(answers)]
        if on.buttons < len(answers):
            parts.append(numbered(run, 0, answers, say))
    if campaign.content.event is not None:
        rows.append(
            (
                Button(say(Line("campaign.button.comes")), buttons.comes(run, yes=True)),
                Button(say(Line("campaign.button.comes_not")), buttons.comes(run, yes=False)),
            )
        )
        if on.buttons == 0:
            parts.append(say(Line("campaign.letter.come_typed", {"run": run})))
    parts.append(say(Line("campaign.letter.stop")))
    whole = "\n\n".join(filter(None, parts))
    picture = campaign.content.picture is not None
    fitting = tuple(rows) if sum(map(len, rows)) <= on.buttons else ()
    return Shown(on.name, lang, whole, fitting, picture, apart=picture and length(whole) > on.caption_limit)


def numbered(run: int, question: int, answers: Sequence[str], say: Say) -> str:
    """The answers of a question with what to type for each, where nothing can be pressed."""
    lines = [
        say(
            Line(
                "campaign.letter.answer_typed",
                {"run": run, "question": question + 1, "number": at, "answer": text},
            )
        )
        for at, text in enumerate(answers, 1)
    ]
    return "\n".join(lines)
