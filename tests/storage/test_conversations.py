"""What one person and we have said so far."""

from dataclasses import replace

from bot.domain.cases import CaseId
from bot.domain.conversation import Conversation, Report
from bot.domain.kinds import Kind, Urgency
from bot.domain.understanding import Assessment, Point, Reason
from bot.ports import UnitOfWork
from storage.engine import SqlStore
from tests.storage.people import AN, BI, MINUTE, NOW

STATE = Conversation(
    lang="en",
    asking="where",
    report=Report(
        NOW,
        words=("bạn em đang bị đánh",),
        assessment=Assessment(Kind.VIOLENCE, Urgency.EMERGENCY, reasons=(Reason("beaten", "bị đánh"),)),
        answers={"who": "chú Ba", "safe": "-"},
        point=Point(12.68, 108.05, 15.0),
    ),
    earlier=(CaseId(3), CaseId(7)),
    wake_at=NOW + 10 * MINUTE,
)


def test_a_new_person_gets_a_fresh_conversation_and_keeps_its_number(store: SqlStore) -> None:
    first = store.write(lambda uow: uow.conversations.load(AN))
    again = store.write(lambda uow: uow.conversations.load(AN))
    other = store.write(lambda uow: uow.conversations.load(BI))
    assert first[1] == Conversation()
    assert first == again
    assert other[0] != first[0]


def test_everything_in_a_conversation_comes_back(store: SqlStore) -> None:
    id_, _ = store.write(lambda uow: uow.conversations.load(AN))
    store.write(lambda uow: uow.conversations.save(id_, STATE))
    assert store.write(lambda uow: uow.conversations.load(AN)) == (id_, STATE)
    assert store.read(lambda uow: uow.conversations.get(id_)) == (AN, STATE)


def test_only_those_whose_quiet_time_has_ended_are_woken(store: SqlStore) -> None:
    for person, minutes in ((AN, 10), (BI, 5)):
        id_, _ = store.write(lambda uow, p=person: uow.conversations.load(p))
        waking = replace(STATE, wake_at=NOW + minutes * MINUTE)
        store.write(lambda uow, i=id_, s=waking: uow.conversations.save(i, s))
    assert store.read(lambda uow: uow.conversations.quiet(NOW + 4 * MINUTE, 10)) == []
    assert store.read(lambda uow: uow.conversations.quiet(NOW + 5 * MINUTE, 10)) == [BI]
    assert store.read(lambda uow: uow.conversations.quiet(NOW + 10 * MINUTE, 10)) == [BI, AN]
    assert store.read(lambda uow: uow.conversations.quiet(NOW + 10 * MINUTE, 1)) == [BI]


def test_an_erased_conversation_is_as_new_and_wakes_nobody(store: SqlStore) -> None:
    id_, _ = store.write(lambda uow: uow.conversations.load(AN))
    store.write(lambda uow: uow.conversations.save(id_, STATE))
    store.write(lambda uow: uow.conversations.erase(id_))
    assert store.read(lambda uow: uow.conversations.get(id_)) == (AN, Conversation())
    assert store.read(lambda uow: uow.conversations.quiet(NOW + 60 * MINUTE, 10)) == []


def test_nobody_is_found_under_a_number_that_was_never_given(store: SqlStore) -> None:
    assert store.read(lambda uow: uow.conversations.get(99)) is None


def waking(store: SqlStore, after: int, before: int, limit: int = 9) -> list[int]:
    """Minutes from NOW."""
    first, last = NOW + after * MINUTE, NOW + before * MINUTE
    return list(store.read(lambda uow: uow.conversations.waking(first, last, limit)))


def test_those_that_wake_between_two_moments_are_found_the_latest_first(store: SqlStore) -> None:
    def work(uow: UnitOfWork) -> list[int]:
        ids = []
        for minutes in (5, 10, 15, None):
            id_, state = uow.conversations.load(replace(AN, person=f"{minutes}"))
            wake_at = None if minutes is None else NOW + minutes * MINUTE
            uow.conversations.save(id_, replace(state, wake_at=wake_at))
            ids.append(id_)
        return ids

    five, ten, _, _ = store.write(work)
    assert waking(store, 0, 10) == [ten, five]
    assert waking(store, 5, 10) == [ten]
    assert len(waking(store, 0, 99, limit=1)) == 1
