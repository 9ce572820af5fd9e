"""What a second reader is given to read, and the little of its answer that is recorded."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.cases import Author, CaseId, Entry, EntryKind, Result
from bot.domain.kinds import Environment, Kind, Reporter, Urgency
from bot.domain.messages import Lane
from bot.domain.opinion import Opinion
from bot.domain.understanding import PlaceGuess, Places
from bot.ports import NewLetter, Unheard, UnitOfWork, Unread
from bot.services import casework, second_reader
from bot.services.second_reader import reading as second_reading
from bot.services.second_reader.reading import PATIENCE, PAUSE, TRIES
from tests.services.office import Office
from tests.services.people import AN, ASSESSED, HERE, NOON
from tests.services.steps import does, taken

WORDS = "Bé Lan 9 tuổi ở xã Ea Kao bị đánh, gọi 0912345678, số nhà 12"
RAISED = Opinion(urgency=Urgency.EMERGENCY)
ALL = Opinion(
    Urgency.EMERGENCY,
    (Kind.NEGLECT,),
    Environment.FAMILY,
    Reporter.OTHER,
    (9,),
    2,
    "xã Ea Kao",
)


def told(office: Office, case: CaseId, text: str = WORDS, author: Author = Author.REPORTER) -> int:
    entry = Entry(0, case, office.now, author, EntryKind.WORDS, text)
    return office.store.write(lambda uow: uow.cases.add_entry(entry))


def reported(office: Office, urgency: Urgency = Urgency.STANDARD, **fields: object) -> Unread:
    """A case whose reporter was answered, as it is due for reading."""
    case = office.report(AN, urgency=urgency, **fields)
    office.store.write(lambda uow: uow.cases.assessed(case, replace(ASSESSED, urgency=urgency), NOON))
    return Unread(case, told(office, case))


def due(office: Office, at: datetime) -> list[Unread]:
    return list(office.store.read(lambda uow: second_reading.due(uow, at, 4)))


def hears(office: Office, unread: Unread, opinion: Opinion, at: datetime = NOON) -> None:
    does(office, second_reading.record, unread, opinion, "vi-7b", at)


def notes(office: Office, case: CaseId) -> list[str]:
    entries = office.store.read(lambda uow: uow.cases.entries(case))
    return [one.text for one in entries if one.code == "event.second_reader"]


def test_a_higher_urgency_rings_again_as_an_officers_raise_would(both: Office) -> None:
    unread = reported(both)
    both.told("HOA")
    hears(both, unread, RAISED)
    assert both.case(unread.case).urgency is Urgency.EMERGENCY
    assert any("KHẨN" in text.upper() for text in both.told("HOA"))
    assert both.watch(unread.case).urgency is Urgency.EMERGENCY


def test_who_has_the_case_keeps_it_and_is_told(office: Office) -> None:
    case, hoa = taken(office, urgency=Urgency.STANDARD)
    hears(office, Unread(case, told(office, case)), RAISED)
    assert office.case(case).owner == hoa.id
    assert len(office.told("HOA")) == 1


def test_it_never_lowers_and_never_takes_away(office: Office) -> None:
    fields = {"also": (Kind.TRAFFICKING,), "environment": Environment.SCHOOL}
    unread = reported(office, Urgency.EMERGENCY, **fields)
    before = office.case(unread.case)
    hears(office, unread, Opinion(Urgency.NONE, (Kind.TRAFFICKING,), Environment.ONLINE))
    assert office.case(unread.case) == before
    assert notes(office, unread.case) == []


def test_what_it_says_stands_as_its_own_beside_the_first_assessment(both: Office) -> None:
    unread = reported(both)
    hears(both, unread, ALL)
    first, second = both.store.read(lambda uow: uow.judgements.assessments(unread.case))
    assert first.version == ASSESSED.version
    assert second.version == "second:vi-7b"
    said = second.assessment
    assert said is not None
    assert (said.urgency, said.also, said.ages, said.children, said.place, said.reporter) == (
        Urgency.EMERGENCY, (Kind.NEGLECT,), (9,), 2, "xã Ea Kao", Reporter.OTHER,
    )  # fmt: skip
    (note,) = notes(both, unread.case)
    assert "vi-7b" in note
    assert "xã Ea Kao" in note
    (report,) = both.store.read(lambda uow: uow.cases.reports(unread.case))
    assert report.assessment == ASSESSED, "the first one's word stays as it was"
    assert "case.second_reading" in both.ledger(f"case:{unread.case}")


def test_known_fields_are_not_filled_again(office: Office) -> None:
    unread = reported(office)
    known = replace(ASSESSED, ages=(12,), place="buôn Tơng Ju", children=1, reporter=Reporter.CHILD)
    office.store.write(lambda uow: uow.cases.assessed(unread.case, known, NOON))
    hears(office, unread, replace(ALL, urgency=None, kinds=(), environment=Environment.UNKNOWN))
    said = office.store.read(lambda uow: uow.judgements.assessments(unread.case))[-1].assessment
    assert said is not None
    assert (said.ages, said.place, said.children, said.reporter) == ((12,), "buôn Tơng Ju", 1, Reporter.CHILD)
    assert notes(office, unread.case) == []


def test_sexual_abuse_among_what_it_adds_seals_the_case(office: Office) -> None:
    unread = reported(office)
    hears(office, unread, Opinion(kinds=(Kind.SEXUAL_ABUSE,)))
    case = office.case(unread.case)
    assert (case.also, case.restricted) == ((Kind.SEXUAL_ABUSE,), True)


def test_an_officers_own_judgement_is_not_overruled(office: Office) -> None:
    case, hoa = taken(office, urgency=Urgency.EMERGENCY)
    unread = Unread(case, told(office, case))
    does(office, casework.lower_urgency, case, hoa, Urgency.STANDARD, "đã gặp cháu", office.now)
    does(office, casework.set_kind, case, hoa, Kind.NEGLECT, office.now)
    hears(office, unread, ALL)
    found = office.case(case)
    assert (found.urgency, found.kind, found.also) == (Urgency.STANDARD, Kind.NEGLECT, ())
    office.now += timedelta(minutes=1)
    hears(office, Unread(case, told(office, case, "hôm nay lại bị đánh nữa")), ALL)
    assert office.case(case).urgency is Urgency.EMERGENCY, "new words are judged anew"


def test_a_case_that_was_closed_meanwhile_stays_as_it_is(office: Office) -> None:
    case, hoa = taken(office, urgency=Urgency.STANDARD)
    unread = Unread(case, told(office, case))
    does(office, casework.close, case, hoa, Result.SAFE, "", office.now)
    before = office.case(case)
    hears(office, unread, ALL)
    assert office.case(case) == before


def test_nothing_is_written_into_a_case_that_was_erased_meanwhile(office: Office) -> None:
    unread = reported(office)
    office.store.write(lambda uow: uow.cases.erase(unread.case))
    hears(office, unread, ALL)
    assert notes(office, unread.case) == []
    assert office.case(unread.case).urgency is Urgency.STANDARD
    assert office.store.read(lambda uow: second_reader.text_of(uow, office.tools, unread)) == ""


def test_names_numbers_and_houses_are_not_given_to_it(office: Office) -> None:
    case, _ = taken(office)
    told(office, case, "Đã gọi cho chị Hoa", Author.OFFICER)
    newest = told(office, case)
    told(office, case, "lời sau đó")
    found = Places((PlaceGuess("24169", 0.9, "xã Ea Kao"),))
    tools = replace(office.tools, find=lambda _: found)
    text = office.store.read(lambda uow: second_reader.text_of(uow, tools, Unread(case, newest)))
    assert text == "Bé [tên] 9 tuổi ở xã Ea Kao bị đánh, gọi [số], [nơi]"


def test_it_is_read_after_the_answer_has_gone_out(office: Office) -> None:
    unread = reported(office)
    letter = NewLetter(Lane.CONVERSATION, AN, "Mình nghe đây")
    office.store.write(lambda uow: uow.outbox.post(letter, office.now))
    assert due(office, NOON) == []
    assert due(office, NOON + PAUSE) == [], "the answer is still on its way"
    office.deliver(channel="telegram_public")
    assert due(office, NOON + PAUSE) == [unread]


def test_an_answer_that_cannot_go_out_does_not_hold_it_up_for_ever(office: Office) -> None:
    unread = reported(office)
    letter = NewLetter(Lane.CONVERSATION, AN, "Mình nghe đây")
    office.store.write(lambda uow: uow.outbox.post(letter, office.now))
    assert due(office, NOON + PATIENCE) == [unread]


def test_what_was_read_is_not_read_again_until_somebody_says_more(both: Office) -> None:
    unread = reported(both)
    hears(both, unread, RAISED)
    assert due(both, NOON + PATIENCE) == []
    more = told(both, unread.case, "em sợ lắm")
    assert due(both, NOON + PATIENCE) == [Unread(unread.case, more)]


@pytest.mark.parametrize("why", list(Unheard))
def test_silence_and_nonsense_change_nothing_and_end(office: Office, why: Unheard) -> None:
    unread = reported(office)
    before, now = office.case(unread.case), NOON + PATIENCE
    for tries in range(TRIES[why]):
        does_put_off(office, replace(unread, tries=tries), why, now)
    assert office.case(unread.case) == before
    assert notes(office, unread.case) == []
    assert due(office, now + timedelta(hours=5)) == []
    assert "second_reader.left" in office.ledger(f"case:{unread.case}")


def test_each_try_waits_longer_than_the_last(office: Office) -> None:
    unread = reported(office)
    now = NOON + PATIENCE
    does_put_off(office, unread, Unheard.AWAY, now)
    assert due(office, now) == []
    (again,) = due(office, now + timedelta(seconds=30))
    does_put_off(office, again, Unheard.AWAY, now)
    assert due(office, now + timedelta(seconds=59)) == []
    assert due(office, now + timedelta(seconds=60)) == [Unread(unread.case, unread.newest, 2)]


def does_put_off(office: Office, unread: Unread, why: Unheard, now: datetime) -> None:
    office.store.write(lambda uow: second_reading.put_off(uow, unread, why, now))


def test_the_ledger_holds_codes_only(office: Office) -> None:
    unread = reported(office)
    hears(office, unread, ALL)

    def rows(uow: UnitOfWork) -> list[str]:
        return [f"{row.actor} {row.detail}" for row in uow.ledger.of(f"case:{unread.case}")]

    (said,) = [row for row in office.store.read(rows) if row.startswith("second_reader")]
    assert said == "second_reader emergency neglect"
    assert HERE not in said
