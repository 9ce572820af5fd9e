"""Cases with their sealed words."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import Author, Case, CaseId, Entry, EntryKind, Excluded, OfficerId, Result, Status
from bot.domain.kinds import Environment, Kind, Urgency
from bot.domain.messages import Attachment, Lane, Media
from bot.domain.understanding import Assessment, Point, Reason
from bot.ports import Delivered, NewLetter, NewReport, Queue, Settled
from storage.engine import SqlStore
from tests.storage.people import AN, BI, MINUTE, NOW, a_case, a_roster

HOA, MINH = OfficerId(1), OfficerId(2)
JUDGED = Assessment(
    Kind.VIOLENCE, Urgency.URGENT, reasons=(Reason("beaten", "bị đánh"),), ages=(9,), version="1"
)


def opened(store: SqlStore, case: Case | None = None) -> CaseId:
    return store.write(lambda uow: uow.cases.open(case or a_case()))


def entry(case: CaseId, text: str) -> Entry:
    return Entry(0, case, NOW, Author.REPORTER, EntryKind.WORDS, text, code="ask.where", attachment=None)


def a_report(conversation: int | None = None, receipt: bytes | None = None) -> NewReport:
    return NewReport(conversation, JUDGED, {"who": "chú Ba"}, "telegram_public", NOW, True, receipt)


def numbers(cases: Sequence[Case]) -> list[int]:
    return [case.id for case in cases]


def test_everything_in_a_case_comes_back(store: SqlStore) -> None:
    full = replace(
        a_case(),
        also=(Kind.NEGLECT, Kind.CHILD_LABOUR),
        environment=Environment.SCHOOL,
        residence="24169",
        point=Point(12.68, 108.05, 15.0),
        owner=HOA,
        taken_at=NOW + MINUTE,
        acted_at=NOW + 2 * MINUTE,
        closed_at=NOW + 3 * MINUTE,
        status=Status.CLOSED,
        result=Result.SAFE,
        excluded=Excluded((3,), ("24163",), ("police",)),
        language="rad",
        needs_listening=True,
        restricted=True,
        reports=3,
        reached=False,
        erasure_asked=True,
    )
    id_ = opened(store, full)
    assert store.read(lambda uow: uow.cases.get(id_)) == replace(full, id=id_)


def test_a_case_that_was_read_before_another_change_is_not_saved(store: SqlStore) -> None:
    id_ = opened(store)
    case = store.read(lambda uow: uow.cases.get(id_))
    assert case is not None
    acting = replace(case, status=Status.ACTING, acted_at=NOW)
    assert store.write(lambda uow: uow.cases.save(acting))
    assert not store.write(lambda uow: uow.cases.save(replace(case, unit=None)))
    after = store.read(lambda uow: uow.cases.get(id_))
    assert after == replace(acting, version=case.version + 1)


def test_of_two_who_press_at_the_same_moment_exactly_one_takes_it(store: SqlStore) -> None:
    id_ = opened(store)
    presses = [
        store.submit(lambda uow, o=officer: uow.cases.take(id_, o, NOW + MINUTE))
        for officer in (HOA, MINH) * 8
    ]
    won = [press.result() for press in presses]
    assert won.count(True) == 1
    case = store.read(lambda uow: uow.cases.get(id_))
    assert case is not None
    assert (case.status, case.taken_at) == (Status.TAKEN, NOW + MINUTE)
    assert case.owner == (HOA, MINH)[won.index(True) % 2]


def test_a_closed_case_is_not_taken(store: SqlStore) -> None:
    id_ = opened(store, replace(a_case(), status=Status.CLOSED))
    assert not store.write(lambda uow: uow.cases.take(id_, HOA, NOW))


def test_the_queue_goes_by_urgency_then_by_time_left(store: SqlStore) -> None:
    late = NOW + timedelta(hours=1)
    calm = opened(store, a_case(urgency=Urgency.STANDARD))
    urgent_late = opened(store, a_case(opened_at=late))
    emergency = opened(store, a_case(urgency=Urgency.EMERGENCY, opened_at=late))
    urgent = opened(store)
    endless = opened(store, replace(a_case(), due_at=None))
    opened(store, replace(a_case(), status=Status.CLOSED))
    expected = [emergency, urgent, urgent_late, endless, calm]
    assert numbers(store.read(lambda uow: uow.cases.queue(Queue()))) == expected
    assert store.read(lambda uow: uow.cases.count_open()) == 5
    page = store.read(lambda uow: uow.cases.queue(Queue(limit=2)))
    rest = store.read(lambda uow: uow.cases.queue(Queue(after=page[-1].id)))
    assert numbers([*page, *rest]) == expected


def test_the_queue_can_be_narrowed(store: SqlStore) -> None:
    here = opened(store)
    lives_here = opened(store, replace(a_case(unit="24500"), residence="24163", owner=HOA))
    hazard = opened(store, a_case(Kind.DROWNING_HAZARD, unit="24500"))
    closed = opened(store, replace(a_case(), status=Status.CLOSED))
    table = {
        Queue(units=("24163",)): [here, lives_here],
        Queue(units=()): [],
        Queue(owner=HOA): [lives_here],
        Queue(kinds=("drowning_hazard",)): [hazard],
        Queue(open_only=False): [closed, hazard, lives_here, here],
        Queue(open_only=False, after=hazard): [lives_here, here],
    }
    for query, expected in table.items():
        assert numbers(store.read(lambda uow, q=query: uow.cases.queue(q))) == expected, query


def test_nobody_sees_in_the_queue_what_accuses_them(store: SqlStore) -> None:
    store.write(lambda uow: uow.office.replace(a_roster()))
    police = next(one for one in store.read(lambda uow: uow.office.roster()).officers if one.code == "MINH")
    plain = opened(store)
    for excluded in (Excluded((police.id,)), Excluded(units=("24163",)), Excluded(roles=("police",))):
        opened(store, replace(a_case(), excluded=excluded))
    mine = Queue(officer=OfficerId(police.id))
    assert numbers(store.read(lambda uow: uow.cases.queue(mine))) == [plain]
    assert len(store.read(lambda uow: uow.cases.queue(Queue()))) == 4


def test_reports_and_their_judgement_come_back(store: SqlStore) -> None:
    conversation, _ = store.write(lambda uow: uow.conversations.load(AN))
    id_ = opened(store)
    store.write(lambda uow: uow.cases.add_report(id_, a_report(conversation, b"r" * 32)))
    store.write(lambda uow: uow.cases.save_report(id_, conversation, {"who": "chú Ba", "safe": "-"}, False))
    (report,) = store.read(lambda uow: uow.cases.reports(id_))
    assert report.answers == {"who": "chú Ba", "safe": "-"}
    assert report.assessment == JUDGED
    assert (report.conversation, report.source, report.safe_to_write) == (
        conversation,
        "telegram_public",
        False,
    )


def test_a_case_is_found_by_its_receipt(store: SqlStore) -> None:
    conversation, _ = store.write(lambda uow: uow.conversations.load(AN))
    id_ = opened(store)
    store.write(lambda uow: uow.cases.add_report(id_, a_report(conversation)))
    store.write(lambda uow: uow.cases.set_receipt(id_, conversation, b"x" * 32))
    assert store.read(lambda uow: uow.cases.by_receipt(b"x" * 32)) == id_
    assert store.read(lambda uow: uow.cases.by_receipt(b"y" * 32)) is None


def test_a_persons_cases_come_newest_first(store: SqlStore) -> None:
    conversation, _ = store.write(lambda uow: uow.conversations.load(AN))
    other, _ = store.write(lambda uow: uow.conversations.load(BI))
    mine = [opened(store) for _ in range(3)]
    theirs = opened(store)
    for case, whose in (
        (mine[0], conversation),
        (theirs, other),
        (mine[1], conversation),
        (mine[2], conversation),
    ):
        store.write(lambda uow, c=case, w=whose: uow.cases.add_report(c, a_report(w)))
    found = store.read(lambda uow: uow.cases.of_conversation(conversation, 2))
    assert numbers(found) == [mine[2], mine[1]]


def test_the_timeline_keeps_words_exactly(store: SqlStore) -> None:
    id_ = opened(store)
    said = entry(id_, "Em sợ… \ud83d \u200f😢")
    number = store.write(lambda uow: uow.cases.add_entry(said))
    event = Entry(0, id_, NOW, Author.SYSTEM, EntryKind.EVENT, code="case.opened", officer=HOA)
    store.write(lambda uow: uow.cases.add_entry(event))
    first, second = store.read(lambda uow: uow.cases.entries(id_))
    assert first == replace(said, id=number)
    assert second == replace(event, id=second.id)


def test_hazards_are_found_by_distance_nearest_first(store: SqlStore) -> None:
    pond = Point(12.68, 108.05)

    def hazard(lat: float, lon: float, water: str, status: Status = Status.NEW) -> CaseId:
        case = replace(a_case(Kind.DROWNING_HAZARD), point=Point(lat, lon), status=status, reports=2)
        id_ = opened(store, case)
        store.write(lambda uow: uow.cases.set_hazard(id_, water))
        return id_

    far = hazard(12.68, 108.0521, "hồ")  # 228 m east
    near = hazard(12.6801, 108.05, "ao")  # 11 m north
    hazard(12.68, 108.0524, "sông")  # 260 m
    hazard(12.68, 108.05, "giếng", Status.CLOSED)
    opened(store, replace(a_case(), point=pond))  # no hazard: a home
    found = store.read(lambda uow: uow.cases.hazards_near(pond, 250))
    assert [(one.case, one.water, one.reports) for one in found] == [(near, "ao", 2), (far, "hồ", 2)]
    assert [round(one.metres) for one in found] == [11, 228]


def test_likely_the_same_case_is_proposed(store: SqlStore) -> None:
    early = opened(store, a_case(opened_at=NOW - timedelta(days=3)))
    same = opened(store)
    opened(store, a_case(Kind.NEGLECT))
    opened(store, a_case(unit="24500"))
    opened(store, replace(a_case(), status=Status.CLOSED))
    new = replace(a_case(), id=opened(store))
    alike = store.read(lambda uow: uow.cases.alike(new, NOW - timedelta(days=1)))
    assert numbers(alike) == [same]
    assert numbers(store.read(lambda uow: uow.cases.alike(new, NOW - timedelta(days=9)))) == [same, early]
    assert store.read(lambda uow: uow.cases.alike(replace(new, unit=None), NOW - timedelta(days=9))) == []


def test_joining_moves_words_files_and_search_under_the_other_case(store: SqlStore) -> None:
    conversation, _ = store.write(lambda uow: uow.conversations.load(AN))
    from_, into = opened(store), opened(store)
    store.write(lambda uow: uow.cases.add_report(from_, a_report(conversation, b"r" * 32)))
    store.write(lambda uow: uow.cases.add_entry(entry(from_, "bạn em đang bị đánh")))
    store.write(lambda uow: uow.cases.index_words(from_, ("Nguyễn Văn Đức",)))
    photo = Attachment(Media.PHOTO, "file-1", 5)
    file = store.write(lambda uow: uow.files.put(from_, "telegram_public", "main", photo, NOW))
    store.write(lambda uow: uow.files.kept(file, b"photo", "image/jpeg", NOW))
    store.write(lambda uow: uow.cases.join(from_, into, NOW + MINUTE))
    assert [one.text for one in store.read(lambda uow: uow.cases.entries(into))] == ["bạn em đang bị đánh"]
    (report,) = store.read(lambda uow: uow.cases.reports(into))
    assert (report.answers, report.assessment) == ({"who": "chú Ba"}, JUDGED)
    assert store.read(lambda uow: uow.files.content(file)) == b"photo"
    assert store.read(lambda uow: uow.cases.by_receipt(b"r" * 32)) == into
    assert into in numbers(store.read(lambda uow: uow.cases.search("duc")))
    left = store.read(lambda uow: uow.cases.get(from_))
    joined = store.read(lambda uow: uow.cases.get(into))
    assert left is not None
    assert joined is not None
    assert (left.status, left.result, left.closed_at) == (Status.CLOSED, Result.DUPLICATE, NOW + MINUTE)
    assert joined.reports == 2
    store.write(lambda uow: uow.cases.erase(into))
    assert [one.text for one in store.read(lambda uow: uow.cases.entries(into))] == [""]


def test_letters_still_to_come_follow_the_case_that_theirs_was_joined_into(store: SqlStore) -> None:
    one, two, three = opened(store), opened(store), opened(store)
    sent, flying, waiting = (
        store.write(
            lambda uow, t=to: uow.outbox.post(NewLetter(Lane.CONVERSATION, t, "Em ở đâu?", case=one), NOW)
        )
        for to in (AN, BI, AN)
    )
    store.write(lambda uow: uow.outbox.claim(AN.channel, "main", Lane.CONVERSATION, 9, NOW, MINUTE))
    store.write(lambda uow: uow.outbox.settle([Settled(sent, Delivered())], NOW))
    for from_, into in ((one, two), (two, three)):
        store.write(lambda uow, f=from_, i=into: uow.cases.join(f, i, NOW))
    letters = (sent, flying, waiting)
    assert [store.read(lambda uow, n=n: uow.outbox.case_of(n)) for n in letters] == [one, three, three]
    store.write(lambda uow: uow.cases.erase(three))
    later = NOW + 2 * MINUTE
    assert (
        store.write(lambda uow: uow.outbox.claim(AN.channel, "main", Lane.CONVERSATION, 9, later, MINUTE))
        == []
    )


@pytest.mark.parametrize("words", ["đường", "DUONG", "ĐƯỜNG nguyễn", "nguyen duong", "Nguye\u0302\u0303n"])
def test_search_needs_no_tone_marks(store: SqlStore, words: str) -> None:
    id_, other = opened(store), opened(store)
    store.write(lambda uow: uow.cases.index_words(id_, ("Nguyễn Văn Đường", "hẻm 5 đường Lê Lợi")))
    store.write(lambda uow: uow.cases.index_words(other, ("Trần Lan",)))
    assert numbers(store.read(lambda uow: uow.cases.search(words))) == [id_]


def test_search_finds_by_number_and_nothing_by_nothing(store: SqlStore) -> None:
    id_ = opened(store)
    table = {f" {id_} ": [id_], "987654": [], "": [], " … ": [], "lan": []}
    for words, expected in table.items():
        assert numbers(store.read(lambda uow, w=words: uow.cases.search(w))) == expected, words


def test_an_erased_case_keeps_its_numbers_and_has_no_words(store: SqlStore) -> None:
    conversation, _ = store.write(lambda uow: uow.conversations.load(AN))
    id_ = opened(store, replace(a_case(), point=Point(12.68, 108.05)))
    store.write(lambda uow: uow.cases.add_report(id_, a_report(conversation, b"r" * 32)))
    store.write(lambda uow: uow.cases.add_entry(entry(id_, "bạn em đang bị đánh")))
    store.write(lambda uow: uow.cases.assessed(id_, JUDGED, NOW))
    store.write(lambda uow: uow.cases.index_words(id_, ("Đường",)))
    store.write(lambda uow: uow.cases.erase(id_))
    case = store.read(lambda uow: uow.cases.get(id_))
    assert case is not None
    assert (case.kind, case.opened_at, case.point) == (Kind.VIOLENCE, NOW, None)
    assert [one.text for one in store.read(lambda uow: uow.cases.entries(id_))] == [""]
    assert [one.answers for one in store.read(lambda uow: uow.cases.reports(id_))] == [{}]
    assert store.read(lambda uow: uow.cases.search("duong")) == []
    assert store.read(lambda uow: uow.cases.by_receipt(b"r" * 32)) is None


def test_what_is_added_after_an_erasure_is_kept(store: SqlStore) -> None:
    id_ = opened(store)
    store.write(lambda uow: uow.cases.add_entry(entry(id_, "trước")))
    store.write(lambda uow: uow.cases.erase(id_))
    store.write(lambda uow: uow.cases.add_entry(entry(id_, "sau")))
    assert [one.text for one in store.read(lambda uow: uow.cases.entries(id_))] == ["", "sau"]
