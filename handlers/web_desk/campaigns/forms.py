"""A campaign as a form and back: every field that cannot be read is named, and nothing typed is lost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.domain.campaigns.campaign import (
    EVERY_CHANNEL,
    Audience,
    Campaign,
    Content,
    Event,
    Group,
    Quiz,
    Topic,
)
from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.domain.triage.marks import fold
from bot.domain.understanding import Unit
from handlers.web_desk.campaigns import rules, templates
from handlers.web_desk.visits import Form
from handlers.web_wire.numbers import number
from handlers.web_wire.pages import LANGUAGES

LINKS, QUIZZES = range(1, 5), range(1, 4)
"""How many links and questions the form has room for."""
DAY = "%Y-%m-%d"
MOMENT = "%Y-%m-%dT%H:%M"
SEPARATORS = str.maketrans(";\n", ",,")


@dataclass(frozen=True, slots=True)
class Unread:
    """What could not be read, and in which field."""

    field: str
    line: Line


@dataclass(slots=True)
class Reader:
    """Takes fields from a form and collects what is wrong with them."""

    form: Form
    communes: Sequence[Unit] = ()
    """Of the home province."""
    unread: list[Unread] = field(default_factory=list)

    def words(self, name: str) -> str:
        return self.form.get(name, "").strip()

    def ticked(self, name: str) -> bool:
        return self.form.get(name) == "yes"

    def wrong(self, name: str, key: str, **values: str | int | Line) -> None:
        self.unread.append(Unread(name, Line(key, values)))

    def whole(self, name: str) -> int | None:
        """A number, or None where nothing was typed."""
        typed = self.words(name)
        found = number(typed) if typed else None
        if typed and found is None:
            self.wrong(name, "page.campaign.unread.number", typed=typed[:20])
        return found

    def day(self, name: str) -> date | None:
        typed = self.words(name)
        try:
            return date.fromisoformat(typed) if typed else None
        except ValueError:
            self.wrong(name, "page.campaign.unread.day", typed=typed[:20])
            return None

    def moment(self, name: str) -> datetime | None:
        """Local time as a browser writes it; aware."""
        typed = self.words(name)
        try:
            return datetime.fromisoformat(typed).replace(tzinfo=LOCAL) if typed else None
        except ValueError:
            self.wrong(name, "page.campaign.unread.moment", typed=typed[:20])
            return None

    def hour(self, name: str, otherwise: time) -> time:
        typed = self.words(name)
        try:
            return time.fromisoformat(typed).replace(tzinfo=None) if typed else otherwise
        except ValueError:
            self.wrong(name, "page.campaign.unread.hour", typed=typed[:20])
            return otherwise


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
        content=_content(reader, before.content, channels, templated),
        audience=_audience(reader, channels),
        schedule=rules.read(reader, before.schedule),
        promotional=reader.ticked("promotional"),
        theme_year=reader.whole("theme_year"),
    )
    return after, reader.unread


def typed(campaign: Campaign, communes: Sequence[Unit]) -> dict[str, str]:
    """The form's fields as they stand in the campaign."""
    names = {unit.code: unit.name for unit in communes}
    audience, content = campaign.audience, campaign.content
    values = {
        "code": campaign.code,
        "title": campaign.title,
        "theme_year": "" if campaign.theme_year is None else str(campaign.theme_year),
        "promotional": "yes" if campaign.promotional else "",
        "units": "\n".join(names.get(code, code) for code in audience.units),
        "tags": ", ".join(audience.tags),
        **{f"group_{one}": "yes" for one in audience.groups},
        **{f"topic_{one}": "yes" for one in audience.topics},
        **{f"lang_{one}": "yes" for one in audience.languages},
        **{f"channel_{one}": "yes" for one in audience.channels},
    }
    for lang, texts in content.texts.items():
        values |= {_text_field(lang, channel): text for channel, text in texts.items()}
    for place, (code, address) in zip(LINKS, content.links.items(), strict=False):
        values |= {f"link_{place}_code": code, f"link_{place}_url": address}
    for place, quiz in zip(QUIZZES, content.quiz, strict=False):
        values |= _quiz_fields(f"quiz_{place}", quiz)
    values |= templates.typed(content.templates)
    return values | _event_fields(content.event) | rules.typed(campaign.schedule)


# --- content ---


