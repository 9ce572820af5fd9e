"""What officers judged otherwise leaves the office without names, places and numbers, or without words at all."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest

from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind
from bot.domain.kinds import Kind, Urgency
from bot.domain.understanding import Assessment
from bot.ports import About, NewReport, UnitOfWork
from bot.services import casework, disagreements
from bot.services.disagreements import Disagreement
from tests.services.office import Office
from tests.services.people import NOON
from tests.services.steps import does, taken

WORDS = "Bé Lan 12 tuổi ở buôn Tơng Ju bị dượng Y Bih bỏ đói, gọi 0912 345 678 nha"
SAID = Assessment(
    Kind.NEGLECT, Urgency.STANDARD, ages=(12,), children=1, place="buôn Tơng Ju", version="2026.1"
)


def heard(office: Office, assessed: Assessment = SAID, **fields: object) -> CaseId:
    """A case that HOA has, as the triage read it."""
    case, _ = taken(office, kind=assessed.kind, also=assessed.also, urgency=assessed.urgency, **fields)
    entry = Entry(0, case, office.now, Author.REPORTER, EntryKind.WORDS, WORDS)
    office.store.write(lambda uow: (uow.cases.assessed(case, assessed, NOON), uow.cases.add_entry(entry)))
    return case


def _saved(uow: UnitOfWork, case: Case) -> None:
    assert uow.cases.save(case)


def raised(office: Office, case: CaseId) -> None:
    does(office, casework.raise_urgency, case, office.officer("HOA"), Urgency.EMERGENCY, office.now)


def collected(office: Office) -> Sequence[Disagreement]:
    return office.store.write(lambda uow: disagreements.collect(uow, office.tools, office.now))


def test_what_the_machine_said_and_what_the_officer_says(both: Office) -> None:
    case = heard(both)
    raised(both, case)
    does(both, casework.set_kind, case, both.officer("HOA"), Kind.VIOLENCE, both.now, (Kind.NEGLECT,))
    (one,) = collected(both)
    assert one.machine == {About.URGENCY: "standard", About.KIND: "neglect", About.ALSO: ""}
    assert one.officer == {About.URGENCY: "emergency", About.KIND: "violence", About.ALSO: "neglect"}
    assert one.text == "Bé [tên] [11-13] tuổi ở [nơi] bị dượng [tên] bỏ đói, gọi [số] nha"
    assert (one.version, one.ages, one.children) == ("2026.1", ("11-13",), 1)


def test_names_that_were_given_as_answers_go_too(office: Office) -> None:
    case = heard(office)
    answers = {"name": "tường vi", "who": "dượng nó là Y Bih"}
    report = NewReport(None, SAID, answers, "phone", NOON, None)
    entry = Entry(0, case, office.now, Author.REPORTER, EntryKind.WORDS, "em là tường vi lớp bên")
    office.store.write(lambda uow: (uow.cases.add_report(case, report), uow.cases.add_entry(entry)))
    raised(office, case)
    (one,) = collected(office)
    assert one.text is not None
    assert "tường vi" not in one.text
    assert "lớp bên" in one.text


def test_a_text_without_capitals_is_marked_for_a_second_look(office: Office) -> None:
    raised(office, heard(office))
    case = heard(office)
    office.store.write(lambda uow: uow.cases.erase(case))
    entry = Entry(0, case, office.now, Author.REPORTER, EntryKind.WORDS, "thay lan khoc ngoai san")
    office.store.write(lambda uow: (uow.cases.assessed(case, SAID, NOON), uow.cases.add_entry(entry)))
    raised(office, case)
    assert {one.text: one.names_shown for one in collected(office)}["thay lan khoc ngoai san"] is False
    assert sorted(one.names_shown for one in collected(office)) == [False, True]


def test_words_after_the_judgement_are_not_what_was_judged(office: Office) -> None:
    case = heard(office)
    raised(office, case)
    entry = Entry(
        0, case, office.now + timedelta(minutes=1), Author.REPORTER, EntryKind.WORDS, "nói thêm sau"
    )
    office.store.write(lambda uow: uow.cases.add_entry(entry))
    (one,) = collected(office)
    assert "nói thêm sau" not in str(one.text)


def test_who_came_back_to_what_the_machine_said_does_not_disagree(office: Office) -> None:
    case = heard(office)
    raised(office, case)
    hoa = office.officer("HOA")
    does(office, casework.lower_urgency, case, hoa, Urgency.STANDARD, "đã gặp cháu", office.now)
    assert collected(office) == []


@pytest.mark.parametrize(
    "assessed",
    [
        replace(SAID, kind=Kind.SEXUAL_ABUSE),
        replace(SAID, also=(Kind.SEXUAL_ABUSE,)),
        replace(SAID, language="other"),
    ],
)
def test_of_sexual_abuse_and_unread_languages_the_words_are_left_out(
    office: Office, assessed: Assessment
) -> None:
    raised(office, heard(office, assessed))
    (one,) = collected(office)
    assert one.text is None
    assert one.officer == {About.URGENCY: "emergency"}


def test_of_a_restricted_case_and_one_whose_erasure_was_asked_for_the_words_are_left_out(
    office: Office,
) -> None:
    for fields in ({"restricted": True}, {"erasure_asked": True}):
        case = heard(office)
        raised(office, case)
        odd = replace(office.case(case), **fields)  # type: ignore[arg-type]
        office.store.write(partial(_saved, case=odd))
    assert [one.text for one in collected(office)] == [None, None]


def test_once_an_officer_says_it_is_sexual_abuse_the_words_are_left_out(office: Office) -> None:
    case = heard(office)
    does(office, casework.set_kind, case, office.officer("HOA"), Kind.SEXUAL_ABUSE, office.now)
    does(office, casework.set_kind, case, office.officer("HOA"), Kind.VIOLENCE, office.now)
    (one,) = collected(office)
    assert one.text is None


def test_of_an_erased_case_the_codes_stay(both: Office) -> None:
    case = heard(both)
    raised(both, case)
    both.store.write(lambda uow: uow.cases.erase(case))
    (one,) = collected(both)
    assert (one.text, one.machine, one.officer) == (
        None, {About.URGENCY: "standard"}, {About.URGENCY: "emergency"},
    )  # fmt: skip
    assert (one.ages, one.children, one.version) == ((), None, "2026.1")


def test_taking_them_out_is_noted_in_the_ledger(office: Office) -> None:
    raised(office, heard(office))
    collected(office)
    (row,) = office.store.read(lambda uow: uow.ledger.of("triage"))
    assert (row.action, row.detail) == ("triage.exported", "records:1")
