"""Texts, links, quiz and event of the form."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from bot.domain.campaigns.campaign import EVERY_CHANNEL, Content, Event, Quiz
from bot.domain.duty import LOCAL
from handlers.web_desk.campaigns.form import templates
from handlers.web_desk.campaigns.form.reader import Reader
from handlers.web_wire.pages import LANGUAGES

LINKS, QUIZZES = range(1, 5), range(1, 4)
"""How many links and questions the form has room for."""
MOMENT = "%Y-%m-%dT%H:%M"


def read(reader: Reader, before: Content, channels: Sequence[str], templated: Sequence[str]) -> Content:
    texts: dict[str, dict[str, str]] = {}
    for lang in LANGUAGES:
        said = {
            channel: text
            for channel in (EVERY_CHANNEL, *channels)
            if (text := reader.words(_text_field(lang, channel)))
        }
        if said:
            texts[lang] = said
    links = _links(reader)
    quiz = tuple(found for place in QUIZZES if (found := _quiz(reader, f"quiz_{place}", place)) is not None)
    approved = templates.read(reader, before.templates, templated)
    return replace(before, texts=texts, links=links, quiz=quiz, event=_event(reader), templates=approved)


def typed(content: Content) -> dict[str, str]:
    values: dict[str, str] = {}
    for lang, texts in content.texts.items():
        values |= {_text_field(lang, channel): text for channel, text in texts.items()}
    for place, (code, address) in zip(LINKS, content.links.items(), strict=False):
        values |= {f"link_{place}_code": code, f"link_{place}_url": address}
    for place, quiz in zip(QUIZZES, content.quiz, strict=False):
        values |= _quiz_fields(f"quiz_{place}", quiz)
    return values | templates.typed(content.templates) | _event_fields(content.event)


def _links(reader: Reader) -> dict[str, str]:
    found: dict[str, str] = {}
    for place in LINKS:
        code, address = reader.words(f"link_{place}_code"), reader.words(f"link_{place}_url")
        if code in found and (code or address):
            reader.wrong(f"link_{place}_code", "page.campaign.unread.link", typed=code[:20])
        if code or address:
            found[code] = address
    return found


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
