"""What is remembered between messages are short words only, and never many."""

from bot.domain.triage.remembering import Remembered


def test_a_word_is_found_out_once() -> None:
    asked: list[str] = []
    lengths = Remembered(lambda word: asked.append(word) or len(word))
    assert [lengths["đánh"], lengths["đánh"], lengths["em"]] == [4, 4, 2]
    assert asked == ["đánh", "em"]


def test_numbers_and_long_words_are_not_kept() -> None:
    lengths = Remembered(len)
    for word in ("0905123456", "12", "nguyenvanan", "k47", "em", "d9anh1"):
        assert lengths[word] == len(word)
    assert list(lengths) == ["em", "d9anh1"]
    assert repr(lengths) == "<2 words>"


def test_however_many_words_are_asked_for_few_are_kept() -> None:
    lengths = Remembered(len)
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 150)]
    for one in letters:
        for other in letters:
            assert lengths[one + other] == 2
    assert 0 < len(lengths) <= 4096
