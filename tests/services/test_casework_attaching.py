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


def test_a_receipt_below_a_picture_is_masked(office: Office) -> None:
    case, _ = taken(office)
    office.types("HOA", f"/xem {case}")
    shows(office, "HOA", PHOTO, text="mã của chị ấy là 4921 0385 7710 2946")
    [note] = notes(office, case)
    assert "4921" not in note
