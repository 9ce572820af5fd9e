"""A child whose every word Zalo keeps back: told of 111 each time, and found by a person all the same."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import HeardKind
from bot.services.intake import withheld
from storage.engine import SqlStore
from tests.stories.world import World


@pytest.fixture
def world(store: SqlStore) -> World:
    made = World(store)
    made.tools = replace(made.tools, oa_url="https://zalo.me/388613280878808645")
    return made


def test_three_tries_bring_an_officer_and_every_try_an_answer(world: World) -> None:
    duty = world.officer("TE-24169")
    child = world.citizen("zalo_bot")
    for number in range(1, 5):
        child._sends(HeardKind.UNSUPPORTED)
        assert len(child.letters) == number
        assert "111" in child.last
        assert (
            child.last.index("111") < child.last.index("https://zalo.me/") < child.last.index("http://127.")
        )
        assert len(child.last) < 700
        assert world.cases() == (number >= 3)
        world.now += timedelta(minutes=1)
    case = world.case(1)
    assert (case.kind, case.urgency, case.unit) == (Kind.UNKNOWN, Urgency.URGENT, None)
    codes = [entry.code for entry in world.store.read(lambda uow: uow.cases.entries(case.id))]
    assert "event.withheld" in codes
    assert duty.alerts == []  # nobody knows where it is: that is the province's
    assert world.store.read(lambda uow: uow.watches.alerts(case.id))


def test_the_figure_is_of_the_last_seven_days(world: World) -> None:
    child, other = world.citizen("zalo_bot"), world.citizen("telegram_public")
    for _ in range(2):
        child._sends(HeardKind.UNSUPPORTED)
        other._sends(HeardKind.UNSUPPORTED)

    def figure() -> int:
        return world.store.read(lambda uow: withheld.lately(uow, world.tools, world.now))

    assert figure() == 2
    world.now += timedelta(days=6)
    assert figure() == 2
    world.now += timedelta(days=1)
    assert figure() == 0


def test_a_report_by_numbers_from_first_words_to_an_acknowledgement(world: World) -> None:
    worker, child = world.officer("TE-24169"), world.citizen("zalo_bot")
    child.says("bố hay đánh em bằng roi ở phường Ea Kao")
    assert "1. Đúng" in child.last
    assert child.letters[-1].buttons == ()
    child.says("số 1")
    assert "Em kể tiếp" in child.last
    worker.taps("Tiếp nhận")
    assert child.was_told("đã nhận lời nhắn")


def test_an_officer_takes_a_case_where_nothing_can_be_pressed(world: World) -> None:
    worker, child = world.officer("TE-24169", "zalo_bot"), world.citizen("zalo_bot")
    child.says("bạn em đang bị bố đánh ở phường Ea Kao")
    assert "«nhận 1»" in worker.last
    worker.says("nhận 1")
    assert "6. Kết thúc" in worker.last
    worker.says("2").says("đã gọi công an phường")
    assert "Đã ghi chú vào vụ 1" in worker.last
