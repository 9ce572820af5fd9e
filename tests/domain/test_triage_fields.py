"""Ages, numbers of children and places are read off the words."""

import pytest

from bot.data.triage import load_vocabulary
from bot.domain.triage.facts.fields import ages, children
from bot.domain.triage.facts.naming import place
from bot.domain.triage.reading import Reader

READER = Reader(load_vocabulary())


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("bé 7 tuổi", (7,)),
        ("hai cháu 6 và 9 tuổi", (6, 9)),
        ("khoảng 13 14 tuổi", (13, 14)),
        ("em 15t", (15,)),
        ("bé mười hai tuổi", (12,)),
        ("bé bốn tuổi rưỡi", (4,)),
        ("be muoi lam tuoi", (15,)),
        ("bé 8 tháng tuổi bị bỏ", (0,)),
        ("tôi 71 tuổi", ()),
        ("4 tháng nay nó không đi học", ()),
        ("chồng ba mươi tuổi", ()),
    ],
)
def test_ages_of_children_are_found(text: str, years: tuple[int, ...]) -> None:
    assert ages(READER.read(text)) == years


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("có 3 đứa nhỏ ở nhà", 3),
        ("hai cháu bị cuốn", 2),
        ("thằng bé bị đánh", 1),
        ("ba em đánh em", 1),
        ("mấy đứa nhỏ hay tắm", None),
        ("alo", None),
        ("em lớp 3 bị đánh", 1),
    ],
)
def test_children_are_counted(text: str, number: int | None) -> None:
    assert children(READER.read(text)) == number


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Bé bị đánh ở thôn Hạ Long, xã Ea Kao", "thôn Hạ Long, xã Ea Kao"),
        ("nhà số 9 hẻm 45/2 Lê Lợi", "nhà số 9 hẻm 45/2 Lê Lợi"),
        ("so 14 ngach 3 pho 7 phuong Hoa Lac co tieng khoc", "so 14 ngach 3 pho 7 phuong Hoa Lac"),
        ("bé lạc ở chợ đêm kỳ lừa khóc hoài", "chợ đêm kỳ lừa"),
        ("Cậu Tâm nhắn bạn Ngân", None),
        ("đi chợ mua đồ rồi xuống suối tắm", None),
        ("cháu lạc ở chợ Đông Ba", "chợ Đông Ba"),
        ("em đang ở Buôn Hồ", "Buôn Hồ"),
        ("bố đánh em", None),
        ("Cô Hoa đánh bạn", None),
    ],
)
def test_places_are_quoted_as_they_stand(text: str, words: str | None) -> None:
    assert place(READER.read(text)) == words
