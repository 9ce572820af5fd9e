"""Where nothing can be pressed as it is: payloads that a tap types, and numbers that people do."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.cases import Status
from bot.ports import Taps, Traits
from storage.engine import SqlStore
from tests.stories.world import Person, World

CHILD = "bố hay đánh em bằng roi ở phường Ea Kao"
BEATEN = "bạn em đang bị bố đánh ở phường Ea Kao"
WORKER = "TE-24169"


def _world(store: SqlStore, **traits: object) -> World:
    world = World(store)
    changed: dict[str, Traits] = {
        name: replace(one, **traits)  # type: ignore[arg-type]
        for name, one in world.tools.traits.items()
    }
    world.tools = replace(world.tools, traits=changed)
    return world


@pytest.fixture
def typed(store: SqlStore) -> World:
    """At most five buttons, and a press arrives as a message of its payload."""
    return _world(store, buttons=5, taps=Taps.TYPED)


@pytest.fixture
def plain(sqlite_store: SqlStore) -> World:
    return _world(sqlite_store, buttons=0)


def pressing(person: Person, label: str) -> Person:
    """What the platform makes of a press."""
    return person.says(person.button(label))


# --- payloads ---


def test_a_report_from_first_words_to_an_acknowledgement_by_typed_taps(typed: World) -> None:
    worker, child = typed.officer(WORKER), typed.citizen()
    child.says(CHILD)
    assert all(b.tap.startswith("#") for row in child.letters[-1].buttons for b in row)
    pressing(child, "Đúng")
    assert "Em kể tiếp" in child.last
    pressing(worker, "Tiếp nhận")
    assert typed.case(1).status is Status.TAKEN
    assert child.was_told("đã nhận lời nhắn")


def test_a_take_works_once_and_says_so_afterwards(typed: World) -> None:
    worker = typed.officer(WORKER)
    typed.citizen().says(BEATEN)
    take, look = worker.button("Tiếp nhận"), worker.button("Xem")
    worker.says(take)
    worker.says(take)
    assert "đã bấm rồi" in worker.last
    for _ in range(2):
        worker.says(look)
        assert "Vụ 1" in worker.last


def test_a_payload_of_somebody_else_does_nothing_and_says_so(typed: World) -> None:
    worker, child, other = typed.officer(WORKER), typed.citizen(), typed.citizen()
    child.says(BEATEN)
    other.says(worker.button("Tiếp nhận"))
    assert typed.case(1).status is Status.NEW
    assert typed.cases() == 1
    assert "câu trước" in other.last
    pressed = child.button("Đúng")
    worker.says(pressed)
    assert "không dùng được" in worker.last
    other.says(pressed)
    assert typed.cases() == 1


def test_a_forged_payload_does_nothing(typed: World) -> None:
    worker = typed.officer(WORKER)
    typed.citizen().says(BEATEN)
    good = worker.button("Tiếp nhận")
    worker.says(good[:-1] + ("0" if good[-1] != "0" else "1"))
    assert "không dùng được" in worker.last
    assert typed.case(1).status is Status.NEW


def test_a_choice_is_over_after_a_month_but_an_alert_is_not(typed: World) -> None:
    worker, child = typed.officer(WORKER), typed.citizen()
    child.says(CHILD)
    answer, take = child.button("Đúng"), worker.button("Tiếp nhận")
    typed.now += timedelta(days=31)
    child.says(answer)
    assert "câu trước" in child.last
    worker.says(take)
    assert typed.case(1).status is Status.TAKEN


def test_more_choices_than_buttons_become_numbers_and_links_stay(typed: World) -> None:
    worker = typed.officer(WORKER)
    typed.citizen().says(BEATEN)
    pressing(worker, "Tiếp nhận")
    card = worker.letters[-1]
    assert "1. Tình trạng" in card.text
    assert [button.url != "" for row in card.buttons for button in row] == [True]
    worker.says("số 2")
    assert "ghi chú" in worker.last.lower()


def test_what_the_case_holds_has_no_payload_in_it(typed: World) -> None:
    child = typed.citizen().says(CHILD)
    pressing(child, "Đúng")
    child.says("chuyện này lâu rồi").says(child.button("Bỏ qua"))
    entries = typed.store.read(lambda uow: uow.cases.entries(typed.case(1).id))
    assert entries
    assert not any("#" in entry.text for entry in entries)


# --- numbers ---


def test_an_age_is_no_choice(plain: World) -> None:
    child = plain.citizen().says(CHILD).says("1")
    assert "Em kể tiếp" in child.last
    assert "«bỏ qua»" in child.last
    child.says("1")
    entries = plain.store.read(lambda uow: uow.cases.entries(plain.case(1).id))
    assert [entry.text for entry in entries if entry.text == "1"] == ["1"]


def test_an_officers_question_takes_a_number_as_it_is(plain: World) -> None:
    worker, child = plain.officer(WORKER), plain.citizen()
    child.says(CHILD).says("1").says("bạn ấy học lớp 3")
    assert "1. " in child.last
    worker.says("nhận 1").says("hỏi 1 Em mấy tuổi?")
    child.says("2")
    entries = plain.store.read(lambda uow: uow.cases.entries(plain.case(1).id))
    assert any(entry.text == "2" for entry in entries)


@pytest.mark.parametrize("text", ["số 1", "một", "1.", "so 1"])
def test_a_number_answers_however_it_is_typed(plain: World, text: str) -> None:
    child = plain.citizen().says(CHILD)
    assert "1. Đúng" in child.last
    assert "Em kể tiếp" in child.says(text).last


def test_an_officers_list_is_forgotten_by_the_next_question_and_after_a_while(plain: World) -> None:
    worker = plain.officer(WORKER)
    plain.citizen().says(BEATEN)
    worker.says("nhận 1").says("đóng 1")
    assert "1. " in worker.last
    worker.says("/huy").says("1")
    assert "Vụ 1" in worker.last
    worker.says("đóng 1")
    plain.now += timedelta(minutes=31)
    worker.says("1")
    assert plain.case(1).status is not Status.CLOSED
    assert "Vụ 1" in worker.last


def test_links_are_addresses_where_nothing_can_be_pressed(plain: World) -> None:
    worker = plain.officer(WORKER)
    worker.says("/dangnhap")
    assert "http://127.0.0.1:8080/" in worker.last
    assert worker.letters[-1].buttons == ()


def test_nothing_is_remembered_where_buttons_can_be_pressed(sqlite_store: SqlStore) -> None:
    world = World(sqlite_store)
    child = world.citizen().says(CHILD)
    assert child.button("Đúng").startswith("q:")
    assert sqlite_store.read(lambda uow: uow.offers.numbered(child.address)) is None
    assert sqlite_store.read(lambda uow: uow.offers.get(child.address, 1)) is None
