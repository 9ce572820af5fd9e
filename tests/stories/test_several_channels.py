"""One person, several channels: receipts join them, and nothing goes to a channel that was not named safe."""

import pytest

from bot.domain import duty
from bot.domain.cases import Status
from bot.domain.messages import HeardKind
from bot.services import casework
from storage.engine import SqlStore
from tests.stories.world import Person, World

CHILD = "bố hay đánh em bằng roi ở phường Ea Kao"
BEATEN = "bạn em đang bị bố đánh ở phường Ea Kao"
WORKER = "TE-24169"
QUESTION = "Em đang ở với ai?"


@pytest.fixture
def world(store: SqlStore) -> World:
    return World(store)


def asked(world: World, worker: Person, text: str = QUESTION) -> None:
    if world.case(1).owner is None:
        worker.says("nhận 1")
    worker.says(f"hỏi 1 {text}")


def hushed(world: World, channel: str = "telegram_public") -> Person:
    """A child who reported, and whose phone is not their own."""
    child = world.citizen(channel).says(CHILD)
    return child.says("đừng nhắn lại vào đây nha, điện thoại của bố")


# --- receipts join conversations ---


def test_a_receipt_from_zalo_opens_the_same_case_on_the_web(world: World) -> None:
    child, web = world.citizen("zalo_bot").says(CHILD), world.citizen("web_chat")
    worker = world.officer(WORKER)
    web.says(world.receipt(child))
    web.says("em quên kể là hôm nay bố lại uống rượu")
    assert world.cases() == 1
    entries = world.store.read(lambda uow: uow.cases.entries(world.case(1).id))
    assert any("uống rượu" in entry.text for entry in entries)
    worker.says("nhận 1")
    assert (web.was_told("đã nhận"), child.was_told("đã nhận lời nhắn")) == (True, False)


def test_who_comes_back_is_told_where_they_came_back_and_nowhere_else(world: World) -> None:
    child, worker = world.citizen("zalo_bot").says(CHILD), world.officer(WORKER)
    web = world.citizen("web_chat").says(world.receipt(child))
    child.forgets()
    asked(world, worker)
    assert QUESTION in web.last
    assert not child.was_told(QUESTION)
    web.says("em ở với bà")
    entries = world.store.read(lambda uow: uow.cases.entries(world.case(1).id))
    assert any(entry.text == "em ở với bà" for entry in entries)


def test_the_channel_that_was_named_safe_counts_more_than_the_last_one(world: World) -> None:
    child = world.citizen().says(CHILD).taps("Đúng").says("bỏ qua").says("bỏ qua").says("không")
    child.taps("Được, nhắn ở đây")
    web = world.citizen("web_chat").says(world.receipt(child))
    worker = world.officer(WORKER)
    asked(world, worker)
    assert QUESTION in child.last
    assert not web.was_told(QUESTION)


def test_two_reporters_of_one_case_are_both_asked(world: World) -> None:
    child, worker = world.citizen().says(CHILD), world.officer(WORKER)
    other = world.citizen("web_chat").says(CHILD)
    assert world.cases() == 2
    worker.says("nhận 1").says("nhận 2")
    officer = next(one for one in world.roster().officers if one.code == WORKER)
    first, second = world.case(1).id, world.case(2).id
    world.store.write(lambda uow: casework.join(uow, world.tools, second, officer, first, world.now))
    asked(world, worker)
    assert child.was_told(QUESTION)
    assert other.was_told(QUESTION)


# --- not safe: it waits ---


def test_a_question_waits_for_the_receipt_on_whatever_channel_it_is_entered(world: World) -> None:
    child, worker = hushed(world), world.officer(WORKER)
    receipt = world.receipt(child)
    child.forgets()
    asked(world, worker)
    assert "được giữ lại" in worker.last
    world.forward(minutes=20)
    assert child.letters == []
    web = world.citizen("web_chat").says(receipt)
    assert QUESTION in web.last
    web.says("em ở với bà nội")
    entries = world.store.read(lambda uow: uow.cases.entries(world.case(1).id))
    assert any(entry.text == "em ở với bà nội" for entry in entries)
    codes = [entry.code for entry in entries if entry.code.startswith("event.question")]
    assert codes == ["event.question_waits", "event.question_told"]
    assert child.letters == []


