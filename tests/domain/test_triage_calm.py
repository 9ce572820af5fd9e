"""Danger told without a cry, and words of danger without the danger; languages that only look like Vietnamese."""

import pytest

from bot.data.triage import load_triage
from bot.domain.kinds import Kind, Urgency

TRIAGE = load_triage()


@pytest.mark.parametrize(
    "text",
    [
        "em viết thư tuyệt mệnh rồi",
        "em không muốn thức dậy nữa",
        "con chỉ mong ngủ một giấc rồi đừng dậy nữa",
        "em cho hết đồ của em cho bạn bè rồi, không cần nữa",
        "không có em chắc bố mẹ đỡ khổ",
        "chắc em đi đây, mọi người ở lại mạnh giỏi",
        "con gái tôi hỏi chết có đau không",
        "em muốn tự tử",
        "em gai em nhan tam biet ca nha roi tat may",
        "nobody needs me, I don't want to wake up anymore",
    ],
)
def test_a_farewell_is_urgent_at_least(text: str) -> None:
    assert TRIAGE.assess(text).urgency.rank >= Urgency.URGENT.rank


@pytest.mark.parametrize(
    "text",
    [
        "em đang ở trên sân thượng, em viết thư để lại rồi",
        "em gom thuốc của bà đủ rồi, tối nay em uống",
        "em đếm được 40 viên rồi, chắc đủ",
        "e dang ngoi tren lan can tang 5",
    ],
)
def test_a_farewell_with_the_means_at_hand_is_an_emergency(text: str) -> None:
    assert TRIAGE.assess(text).urgency is Urgency.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "cháu nhà tôi 6 tuổi đi học từ sáng, giờ này chưa về",
        "cháu tôi 9 tuổi đi mua nước mắm từ chiều đến giờ 9h tối chưa thấy",
        "đêm nay nhà bên lại khoá cửa bỏ hai đứa nhỏ ở trong",
        "nhà bên có bé 2 tuổi khóc trong nhà khoá, gọi không ai thưa",
        "tối nay chỉ có con với dượng ở nhà, dượng hay vào phòng con",
    ],
)
def test_a_child_missing_locked_in_or_with_the_abuser_tonight_is_an_emergency(text: str) -> None:
    assert TRIAGE.assess(text).urgency is Urgency.EMERGENCY


@pytest.mark.parametrize(
    "text",
    [
        "he is here",
        "Can you help me",
        "lớp em không ai bị đánh",
        "con chó nhà hàng xóm bị bỏ đói",
        "hihi test thui nha ad",
        "tạm biệt ad nha, mai nói chuyện tiếp",
        "hôm nay em không muốn thức dậy đi học, lười quá hihi",
        "cái quạt nó cứ kêu hoài",
    ],
)
def test_words_of_danger_without_a_child_in_danger_are_no_emergency(text: str) -> None:
    assert TRIAGE.assess(text).urgency.rank < Urgency.URGENT.rank


@pytest.mark.parametrize(
    "text",
    [
        "con tôi sáng nay hóc hạt nhãn may mà kịp, giờ ổn rồi",
        "hồi 5 tuổi em suýt chết đuối, may mà có chú kéo lên",
        "mười năm trước tôi từng bị cha dượng sờ, giờ tôi 25 tuổi",
    ],
)
def test_what_is_over_is_kept_but_hurries_nobody(text: str) -> None:
    assert TRIAGE.assess(text).urgency is Urgency.STANDARD


def test_a_child_given_without_money_is_not_sold() -> None:
    text = "con nuôi tôi nhận từ ba mẹ ruột cho, không tiền nong gì, nay tôi muốn làm khai sinh đúng luật"
    assert TRIAGE.assess(text).kind is not Kind.TRAFFICKING


@pytest.mark.parametrize(
    "text",
    [
        "Puôt mnuih bi dăm kâo hlăm sang, kâo huĭ snăk",
        "kâo huĭ",
        "Ama kâo čam kâo",
        "Amĭ kâo čih kơ adei kâo, ñu huĭ",
        "Dạ chào cô ạ ខ្ញុំសុំជំនួយ ឪពុកខ្ញុំវាយខ្ញុំ",
    ],
)
def test_one_foreign_letter_among_few_vietnamese_words_is_another_language(text: str) -> None:
    assessed = TRIAGE.assess(text)
    assert (assessed.language, assessed.kind, assessed.urgency) == ("other", Kind.UNKNOWN, Urgency.URGENT)


@pytest.mark.parametrize(
    "text",
    [
        "hihi test thui nha ad",
        "em học trường Nơ Trang Lơng, buôn Akŏ Dhông",
        "nhà em ở buôn Akŏ Dhông và buôn Ƀăng, bố hay đánh em",
        "bán đất 100m² mặt tiền",
        "Buôn Akŏ Dhông",
    ],
)
def test_chat_names_and_signs_leave_a_message_vietnamese(text: str) -> None:
    assert TRIAGE.assess(text).language == "vi"


def test_english_words_are_counted_as_they_were_typed() -> None:
    assert TRIAGE.assess("my stepfather beats my brother every night").language == "en"
    assessed = TRIAGE.assess("ba em cứ drunk là beat em, em tired lắm rồi")
    assert (assessed.language, assessed.kind) == ("vi", Kind.VIOLENCE)


@pytest.mark.parametrize(
    "text",
    [
        "bạn ấy đang ở nhà với mẹ",
        "ban ay dang o nha voi me",
        "em đang ở nhà với bà ngoại ạ",
        "nó đang ở nhà với mẹ nó",
    ],
)
def test_being_at_home_with_mother_reports_nothing_by_itself(text: str) -> None:
    assert TRIAGE.assess(text).urgency is Urgency.NONE


def test_being_at_home_with_somebody_every_evening_may_be_the_report_itself() -> None:
    assert TRIAGE.assess("tối nào chú cũng ở nhà với em").urgency is not Urgency.NONE
