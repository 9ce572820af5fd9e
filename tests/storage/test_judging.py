"""What officers judged otherwise, and what a second reader has not read yet, on both databases."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.cases import Author, CaseId, Entry, EntryKind, OfficerId, Status
from bot.domain.kinds import Kind, Urgency
from bot.domain.understanding import Assessment
from bot.ports import About, Judgement, UnitOfWork, Unread
from storage.engine import SqlStore
from tests.storage.people import MINUTE, NOW, a_case

FIRST = Assessment(Kind.VIOLENCE, Urgency.STANDARD, version="2026.1")
SECOND = Assessment(Kind.VIOLENCE, Urgency.URGENT, version="second:m")
HOA = OfficerId(7)
DAY = timedelta(days=1)


def opened(uow: UnitOfWork) -> CaseId:
    return uow.cases.open(a_case())


def says(uow: UnitOfWork, case: CaseId, author: Author = Author.REPORTER, ago: timedelta = MINUTE) -> int:
    return uow.cases.add_entry(Entry(0, case, NOW - ago, author, EntryKind.WORDS, "bạn em bị đánh"))


def due(uow: UnitOfWork, at: timedelta = timedelta(0)) -> list[Unread]:
    now = NOW + at
    return list(uow.readings.due(now, now - MINUTE / 2, now - DAY, 10))


def test_a_judgement_names_the_assessment_of_the_triage_and_its_version(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> tuple[CaseId, int]:
        case = opened(uow)
        uow.cases.assessed(case, FIRST, NOW)
        uow.cases.assessed(case, SECOND, NOW)
        return case, uow.judgements.add(Judgement(case, HOA, NOW, About.URGENCY, "standard", "emergency"))

    case, number = store.write(work)
    (found,) = store.read(lambda uow: uow.judgements.of(case))
    first, second = store.read(lambda uow: uow.judgements.assessments(case))
    assert found == Judgement(
        case, HOA, NOW, About.URGENCY, "standard", "emergency", first.id, "2026.1", number
    )
    assert (first.assessment, second.version) == (FIRST, "second:m")


def test_a_judgement_without_an_assessment_is_kept_all_the_same(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> CaseId:
        case = opened(uow)
        uow.judgements.add(Judgement(case, HOA, NOW, About.KIND, "unknown", "neglect"))
        return case

    case = store.write(work)
    (found,) = store.read(lambda uow: uow.judgements.of(case))
    assert (found.assessment, found.version, found.said) == (None, "", "neglect")


def test_cases_with_judgements_are_paged_each_once(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> list[CaseId]:
        cases = [opened(uow) for _ in range(3)]
        for case in (*cases, cases[0]):
            uow.judgements.add(Judgement(case, HOA, NOW, About.KIND, "neglect", "violence"))
        opened(uow)
        return cases

    one, two, three = store.write(work)
    assert list(store.read(lambda uow: uow.judgements.cases(CaseId(0), 2))) == [one, two]
    assert list(store.read(lambda uow: uow.judgements.cases(two, 2))) == [three]


def test_judgements_move_with_a_case_that_is_joined(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> CaseId:
        one, into = opened(uow), opened(uow)
        uow.cases.assessed(one, FIRST, NOW)
        uow.judgements.add(Judgement(one, HOA, NOW, About.KIND, "neglect", "violence"))
        uow.cases.join(one, into, NOW)
        return into

    into = store.write(work)
    (found,) = store.read(lambda uow: uow.judgements.of(into))
    (kept,) = store.read(lambda uow: uow.judgements.assessments(into))
    assert (found.case, kept.assessment) == (into, FIRST)


def test_an_erased_case_keeps_the_codes_and_loses_the_words(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> CaseId:
        case = opened(uow)
        uow.cases.assessed(case, FIRST, NOW)
        uow.judgements.add(Judgement(case, HOA, NOW, About.KIND, "neglect", "violence"))
        uow.cases.erase(case)
        return case

    case = store.write(work)
    assert len(store.read(lambda uow: uow.judgements.of(case))) == 1
    (kept,) = store.read(lambda uow: uow.judgements.assessments(case))
    assert (kept.version, kept.assessment) == ("2026.1", None)


def test_words_of_a_reporter_are_to_be_read_until_they_were(store: SqlStore) -> None:
    case = store.write(opened)
    assert store.read(due) == []
    first = store.write(lambda uow: says(uow, case))
    assert store.read(due) == [Unread(case, first)]
    store.write(lambda uow: uow.readings.done(case, first))
    assert store.read(due) == []
    second = store.write(lambda uow: says(uow, case))
    assert store.read(due) == [Unread(case, second)]


def test_only_the_reporters_own_words_are_to_be_read(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> None:
        case = opened(uow)
        says(uow, case, Author.OFFICER)
        uow.cases.add_entry(
            Entry(0, case, NOW - MINUTE, Author.REPORTER, EntryKind.ANSWER, "Lan", "ask.name")
        )

    store.write(work)
    assert store.read(due) == []


def test_fresh_words_wait_and_old_ones_are_left(store: SqlStore) -> None:
    case = store.write(opened)
    store.write(lambda uow: says(uow, case, ago=timedelta(0)))
    assert store.read(due) == []
    assert len(store.read(lambda uow: due(uow, MINUTE))) == 1
    assert store.read(lambda uow: due(uow, 2 * DAY)) == []


def test_closed_restricted_and_going_cases_are_not_read(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> None:
        for odd in ({"status": Status.CLOSED}, {"restricted": True}, {"erasure_asked": True}):
            says(uow, uow.cases.open(replace(a_case(), **odd)))  # type: ignore[arg-type]

    store.write(work)
    assert store.read(due) == []


def test_what_is_put_off_comes_back_with_its_tries(store: SqlStore) -> None:
    case = store.write(opened)
    entry = store.write(lambda uow: says(uow, case))
    assert store.write(lambda uow: uow.readings.put_off(case, NOW + MINUTE)) == 1
    assert store.read(due) == []
    assert store.write(lambda uow: uow.readings.put_off(case, NOW + MINUTE)) == 2
    assert store.read(lambda uow: due(uow, MINUTE)) == [Unread(case, entry, 2)]
    store.write(lambda uow: uow.readings.done(case, entry))
    later = store.write(lambda uow: says(uow, case))
    assert store.read(due) == [Unread(case, later, 0)]


def test_the_oldest_words_come_first_and_no_more_than_asked_for(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> list[CaseId]:
        one, two, three = opened(uow), opened(uow), opened(uow)
        for case in (two, three, one):
            says(uow, case)
        return [two, three]

    wanted = store.write(work)
    found = store.read(lambda uow: uow.readings.due(NOW, NOW - MINUTE / 2, NOW - DAY, 2))
    assert [one.case for one in found] == wanted