def test_where_writing_is_not_safe_a_question_is_named_once_and_shown_when_asked_for(world: World) -> None:
    child, worker = hushed(world), world.officer(WORKER)
    asked(world, worker)
    child.forgets()
    child.says("hôm nay mưa to")
    assert child.was_told("gõ «xem»")
    assert not child.was_told(QUESTION)
    child.forgets()
    child.says("em nói thêm là bố đi làm rồi")
    assert not child.was_told("gõ «xem»")
    child.says("Xem.")
    assert QUESTION in child.last
    child.says("em ở với bà ngoại")
    entries = world.store.read(lambda uow: uow.cases.entries(world.case(1).id))
    assert any(entry.text == "em ở với bà ngoại" for entry in entries)
    child.forgets()
    child.says("xem")
    assert not child.was_told(QUESTION)


def test_several_questions_wait_together_and_are_put_once(world: World) -> None:
    child, worker = hushed(world), world.officer(WORKER)
    asked(world, worker, "Em đang ở đâu?")
    asked(world, worker, "Có ai ở cạnh em không?")
    child.forgets()
    child.says("xem")
    assert "Em đang ở đâu?" in child.last
    assert "Có ai ở cạnh em không?" in child.last


def test_officers_of_two_cases_wait_for_one_reporter_who_is_asked_one_after_the_other(world: World) -> None:
    child, worker = hushed(world), world.officer(WORKER)
    child.says("/baomoi").says("nhà hàng xóm bỏ em bé 2 tuổi ở nhà một mình cả ngày ở phường Ea Kao")
    assert world.cases() == 2
    worker.says("nhận 1").says("nhận 2")
    child.says("đừng nhắn lại vào đây nha, điện thoại của bố")
    worker.says("hỏi 1 Em đang ở với ai?").says("hỏi 2 Em bé tên gì?")
    child.forgets()
    child.says("xem")
    assert "Em đang ở với ai?" in child.last
    assert not child.was_told("Em bé tên gì?")
    child.says("em ở với bà nội")
    child.says("xem")
    assert "Em bé tên gì?" in child.last
    child.says("em bé tên là Bông")
    for case, answer in ((1, "em ở với bà nội"), (2, "em bé tên là Bông")):
        entries = world.store.read(lambda uow, n=case: uow.cases.entries(world.case(n).id))
        assert any(entry.text == answer for entry in entries), (case, answer)
    child.forgets()
    child.says("xem")
    assert not child.was_told("Em bé tên gì?")


def test_who_blocked_us_is_asked_when_they_write_again(world: World) -> None:
    child, worker = world.citizen().says(CHILD), world.officer(WORKER)
    child._sends(HeardKind.BLOCKED)
    child.forgets()
    asked(world, worker)
    child._sends(HeardKind.UNBLOCKED)
    assert not child.was_told(QUESTION)
    child.says("em đây")
    assert QUESTION in child.last


def test_nobody_elses_receipt_shows_a_question_of_this_case(world: World) -> None:
    hushed(world)
    other, worker = world.citizen().says(CHILD), world.officer(WORKER)
    asked(world, worker)
    web = world.citizen("web_chat").says(world.receipt(other))
    assert not web.was_told(QUESTION)


# --- officers: one after the other, in their order ---


def test_an_officer_is_tried_on_each_of_their_channels_before_the_next_person(world: World) -> None:
    first, second = world.officer(WORKER, "zalo_oa"), world.officer(WORKER, "telegram_officers")
    world.store.write(
        lambda uow: uow.contacts.touched(first.address, world.now, world.tools.traits["zalo_oa"].window)  # type: ignore[arg-type]
    )
    world.citizen().says(BEATEN)
    officer = next(one for one in world.roster().officers if one.code == WORKER)
    order = {"zalo_oa": first, "telegram_officers": second, "desk": None, "web_desk": None}
    tried = [order[channel] for channel in duty.channels(officer) if order[channel] is not None]
    assert len(tried) == 2
    assert tried[0].alerts
    assert not tried[1].alerts
    world.forward(minutes=5)
    assert tried[1].alerts
    tried[1].taps("Tiếp nhận")
    assert world.case(1).status is Status.TAKEN
