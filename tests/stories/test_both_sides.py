"""What reporters and officers say in ways that nobody planned for."""

from dataclasses import replace

import pytest

from bot.domain.cases import Status
from bot.domain.officers import Officer, Role
from bot.services.officers import invitations
from storage.engine import SqlStore
from tests.stories.office import demo_roster
from tests.stories.world import Person, World

BEATEN = "hàng xóm đánh con hằng ngày, cháu bé 6 tuổi, ở xã Ea Kao"
CHILD = "bố hay đánh em bằng roi, ở xã Ea Kao"


def test_the_first_words_of_an_answer_are_that_it_was_received_and_not_a_number(world: World) -> None:
    world.officer("TE-24169")
    child = world.citizen().says(CHILD)
    first = child.letters[0].text
    assert first.index("Em đã làm đúng") < first.index("Dãy số này")
    assert "Ea Kao" in first
    assert child.letters[-1].buttons
    assert len(child.letters) == 2


def test_a_child_is_told_as_a_child_and_nothing_that_names_the_office(world: World) -> None:
    worker = world.officer("TE-24169")
    child = world.citizen().says(CHILD)
    child.forgets()
    worker.taps("Tiếp nhận").says("hỏi 1 Lúc này em thế nào?")
    assert child.was_told("lời nhắn của em")
    assert not child.was_told("bạn")
    assert not child.was_told("bảo vệ trẻ em")


@pytest.mark.parametrize(
    "words",
    [
        "đừng nhắn nữa nha bố em coi điện thoại",
        "cô đừng gọi cho em, điện thoại của bố",
        "dont write back please he reads my phone",
    ],
)
def test_whoever_asks_for_silence_after_all_is_not_written_to_again(world: World, words: str) -> None:
    worker = world.officer("TE-24169")
    child = world.citizen().says(CHILD).taps("Đúng").says("bỏ qua").says("bỏ qua").says("không")
    child.taps("Được, nhắn ở đây").says("không")
    child.says(words)
    child.forgets()
    worker.taps("Tiếp nhận").says("hỏi 1 Em đang ở đâu?")
    world.forward(hours=2)
    assert child.letters == []
    assert worker.was_told("không nhắn được")


def test_thanks_do_not_reopen_a_closed_case_even_while_a_question_waits(world: World) -> None:
    worker = world.officer("TE-24169")
    writer = world.citizen().says(BEATEN).says("xong")
    worker.taps("Tiếp nhận").says("hỏi 1 Cháu mấy tuổi?").says("đóng 1").taps("Trẻ đã an toàn").says("-")
    writer.says("em cảm ơn cô chú nhiều lắm ạ")
    assert world.case(1).status is Status.CLOSED


def test_a_mistyped_receipt_is_kept_in_no_case(world: World) -> None:
    writer = world.citizen().says(BEATEN).says("xong")
    mistyped = world.receipt(writer)[:15]
    writer.says(mistyped)
    assert "15" in writer.last
    entries = world.store.read(lambda uow: uow.cases.entries(world.case(1).id))
    assert not any(mistyped in entry.text for entry in entries)


# --- officers -------------------------------------------------------------------------------------------


def test_an_officer_types_what_the_buttons_say(world: World) -> None:
    worker = world.officer("TE-24169")
    world.citizen().says(BEATEN)
    worker.says("tiếp nhận vụ 1")
    assert world.case(1).status is Status.TAKEN, worker.last
    worker.says("ghi chú 1 đã gặp trưởng buôn")
    worker.says("hỏi người báo 1: cháu đang ở với ai?")
    entries = world.store.read(lambda uow: uow.cases.entries(world.case(1).id))
    texts = [entry.text for entry in entries]
    assert "đã gặp trưởng buôn" in texts
    assert "cháu đang ở với ai?" in texts
    worker.says("kết thúc vụ 1")
    assert "kết thúc thế nào" in worker.last


def test_a_command_without_a_number_shows_what_there_is_to_choose_from(world: World) -> None:
    worker = world.officer("TE-24169")
    world.citizen().says(BEATEN)
    worker.says("nhận")
    assert "Vụ nào?" in worker.last
    worker.taps("Vụ 1").says("nhận")
    assert world.case(1).status is Status.TAKEN


def test_everything_is_handed_to_the_own_commune_or_the_province_and_not_to_strangers(world: World) -> None:
    worker = world.officer("TE-24169")
    worker.says("/bangiao")
    offered = [button.text for row in worker.letters[-1].buttons for button in row]
    assert any("trực ban cấp tỉnh" in label for label in offered)
    assert sum("cán bộ bảo vệ trẻ em cấp xã" in label for label in offered) == 1


@pytest.fixture
def plain(sqlite_store: SqlStore) -> World:
    """The demo office on channels where nothing can be pressed."""
    world = World(sqlite_store)
    traits = {name: replace(one, buttons=0) for name, one in world.tools.traits.items()}
    world.tools = replace(world.tools, traits=traits)
    return world


def test_where_nothing_can_be_pressed_the_answers_have_numbers(plain: World) -> None:
    child = plain.citizen().says(CHILD)
    assert "1. Đúng" in child.last
    assert not any(letter.buttons for letter in child.letters)
    child.says("1")
    assert "Em kể tiếp" in child.last


def test_after_a_wrong_number_the_right_one_still_counts(plain: World) -> None:
    worker = plain.officer("TE-24169")
    plain.citizen().says(CHILD)
    worker.says("nhận 1").says("đóng 1").says("9").says("1").says("-")
    assert plain.case(1).status is Status.CLOSED, worker.last


# --- collaborators --------------------------------------------------------------------------------------


@pytest.fixture
def village(sqlite_store: SqlStore) -> World:
    """The demo office with one collaborator of Phường Ea Kao."""
    roster = demo_roster()
    worker = next(one for one in roster.officers if one.code == "TE-24169")
    helper = replace(worker, id=9001, code="CTV-1", name="H'Lan Niê", role=Role.COLLABORATOR)
    return World(sqlite_store, replace(roster, officers=(*roster.officers, _alone(helper))))


def _alone(officer: Officer) -> Officer:
    return replace(officer, deputy="", supervisor="")


def _enrolled(village: World) -> Person:
    helper = next(one for one in village.roster().officers if one.role is Role.COLLABORATOR)
    token = village.store.write(lambda uow: invitations.invite(uow, village.tools, helper.id, village.now))
    return village.citizen().starts(token)


def test_the_answer_to_a_question_goes_to_the_case_that_was_asked_about(village: World) -> None:
    worker, helper = village.officer("TE-24169"), _enrolled(village)
    helper.says("Cháu Y Nam 6 tuổi bị bố say rượu hay đánh bầm chân").says("xong")
    helper.says("ao nhà ông Ba không rào trẻ hay tắm").shares(12.62, 108.04)
    worker.says("nhận 1").says("hỏi 1 Cháu đang ở với ai?")
    helper.says("cháu ở với bà ngoại")
    first = village.store.read(lambda uow: uow.cases.entries(village.case(1).id))
    assert any("bà ngoại" in entry.text for entry in first)


def test_a_story_about_work_far_away_moves_no_case_to_another_province(village: World) -> None:
    helper = _enrolled(village)
    helper.says("Cháu Y Nam 6 tuổi bị bố say rượu hay đánh bầm chân").taps("Đúng")
    helper.says("tên Y Nam, ở buôn H'Đơk, mẹ đi làm xa")
    assert village.case(1).unit == "24169"