def _content(reader: Reader, before: Content, channels: Sequence[str], templated: Sequence[str]) -> Content:
    texts: dict[str, dict[str, str]] = {}
    for lang in LANGUAGES:
        said = {
            channel: text
            for channel in (EVERY_CHANNEL, *channels)
            if (text := reader.words(_text_field(lang, channel)))
        }
        if said:
            texts[lang] = said
    links = {
        reader.words(f"link_{place}_code"): reader.words(f"link_{place}_url")
        for place in LINKS
        if reader.words(f"link_{place}_code") or reader.words(f"link_{place}_url")
    }
    quiz = tuple(found for place in QUIZZES if (found := _quiz(reader, f"quiz_{place}", place)) is not None)
    approved = templates.read(reader, before.templates, templated)
    return replace(before, texts=texts, links=links, quiz=quiz, event=_event(reader), templates=approved)


def _text_field(lang: str, channel: str) -> str:
    return f"text_{lang}_{channel}" if channel else f"text_{lang}"


def _quiz(reader: Reader, name: str, place: int) -> Quiz | None:
    question = _by_language(reader, f"{name}_question")
    if not question:
        return None
    rows = {lang: reader.words(f"{name}_answers_{lang}").splitlines() for lang in LANGUAGES}
    count = max(map(len, rows.values()), default=0)
    answers = tuple(
        {lang: said[at].strip() for lang, said in rows.items() if at < len(said) and said[at].strip()}
        for at in range(count)
    )
    right = reader.whole(f"{name}_right") or 0
    return Quiz(f"q{place}", question, answers, right - 1, _by_language(reader, f"{name}_explanation"))


def _quiz_fields(name: str, quiz: Quiz) -> dict[str, str]:
    return {
        **_language_fields(f"{name}_question", quiz.question),
        **_language_fields(f"{name}_explanation", quiz.explanation),
        **{
            f"{name}_answers_{lang}": "\n".join(answer.get(lang, "") for answer in quiz.answers)
            for lang in LANGUAGES
        },
        f"{name}_right": str(quiz.right + 1),
    }


def _event(reader: Reader) -> Event | None:
    name = _by_language(reader, "event_name")
    at = reader.moment("event_at")
    if not name and at is None:
        return None
    if at is None:
        reader.wrong("event_at", "page.campaign.unread.event_at")
        return None
    hours = reader.whole("event_remind")
    return Event(
        code=reader.words("event_code") or "event",
        name=name,
        at=at,
        place=_by_language(reader, "event_place"),
        seats=reader.whole("event_seats"),
        remind=timedelta(hours=24 if hours is None else hours),
    )


def _event_fields(event: Event | None) -> dict[str, str]:
    if event is None:
        return {}
    return {
        "event_code": event.code,
        "event_at": event.at.astimezone(LOCAL).strftime(MOMENT),
        "event_seats": "" if event.seats is None else str(event.seats),
        "event_remind": str(event.remind // timedelta(hours=1)),
        **_language_fields("event_name", event.name),
        **_language_fields("event_place", event.place),
    }


def _by_language(reader: Reader, name: str) -> dict[str, str]:
    return {lang: said for lang in LANGUAGES if (said := reader.words(f"{name}_{lang}"))}


def _language_fields(name: str, said: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_{lang}": text for lang, text in said.items()}


# --- audience ---


def _audience(reader: Reader, channels: Sequence[str]) -> Audience:
    return Audience(
        groups=tuple(one for one in Group if reader.ticked(f"group_{one}")),
        units=units(reader),
        tags=tuple(_listed(reader.words("tags"))),
        languages=tuple(lang for lang in LANGUAGES if reader.ticked(f"lang_{lang}")),
        topics=tuple(one for one in Topic if reader.ticked(f"topic_{one}")),
        channels=tuple(one for one in channels if reader.ticked(f"channel_{one}")),
    )


def units(reader: Reader) -> tuple[str, ...]:
    """Commune codes of the field `units`, each once."""
    return tuple(dict.fromkeys(_units(reader)))


def _units(reader: Reader) -> Iterator[str]:
    """Codes as they are; names as the officer knows them, with or without tone marks."""
    for said in _listed(reader.words("units")):
        found = [said] if said.isdecimal() else _named(said, reader.communes)
        if len(found) == 1:
            yield found[0]
        else:
            reader.wrong("units", "page.campaign.unread.unit", typed=said[:40])


def _named(said: str, communes: Sequence[Unit]) -> list[str]:
    wanted = fold(said)
    exact = [unit.code for unit in communes if fold(unit.name) == wanted]
    return exact or [unit.code for unit in communes if fold(unit.name).endswith(" " + wanted)]


def _listed(said: str) -> Iterator[str]:
    return (part.strip() for part in said.translate(SEPARATORS).split(",") if part.strip())
