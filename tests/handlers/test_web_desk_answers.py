"""Answers by buttons reach the officer in words: labels and names, no codes and no dashes."""

import html
import re

import pytest

from bot.domain import script
from bot.domain.cases import Author, CaseId, Entry, EntryKind
from bot.domain.kinds import Kind
from bot.domain.messages import Line
from bot.domain.opinion import Opinion
from bot.domain.titles import KIND
from bot.ports import NewReport, UnitOfWork, Unread
from bot.services.second_reader import reading as second_reading
from handlers.web_desk.cases.answering import of_entry, told
from storage.engine import SqlStore
from tests.handlers.web import site
from tests.handlers.web_cases import NOW, reported

NAMES = {"24169": "Phường Ea Kao, Tỉnh Đắk Lắk"}


def name(code: str) -> str:
    return NAMES[code]


@pytest.mark.parametrize(
    ("question", "answer", "shown"),
    [
        ("safe_now", "unsure", Line("choice.unsure")),
        ("water", "pit", Line("choice.water.pit")),
        ("contact", "yes", Line("choice.write_here")),
        ("which", "24169", "Phường Ea Kao, Tỉnh Đắk Lắk"),
        ("which", "99999", "99999"),
        ("where", "sau chợ", "sau chợ"),
        ("children", "3", "3"),
        ("name", "anonymous", Line("choice.anonymous")),
    ],
)
def test_a_button_is_shown_by_its_label(question: str, answer: str, shown: Line | str) -> None:
    assert list(told({question: answer}, name)) == [(question, shown)]
    assert of_entry(f"ask.{question}", answer, name) == shown


def test_what_was_passed_over_or_applied_is_not_shown() -> None:
    answers = {"who": "-", "need": ".", "photo": "=", "confirm": "yes", "fix": "kind", "kind": "neglect"}
    assert list(told({**answers, "same": "12", "same_story": "other", "link": ""}, name)) == []


def test_every_button_of_every_question_has_a_label_or_is_left_out() -> None:
    buttons = [
        (question.id, option.answer) for question in script.QUESTIONS.values() for option in question.options
    ]
    assert len(buttons) > 30
    shown = [one for question, answer in buttons for _, one in told({question: answer}, name)]
    assert len(shown) > 15, "looked at nothing"
    assert all(isinstance(one, Line) for one in shown)


def test_words_of_the_story_are_never_taken_for_a_button() -> None:
    assert of_entry("", "yes", name) == "yes"
    assert of_entry("event.noted", "none", name) == "none"


async def test_the_desk_shows_neither_codes_nor_dashes(sqlite_store: SqlStore) -> None:
    answers = {"water": "pit", "fence": "none", "owner": "-", "photo": "=", "need": "."}

    def work(uow: UnitOfWork) -> None:
        uow.cases.add_report(CaseId(1), NewReport(None, None, answers, "phone", NOW, None))
        entry = Entry(0, CaseId(1), NOW, Author.REPORTER, EntryKind.ANSWER, "both", "ask.fence")
        uow.cases.add_entry(entry)

    async with site(sqlite_store) as place, place.browser() as desk:
        await reported(place)
        sqlite_store.write(work)
        await desk.enters(place.officer("TE-24169"))
        async with desk.session.get("/desk/case/1") as answer:
            page = html.unescape(await answer.text())
    facts = re.findall(r"<dd>(.*?)</dd>", page)
    words = place.gate.tools.words
    assert words.render(Line("choice.water.pit"), "vi") in facts
    assert words.render(Line("choice.fence.none"), "vi") in facts
    assert {"pit", "none", "-", "=", "."}.isdisjoint(facts)
    assert words.render(Line("choice.fence.both"), "vi") in re.findall(r'said-words">(.*?)</p>', page)


async def test_the_desk_shows_what_a_second_reader_said_as_its_own(sqlite_store: SqlStore) -> None:
    opinion = Opinion(kinds=(Kind.NEGLECT,), ages=(9,))

    def work(uow: UnitOfWork) -> None:
        newest = max(entry.id for entry in uow.cases.entries(CaseId(1)))
        unread = Unread(CaseId(1), newest)
        second_reading.record(uow, tools, unread, opinion, "vi-7b", NOW)

    async with site(sqlite_store) as place, place.browser() as desk:
        tools = place.gate.tools
        await reported(place)
        sqlite_store.write(work)
        await desk.enters(place.officer("TE-24169"))
        async with desk.session.get("/desk/case/1") as answer:
            page = html.unescape(await answer.text())
    assert tools.words.render(Line("event.second_reader"), "vi") in page
    assert "«vi-7b»" in page
    assert tools.words.render(KIND[Kind.NEGLECT], "vi") in page
