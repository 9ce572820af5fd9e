"""An officer shows a picture in the chat: it belongs to the case in hand, sealed, with its note."""

from datetime import timedelta

from bot.domain.cases import Author, CaseId, EntryKind, Status
from bot.domain.kinds import Kind
from bot.domain.messages import Attachment, HeardKind, Media
from bot.ports import FileRow
from tests.services.office import Office
from tests.services.people import ELSEWHERE
from tests.services.steps import taken

PHOTO = Attachment(Media.PHOTO, "AgACAgUAAx", size=90_000, mime="image/jpeg")
LETTER = Attachment(Media.DOCUMENT, "BQACAgUAAx", size=90_000, mime="application/pdf", name="don.pdf")


def shows(office: Office, code: str, *attachments: Attachment, text: str = "", album: str = "") -> str:
    office.deliver()
    office.claimed.clear()
    office.hears(code, HeardKind.MEDIA, attachments=attachments, text=text, album=album)
    return "\n".join(office.told(code))


def files(office: Office, case: CaseId) -> list[FileRow]:
    return list(office.store.read(lambda uow: uow.files.of_case(case)))


def notes(office: Office, case: CaseId) -> list[str]:
    entries = office.store.read(lambda uow: uow.cases.entries(case))
    return [entry.text for entry in entries if entry.kind is EntryKind.NOTE]


def test_a_picture_sent_while_a_case_is_open_belongs_to_it(both: Office) -> None:
    case, hoa = taken(both)
    both.types("HOA", f"/xem {case}")
    answer = shows(both, "HOA", PHOTO, LETTER, text="cổng nhà khóa")
    assert f"vụ {case}" in answer
    assert [file.attachment.ref for file in files(both, case)] == [PHOTO.ref, LETTER.ref]
    shown = [
        entry
        for entry in both.store.read(lambda uow: uow.cases.entries(case))
        if entry.kind is EntryKind.ATTACHMENT
    ]
    assert [(entry.author, entry.officer) for entry in shown] == [(Author.OFFICER, hoa.id)] * 2
    assert notes(both, case) == ["cổng nhà khóa"]
    assert both.ledger(f"case:{case}").count("file.added") == 2


def test_of_whoever_has_the_case_it_counts_as_an_action(office: Office) -> None:
    case, _ = taken(office)
    office.types("HOA", f"/xem {case}")
    shows(office, "HOA", PHOTO)
    assert office.case(case).status is Status.ACTING


def test_an_album_is_kept_whole_and_answered_once(office: Office) -> None:
    case, _ = taken(office)
    office.types("HOA", f"/xem {case}")
    answers = [shows(office, "HOA", PHOTO, album="a1") for _ in range(10)]
    assert [bool(answer) for answer in answers] == [True] + [False] * 9
    assert len(files(office, case)) == 10


def test_an_album_stays_with_the_case_that_its_first_picture_named(office: Office) -> None:
    named, _ = taken(office)
    hand, _ = taken(office)
    office.types("HOA", f"/ghi {hand}")
    first = shows(office, "HOA", PHOTO, text=str(named), album="a1")
    assert f"vụ {named}" in first
    office.now += timedelta(hours=1)  # we were away for a while
    assert [shows(office, "HOA", PHOTO, album="a1") for _ in range(2)] == ["", ""]
    assert (len(files(office, named)), len(files(office, hand))) == (3, 0)


def test_words_typed_between_two_pictures_of_an_album_move_none_of_it(office: Office) -> None:
    first, _ = taken(office)
    second, _ = taken(office)
    office.types("HOA", f"/xem {first}")
    shows(office, "HOA", PHOTO, album="a1")
    office.types("HOA", f"/xem {second}")
    shows(office, "HOA", PHOTO, album="a1")
    assert (len(files(office, first)), len(files(office, second))) == (2, 0)


def test_of_an_album_for_a_case_that_is_not_theirs_nothing_is_kept(office: Office) -> None:
    hand, _ = taken(office)
    foreign = office.report(unit=ELSEWHERE)
    office.types("HOA", f"/ghi {hand}")
    assert shows(office, "HOA", PHOTO, text=str(foreign), album="a1")
    assert [shows(office, "HOA", PHOTO, album="a1") for _ in range(2)] == ["", ""]
    assert files(office, hand) == files(office, foreign) == []


def test_a_piece_for_a_case_that_is_not_theirs_keeps_the_others_from_nothing(office: Office) -> None:
    hand, _ = taken(office)
    named, _ = taken(office)
    office.types("HOA", f"/xem {hand}")
    shows(office, "HOA", PHOTO, album="a1")
    assert shows(office, "HOA", PHOTO, text="vụ 99", album="a1")
    assert "vụ nào" in shows(office, "HOA", PHOTO, text=f"như ở vụ {named}", album="a1")
    assert shows(office, "HOA", PHOTO, album="a1") == ""
    assert len(files(office, hand)) == 2


def test_an_album_that_belonged_nowhere_does_not_follow_the_next_case(office: Office) -> None:
    case, _ = taken(office)
    office.now += timedelta(hours=1)
    assert "vụ nào" in shows(office, "HOA", PHOTO, album="a1")
    office.types("HOA", f"/xem {case}")
    assert shows(office, "HOA", PHOTO, album="a1") == ""
    assert files(office, case) == []
    assert f"vụ {case}" in shows(office, "HOA", PHOTO, album="a2")


