"""A payload that did something does nothing the second time and says so; one that only shows or asks stays."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.domain.campaigns.campaign import Topic
from bot.domain.cases import Status
from bot.domain.kinds import Urgency
from bot.ports import LedgerRow, Taps
from storage.engine import SqlStore
from tests.stories.world import Person, World

BEATEN = "bạn em đang bị bố đánh ở phường Ea Kao"
WORKER = "TE-24169"
USED = "đã bấm rồi"


@pytest.fixture
def typed(sqlite_store: SqlStore) -> World:
    """A press arrives as a message of its payload; room for every button."""
    world = World(sqlite_store)
    changed = {name: replace(one, buttons=20, taps=Taps.TYPED) for name, one in world.tools.traits.items()}
    world.tools = replace(world.tools, traits=changed)
    return world


@pytest.fixture
def worker(typed: World) -> Person:
    """With a case in hand."""
    worker = typed.officer(WORKER)
    typed.citizen().says(BEATEN)
    return worker.says(worker.button("Tiếp nhận"))


def deeds(world: World) -> Sequence[LedgerRow]:
    """What was done to the case, by the record."""
    rows = world.store.read(lambda uow: uow.ledger.of("case:1"))
    return [row for row in rows if row.action not in ("case.looked",)]


def pressed_twice(world: World, worker: Person, payload: str) -> list[int]:
    """How many deeds each press added."""
    added = []
    for _ in range(2):
        before = len(deeds(world))
        worker.says(payload)
        added.append(len(deeds(world)) - before)
    return added


def once(world: World, worker: Person, payload: str) -> None:
    first, second = pressed_twice(world, worker, payload)
    assert first > 0, "the first press did nothing"
    assert second == 0, "the second press did something again"
    assert USED in worker.last


def test_a_case_is_acted_on_once_by_one_press(typed: World, worker: Person) -> None:
    worker.says("tình trạng 1")
    once(typed, worker, worker.button("đang xử lý"))
    assert typed.case(1).status is Status.ACTING


def test_that_111_was_phoned_is_recorded_once(typed: World) -> None:
    on_call = [typed.officer(f"SYT-TRUC-{n}") for n in (1, 2, 3)]
    typed.citizen().says(BEATEN)
    typed.forward(hours=1)
    rung = next(one for one in on_call if "Đã gọi 111" in labels(one))
    once(typed, rung, rung.button("Đã gọi 111"))


def labels(person: Person) -> list[str]:
    return [button.text for letter in person.letters for row in letter.buttons for button in row]


def test_urgency_is_raised_once(typed: World) -> None:
    worker = typed.officer(WORKER)
    typed.citizen().says(BEATEN)
    worker.says(worker.button("Tiếp nhận")).says("mức độ 1").says(worker.button("bình thường"))
    lower = worker.button("bình thường")
    worker.says("đã đến nơi xem xét")
    assert typed.case(1).urgency is Urgency.STANDARD
    worker.says(lower)
    assert USED not in worker.last, "lowering asks for a reason first"
    worker.says("mức độ 1")
    once(typed, worker, worker.button("KHẨN CẤP"))


def test_a_case_is_transferred_once_where_the_reason_was_given_before(typed: World, worker: Person) -> None:
    worker.says("chuyển 1 thuộc địa bàn khác")
    once(typed, worker, worker.letters[-1].buttons[0][0].tap)


def test_a_case_is_closed_once_where_the_words_were_given_before(typed: World, worker: Person) -> None:
    worker.says("tình trạng 1").says(worker.button("đang xử lý"))
    worker.says("đóng 1 cháu đã an toàn, có người thân đón")
    once(typed, worker, worker.button("Trẻ đã an toàn"))
    assert typed.case(1).status is Status.CLOSED


@pytest.mark.parametrize("label", ["Tình trạng", "Ghi chú", "Hỏi người báo", "Mức độ", "Chuyển", "Kết thúc"])
def test_what_only_asks_may_be_pressed_again(typed: World, worker: Person, label: str) -> None:
    payload = worker.button(label)
    for _ in range(2):
        worker.says(payload)
        assert USED not in worker.last
        assert "không dùng được" not in worker.last
    assert typed.case(1).status is Status.TAKEN


def test_an_answer_is_used_up_with_its_question(typed: World) -> None:
    child = typed.citizen().says("bố hay đánh em bằng roi ở phường Ea Kao")
    yes = child.button("Đúng")
    child.says(yes)
    before = typed.store.read(lambda uow: uow.cases.entries(typed.case(1).id))
    child.says(yes)
    assert "câu trước" in child.last
    assert typed.store.read(lambda uow: uow.cases.entries(typed.case(1).id)) == before
    assert typed.cases() == 1


def test_a_topic_is_switched_once_by_one_press(typed: World) -> None:
    parent = typed.citizen("zalo_oa").says("ĐĂNG KÝ")
    parent.says(parent.button("Chọn"))
    switch = parent.letters[-1].buttons[0][0].tap

    def wanted() -> frozenset[Topic]:
        known = typed.store.read(lambda uow: uow.subscribers.at(parent.address))
        assert known is not None
        return known.topics

    parent.says(switch)
    after = wanted()
    parent.says(switch)
    assert wanted() == after
