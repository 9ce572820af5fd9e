"""Somebody withdraws their consent: what rests on it goes at once, what protects a child waits for an officer."""

from datetime import timedelta

from bot.domain.campaigns.subscribers import Subscriber
from bot.domain.cases import CaseId
from bot.domain.messages import HeardKind, Lane, Notice
from bot.ports import NewLetter
from bot.services import casework
from bot.services.casework import Done, Refusal
from storage.engine import SqlStore
from tests.stories.world import Person, World

BEATEN = "hàng xóm đánh con hằng ngày, cháu bé 6 tuổi, ở xã Ea Kao"


def withdraws(person: Person) -> Person:
    return person._sends(HeardKind.NOTICE, tap=Notice.WITHDRAWN)


def later(world: World, **time: float) -> None:
    world.now += timedelta(**time)
    world.tick()
    world.deliver()


def ledger(world: World, subject: str) -> list[tuple[str, str]]:
    return [(row.action, row.detail) for row in world.store.read(lambda uow: uow.ledger.of(subject))]


def knows(world: World, person: Person) -> bool:
    """Whether anything under this address is still remembered."""
    found = [world.store.read(lambda uow, n=n: uow.conversations.get(n)) for n in range(1, 6)]
    return any(one is not None and one[0] == person.address for one in found)


def test_who_reported_nothing_is_forgotten_at_once(store: SqlStore) -> None:
    world = World(store)
    citizen = world.citizen().says("cho em hỏi thủ tục nhận con nuôi")
    assert knows(world, citizen)
    citizen.forgets()
    withdraws(citizen)
    later(world, days=2)
    assert citizen.letters == []
    assert not knows(world, citizen)
    assert ("consent.withdrawn", "letters:0 cases:0") in ledger(world, "conversation:1")


def test_an_open_case_waits_for_an_officer_who_is_told(store: SqlStore) -> None:
    world = World(store)
    worker, citizen = world.officer("TE-24169"), world.citizen().says(BEATEN).says("xong")
    worker.taps("Tiếp nhận").forgets()
    citizen.forgets()
    withdraws(citizen)
    assert world.case(1).erasure_asked
    assert not world.case(1).reached
    assert worker.was_told("rút lại sự đồng ý")
    assert worker.was_told("2 ngày làm việc")
    actions = [action for action, _ in ledger(world, "case:1")]
    assert "reporter.withdrawn" in actions
    worker.says("hỏi 1 Cháu sao rồi?").says("đóng 1").taps("Trẻ đã an toàn").says("-")
    later(world, hours=2)
    assert citizen.letters == [], "letters stop"


def test_letters_that_waited_are_not_sent(world: World) -> None:
    citizen = world.citizen().says(BEATEN)
    citizen.forgets()
    tomorrow = NewLetter(Lane.CONVERSATION, citizen.address, "x", due_at=world.now + timedelta(days=1))
    world.store.write(lambda uow: uow.outbox.post(tomorrow, world.now))
    withdraws(citizen)
    later(world, hours=25)
    assert citizen.letters == []


def test_a_report_in_the_making_becomes_a_case_because_somebody_may_have_been_forced(world: World) -> None:
    worker, citizen = world.officer("TE-24169"), world.citizen()
    citizen.says("cháu bé 6 tuổi nhà bên cạnh ở xã Ea Kao không được đi học")
    before = world.cases()
    withdraws(citizen)
    assert world.cases() == 1, before
    assert world.case(1).erasure_asked
    assert worker.was_told("rút lại sự đồng ý")


def test_what_they_subscribed_to_ends(world: World) -> None:
    citizen = world.citizen().says("alo")
    world.store.write(lambda uow: uow.subscribers.put(Subscriber(0, citizen.address), world.now))
    withdraws(citizen)
    assert world.store.read(lambda uow: uow.subscribers.at(citizen.address)) is None


def test_a_second_withdrawal_changes_nothing(world: World) -> None:
    worker, citizen = world.officer("TE-24169"), world.citizen().says(BEATEN).says("xong")
    withdraws(citizen)
    worker.forgets()
    withdraws(citizen)
    assert worker.letters == []
    assert world.case(1).erasure_asked


def test_who_writes_anew_is_answered_and_never_written_to_first(world: World) -> None:
    worker, citizen = world.officer("TE-24169"), world.citizen().says(BEATEN).says("xong")
    worker.taps("Tiếp nhận")
    withdraws(citizen)
    citizen.forgets()
    citizen.says("bố đang đánh em, cứu em với")
    assert citizen.was_told("111")
    citizen.forgets()
    worker.says("hỏi 1 Em ở đâu?")
    assert citizen.letters == []


# --- the officer's decision -----------------------------------------------------------------------------


def _decides(world: World, code: str, **how: object) -> Done | Refusal:
    officer = next(one for one in world.roster().officers if one.code == code)
    return world.store.write(
        lambda uow: casework.decide_erasure(
            uow,
            world.tools,
            CaseId(1),
            officer,
            world.now,
            **how,  # type: ignore[arg-type]
        )
    )


def _withdrawn(world: World) -> Person:
    worker, citizen = world.officer("TE-24169"), world.citizen().says(BEATEN).says("xong")
    worker.taps("Tiếp nhận")
    withdraws(citizen)
    return citizen


def test_it_may_be_kept_for_a_reason(world: World) -> None:
    _withdrawn(world)
    assert isinstance(_decides(world, "TE-24169", grant=False), Refusal)
    assert isinstance(_decides(world, "TE-24169", grant=False, reason="đang xác minh"), Done)
    assert not world.case(1).restricted
    assert not world.case(1).erasure_asked
    assert "case.erasure_refused" in [action for action, _ in ledger(world, "case:1")]


def test_it_may_be_kept_with_restricted_access(world: World) -> None:
    _withdrawn(world)
    done = _decides(world, "TE-24169", grant=False, restrict=True, reason="đang xác minh")
    assert isinstance(done, Done)
    assert done.line.key == "desk.erasure_restricted"
    assert world.case(1).restricted
    assert not world.case(1).erasure_asked
    assert "case.erasure_restricted" in [action for action, _ in ledger(world, "case:1")]


def test_it_may_be_erased_once_it_is_closed_and_then_the_address_goes_too(world: World) -> None:
    citizen = _withdrawn(world)
    assert isinstance(_decides(world, "TE-24169", grant=True), Refusal)
    world.person(next(a for a in world.people if a.person == "officer-TE-24169")).says("đóng 1").taps(
        "Trẻ đã an toàn"
    ).says("-")
    assert knows(world, citizen)
    assert isinstance(_decides(world, "TE-24169", grant=True), Done)
    assert not knows(world, citizen)


def test_an_officer_who_withdraws_is_reached_elsewhere(world: World) -> None:
    worker = world.officer("TE-24169")
    withdraws(worker)
    worker.forgets()
    world.citizen().says(BEATEN)
    assert worker.letters == []