def test_a_piece_of_an_album_that_fares_otherwise_is_told(office: Office) -> None:
    named, _ = taken(office)
    case, _ = taken(office)
    office.types("HOA", f"/xem {case}")
    film = Attachment(Media.VIDEO, "film", size=30_000_000)
    assert "Đã nhận" in shows(office, "HOA", PHOTO, album="a1")
    assert "/dangnhap" in shows(office, "HOA", film, album="a1")
    assert shows(office, "HOA", PHOTO, album="a1") == ""
    assert "/dangnhap" in shows(office, "HOA", film, album="a1")
    assert f"vụ {named}" in shows(office, "HOA", PHOTO, text=str(named), album="a1")
    assert shows(office, "HOA", PHOTO, album="a1") == ""
    assert len(files(office, named)) == 2


def test_words_that_name_another_case_are_heeded(office: Office) -> None:
    named, _ = taken(office)
    hand, _ = taken(office)
    office.types("HOA", f"/xem {hand}")
    for text in (
        f"vụ {named}: ảnh hiện trường",
        f"{named} ảnh hiện trường",
        f"#{named}",
        f"đóng {named} đã xong",
    ):
        office.types("HOA", f"/xem {hand}")
        assert f"vụ {named}" in shows(office, "HOA", PHOTO, text=text), text
    assert (len(files(office, named)), files(office, hand)) == (4, [])
    assert notes(office, named) == ["ảnh hiện trường", f"{named} ảnh hiện trường", f"đóng {named} đã xong"]
    assert office.case(named).status is not Status.CLOSED


def test_a_number_that_is_no_case_of_theirs_counts_something(office: Office) -> None:
    foreign = office.report(unit=ELSEWHERE)
    hand, _ = taken(office)
    office.types("HOA", f"/xem {hand}")
    for text in (f"{foreign} bé bị bỏ đói", "99 ảnh hiện trường", "hỏi 99 người", "giống vụ 99"):
        assert f"vụ {hand}" in shows(office, "HOA", PHOTO, text=text), text
    assert (len(files(office, hand)), files(office, foreign)) == (4, [])
    assert notes(office, hand)[0] == f"{foreign} bé bị bỏ đói"


def test_a_case_named_in_the_middle_of_the_words_is_asked_for(office: Office) -> None:
    named, _ = taken(office)
    hand, _ = taken(office)
    office.types("HOA", f"/xem {hand}")
    assert "vụ nào" in shows(office, "HOA", PHOTO, text=f"ảnh hiện trường vụ {named}")
    assert files(office, hand) == files(office, named) == []
    shows(office, "HOA", PHOTO, text=f"vụ {hand}: giống vụ {named}")
    assert len(files(office, hand)) == 1


def test_without_a_case_in_hand_we_ask_which_and_keep_nothing(office: Office) -> None:
    case, _ = taken(office)
    office.now += timedelta(hours=1)
    assert "vụ nào" in shows(office, "HOA", PHOTO)
    assert files(office, case) == []


def test_the_number_of_the_case_below_the_picture_is_enough(office: Office) -> None:
    case, _ = taken(office)
    office.now += timedelta(hours=1)
    shows(office, "HOA", PHOTO, text=f"ghi {case} vết bầm ở tay")
    shows(office, "HOA", LETTER, text=str(case))
    assert [file.attachment.ref for file in files(office, case)] == [PHOTO.ref, LETTER.ref]
    assert notes(office, case) == ["vết bầm ở tay"]


def test_somebody_in_the_middle_of_a_question_stays_there(office: Office) -> None:
    case, _ = taken(office)
    office.types("HOA", f"/hoi {case}")
    shows(office, "HOA", PHOTO)
    assert "Đã gửi câu hỏi" in office.types("HOA", "Bây giờ em ở đâu?")


def test_in_a_case_of_sexual_abuse_it_is_sealed_without_preview_and_no_more_is_wanted(office: Office) -> None:
    case, _ = taken(office, kind=Kind.SEXUAL_ABUSE, restricted=True)
    office.types("HOA", f"/xem {case}")
    answer = shows(office, "HOA", PHOTO)
    assert "niêm phong" in answer
    assert "đừng gửi thêm hình" in answer
    [file] = files(office, case)
    assert file.restricted


def test_nobody_adds_to_a_case_that_is_not_theirs_to_know_of(office: Office) -> None:
    case = office.report(unit=ELSEWHERE)
    shows(office, "HOA", PHOTO, text=str(case))
    assert files(office, case) == []


def test_what_the_platform_will_not_hand_over_is_said_with_the_way_that_works(office: Office) -> None:
    case, _ = taken(office)
    office.types("HOA", f"/xem {case}")
    film = Attachment(Media.VIDEO, "film", size=30_000_000)
    assert "/dangnhap" in shows(office, "HOA", film)
    assert len(files(office, case)) == 1


def test_in_a_case_of_sexual_abuse_no_large_film_is_wanted_by_another_way_either(office: Office) -> None:
    case, _ = taken(office, kind=Kind.SEXUAL_ABUSE, restricted=True)
    office.types("HOA", f"/xem {case}")
    answer = shows(office, "HOA", Attachment(Media.VIDEO, "film", size=30_000_000))
    assert "đừng gửi thêm hình" in answer
    assert "tải lên" not in answer
    assert "/dangnhap" not in answer


def test_a_receipt_below_a_picture_is_masked(office: Office) -> None:
    case, _ = taken(office)
    office.types("HOA", f"/xem {case}")
    shows(office, "HOA", PHOTO, text="mã của chị ấy là 4921 0385 7710 2946")
    [note] = notes(office, case)
    assert "4921" not in note
