"""A campaign as a form and back: every field that cannot be read is named, and nothing typed is lost."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.campaigns.campaign import Campaign
from bot.domain.understanding import Unit
from handlers.web_desk.campaigns.form import audience, content, rules
from handlers.web_desk.campaigns.form.content import LINKS, QUIZZES
from handlers.web_desk.campaigns.form.reader import Reader, Unread
from handlers.web_desk.visits import Form

__all__ = ["LINKS", "QUIZZES", "Reader", "Unread", "read", "typed"]


def read(
    form: Form,
    before: Campaign,
    communes: Sequence[Unit],
    channels: Sequence[str],
    templated: Sequence[str] = (),
) -> tuple[Campaign, list[Unread]]:
    """The campaign as typed, on top of what the form does not show (picture, sources, state)."""
    reader = Reader(form, communes)
    after = replace(
        before,
        code=reader.words("code"),
        title=reader.words("title"),
        content=content.read(reader, before.content, channels, templated),
        audience=audience.read(reader, channels),
        schedule=rules.read(reader, before.schedule),
        promotional=reader.ticked("promotional"),
        theme_year=reader.whole("theme_year"),
    )
    return after, reader.unread


def typed(campaign: Campaign, communes: Sequence[Unit]) -> dict[str, str]:
    """The form's fields as they stand in the campaign."""
    return {
        "code": campaign.code,
        "title": campaign.title,
        "theme_year": "" if campaign.theme_year is None else str(campaign.theme_year),
        "promotional": "yes" if campaign.promotional else "",
        **audience.typed(campaign.audience, communes),
        **content.typed(campaign.content),
        **rules.typed(campaign.schedule),
    }
