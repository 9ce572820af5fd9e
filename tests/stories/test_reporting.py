"""Everything a reporter may do besides answering our questions."""

from bot.domain.cases import Status
from bot.domain.kinds import Kind
from bot.domain.messages import Media
from tests.stories.world import World

BEATEN = "cháu hàng xóm bị bố đánh hằng ngày, người đầy vết bầm, ở xã Ea Kao, Đắk Lắk"


def test_whoever_stops_answering_has_already_been_heard(world: World) -> None:
    writer = world.citizen().says("gần nhà tôi có cái hố công trình sâu đầy nước không rào chắn gì cả")
    world.forward(hours=1)
    assert world.cases() == 1
    assert world.case(1).kind is Kind.DROWNING_HAZARD
    assert writer.letters


def test_a_receipt_opens_the_same_case_on_another_channel(world: World) -> None:
    writer = world.citizen().says(BEATEN)
    receipt = world.receipt(writer)
    elsewhere = world.citizen("web_chat").says(receipt)
    elsewhere.says("hôm nay cháu lại bị đánh nữa")
    entries = world.store.read(lambda uow: uow.cases.entries(world.case(1).id))
    assert any("lại bị đánh" in entry.text for entry in entries)
    assert world.cases() == 1


def test_guessing_receipts_is_limited(world: World) -> None:
    receipt = world.receipt(world.citizen().says(BEATEN))
    guesser = world.citizen()
    for guess in range(8):
        guesser.says(f"{guess}234 5678 9012 3456")
    guesser.forgets()
    guesser.says(receipt)
    assert not guesser.was_told("tiếp nhận")
    world.forward(hours=2)
    guesser.says(receipt).says("tôi muốn nói thêm một điều quan trọng")
    entries = world.store.read(lambda uow: uow.cases.entries(world.case(1).id))
    assert any("quan trọng" in entry.text for entry in entries)


def test_an_officers_question_and_the_answer_pass_without_either_identity(world: World) -> None:
    worker = world.officer("TE-24169")
    writer = world.citizen().says(BEATEN)
    worker.taps("Tiếp nhận")
    writer.forgets()
    worker.says("hỏi 1 Cháu bé đang ở với ai?")
    assert writer.was_told("Cháu bé đang ở với ai?"), worker.last
    name = next(one.name for one in world.roster().officers if one.code == "TE-24169")
    assert not writer.was_told(name)
    worker.forgets()
    writer.says("cháu đang ở với bà nội")
    assert worker.letters
    entries = world.store.read(lambda uow: uow.cases.entries(world.case(1).id))
    assert any("bà nội" in entry.text for entry in entries)


def test_an_album_of_ten_as_the_very_first_message_is_one_report(world: World) -> None:
    writer = world.citizen()
    for _ in range(10):
        writer.shows(Media.PHOTO, album="a1")
    world.forward(hours=1)
    assert world.cases() == 1
    files = world.store.read(lambda uow: uow.files.of_case(world.case(1).id))
    assert len(files) == 10
    assert len([letter for letter in writer.letters if letter.at and letter.at <= world.now]) < 10


def test_a_voice_message_alone_opens_a_case_that_somebody_must_hear(world: World) -> None:
    duty = [world.officer(f"SYT-TRUC-{n}") for n in (1, 2, 3)]
    world.citizen().shows(Media.VOICE)
    world.forward(minutes=30)
    assert world.case(1).needs_listening
    assert any(one.was_told("Cần nghe") for one in duty)


def test_a_hazard_that_is_known_is_said_to_be_known_and_counted(world: World) -> None:
    first = world.citizen().says("hố công trình sâu đầy nước không rào, trẻ con hay chơi")
    first.shares(12.6400, 108.0400)
    world.forward(hours=1)
    second = world.citizen().says("có cái hố công trình ngập nước chưa rào, sợ trẻ em ngã xuống")
    second.shares(12.6405, 108.0402)
    assert second.was_told("đã có người báo"), [letter.text for letter in second.letters]


def test_nobody_is_written_to_who_said_that_it_is_not_safe(world: World) -> None:
    worker = world.officer("TE-24169")
    child = world.citizen().says("bố em hay đánh em lắm, em sợ, ở xã Ea Kao Đắk Lắk")
    child.says("đừng nhắn lại cho em, bố xem điện thoại của em")
    child.forgets()
    worker.taps("Tiếp nhận")
    world.forward(hours=2)
    assert child.letters == []
    assert world.case(1).reached is False


def test_a_closed_case_reopens_for_words_that_matter(world: World) -> None:
    worker = world.officer("TE-24169")
    writer = world.citizen().says(BEATEN)
    worker.taps("Tiếp nhận")
    worker.says("đóng 1")
    worker.taps("Trẻ đã an toàn") if _has(worker, "Trẻ đã an toàn") else worker.taps("Trẻ")
    if world.case(1).status is not Status.CLOSED:
        worker.says("Đã đưa cháu về bà ngoại, an toàn")
    assert world.case(1).status is Status.CLOSED, worker.last
    writer.says("bố cháu lại đánh cháu tối nay rồi")
    assert world.case(1).status is not Status.CLOSED


def _has(person: object, label: str) -> bool:
    try:
        person.button(label)  # type: ignore[attr-defined]
    except AssertionError:
        return False
    return True


def test_someone_who_is_not_serious_is_answered_and_alerts_nobody(world: World) -> None:
    duty = [world.officer(f"SYT-TRUC-{n}") for n in (1, 2, 3)]
    joker = world.citizen()
    for words in ("hihi", "alo alo 123", "ăn cơm chưa"):
        joker.says(words)
    world.forward(hours=1)
    assert joker.letters
    assert world.cases() == 0
    assert all(not one.alerts for one in duty)
