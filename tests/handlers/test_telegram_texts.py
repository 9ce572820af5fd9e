"""Texts in parts, taps in bytes, tokens out of logs."""

import io
import logging
import unicodedata

import pytest

from handlers.telegram_wire.letters.texts import LIMIT, fits_callback, parts
from handlers.telegram_wire.logs import HideTokens, hide

TOKEN = "123456789:AAExampleExampleExampleExampleExampl"


@pytest.mark.parametrize("text", ["", "  \n\t "])
def test_nothing_gives_no_part(text: str) -> None:
    assert parts(text) == ()


def test_a_short_text_is_one_part_in_nfc() -> None:
    assert parts(unicodedata.normalize("NFD", "Em đang ở đâu ạ?")) == ("Em đang ở đâu ạ?",)


def test_a_text_is_cut_after_a_paragraph_before_a_sentence_before_a_word() -> None:
    assert parts("Một. Hai.\n\nBa bốn năm.", 16) == ("Một. Hai.", "Ba bốn năm.")
    assert parts("Một hai ba. Bốn năm sáu.", 16) == ("Một hai ba.", "Bốn năm sáu.")
    assert parts("một hai ba bốn năm", 12) == ("một hai ba", "bốn năm")
    assert parts("a" * 25, 10) == ("a" * 10, "a" * 10, "a" * 5)


def test_nothing_but_white_space_is_lost() -> None:
    text = "Câu này dài. " * 3000
    assert "".join("".join(parts(text)).split()) == "".join(text.split())


def test_every_part_fits_in_utf_16_too() -> None:
    for text in ("😢" * 5000, "câu 😢 dài. " * 1500, "ữ" * 9000):
        assert all(len(part.encode("utf-16-le")) // 2 <= LIMIT for part in parts(text))
        assert len(parts(text)) > 1


def test_a_joined_emoji_is_not_torn() -> None:
    family = "👨\u200d👩\u200d👧"
    assert all(part == family for part in parts(family * 3, 9))


def test_a_tap_is_counted_in_bytes() -> None:
    assert fits_callback("ơ" * 32)
    assert not fits_callback("ơ" * 33)
    assert not fits_callback("")


def test_tokens_are_blotted_out_of_words_arguments_and_traces() -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(HideTokens())
    log = logging.Logger("x")
    log.addHandler(handler)
    log.info("GET https://api.telegram.org/bot%s/getMe", TOKEN)
    try:
        raise ValueError(f"bot{TOKEN}")
    except ValueError:
        log.exception("failed")
    try:
        raise ExceptionGroup("x", [KeyError("cứu em với")])
    except ExceptionGroup:
        log.exception("again")
    assert "<token>" in stream.getvalue()
    assert "KeyError" in stream.getvalue()
    assert "cứu" not in stream.getvalue()
    assert "ValueError" in stream.getvalue()
    assert "AAExample" not in stream.getvalue()


def test_hiding_leaves_other_numbers_alone() -> None:
    assert hide("case 12:30, letter 7") == "case 12:30, letter 7"
