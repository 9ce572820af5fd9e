"""What was typed becomes what was meant: Telex, VNI, shorthand, dialect, slips, invisible characters."""

import pytest

from bot.data.triage import load_vocabulary
from bot.domain.triage.marks import fits, fold, is_syllable
from bot.domain.triage.reading import Reader

READER = Reader(load_vocabulary())


def meant(text: str) -> str:
    return " ".join(word.typed for word in READER.read(text).words)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("cuwus em vowis, boos ddang ddanhs mej", "cứu em với , bố đang đánh mẹ"),
        ("oong nooij nhoots em trong phongf toosi", "ông nội nhốt em trong phòng tối"),
        ("cu7u1 em vo7i1 d9ang bi5 d9anh1", "cứu em với đang bị đánh"),
        ("e bị đánh wá, k bít lm s", "em bị đánh quá , không biết làm sao"),
        ("e 13t, 5p nữa nó tới", "em 13 tuổi , 5 phút nữa nó tới"),
        ("hổng ai trông, má dìa trễ", "không ai trông , mẹ về trễ"),
        ("em khôngg biếtt, bạn đag khóc", "em không biết , bạn đang khóc"),
        ("c\u200bứ\u200bu", "cứu"),
        ("cu\u031b\u0301u", "cứu"),
    ],
)
def test_a_message_is_read_as_it_was_meant(typed: str, words: str) -> None:
    assert meant(typed) == words


@pytest.mark.parametrize(
    "text", ["It was so bad that I ask for more if so", "cho em hoi truong nay o dau", "san xe o cho"]
)
def test_words_that_only_look_like_telex_are_left_alone(text: str) -> None:
    assert meant(text) == text.lower()


def test_every_word_knows_where_it_stood() -> None:
    reading = READER.read("Ở nhà, bố ĐÁNH em")
    assert [reading.text[word.start : word.end] for word in reading.words] == [
        "Ở",
        "nhà",
        ",",
        "bố",
        "ĐÁNH",
        "em",
    ]


def test_a_long_text_is_read_at_its_beginning_and_its_end() -> None:
    words = READER.read("đầu " + "giữa " * 60_000 + "cuối").words
    assert (words[0].typed, words[-1].typed) == ("đầu", "cuối")
    assert len(words) < 1_000


@pytest.mark.parametrize(
    ("typed", "word", "may_be"),
    [
        ("dưong", "đường", True),
        ("bo", "bỏ", True),
        ("bò", "bỏ", False),
        ("hoà", "hòa", True),
        ("đan", "dân", False),
    ],
)
def test_lost_marks_fit_and_other_marks_do_not(typed: str, word: str, may_be: bool) -> None:
    assert fits(typed, word) is may_be


def test_folding_takes_every_mark_away() -> None:
    assert fold("Đường Ỷ Ữ ặ") == "duong y u a"


def test_syllables_are_told_from_other_letters() -> None:
    assert all(map(is_syllable, ["nghieng", "khuya", "quyen", "ech", "yeu", "giup"]))
    assert not any(map(is_syllable, ["khoongg", "street", "bjt", "ddi", "xz"]))
