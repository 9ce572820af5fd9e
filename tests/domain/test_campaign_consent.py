"""Stop and yes in any spelling; words that are a report are never taken for one."""

import json
from pathlib import Path

import pytest

from bot.domain.campaigns.heard.buttons import typed
from bot.domain.campaigns.heard.consent import born, is_stop, is_yes, place_of, telex

STOPS = (
    """
dừng|Dừng|DỪNG|dung|DUNG|Dung.|dừng!|duwngf|DUWNGF|dungwf|duwfng|dừng ạ|dạ dừng|dừng nhé|cho tôi dừng|dưng
stop|STOP|Stop!|huỷ đăng ký|hủy đăng ký|hủy đăng kí|huy dang ky|HUY DANG KY|huyr ddawng kys|ngừng nhận
ngung nhan|ngừng nhận tin|nguwngf nhaanj|ngưng|dừng nhận tin|không nhận nữa|khong nhan nua|bỏ đăng ký
dừngg|ＳＴＯＰ|D Ừ N G|s t o p|d\u200bừng|stop all|dừng nhắn tin|đừng nhắn tin nữa|ko nhận nữa|dừng tin
thôi nhận tin|từ chối|unsubscribe|đừng gửi nữa|dừng lại|không muốn nhận tin nữa ạ
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

NOT_STOPS = (
    """
dừng lại đi nó đánh em|dung lai di no danh em|dừng xe lại có bé rơi xuống ao|stop hitting me|stop he hits me
đừng|đứng|đúng|ddungs|dduwngf|dụng|em muốn dừng học|nó không dừng|hủy|huy|thôi|không|khong|cứu em
em muốn dừng lại|dừng tay lại|dừng lại ba ơi|dừng đánh con tôi
bố không dừng đánh mẹ|ngừng tim|ngưng thở rồi|dừng nhận con|em bị đánh|stopping|hủy báo
""".replace("\n", "|")
    .strip("|")
    .split("|")
)


@pytest.mark.parametrize("text", STOPS)
def test_no_more_letters_in_any_spelling(text: str) -> None:
    assert is_stop(text)


@pytest.mark.parametrize("text", NOT_STOPS)
def test_what_may_be_a_report_or_an_answer_is_no_stop(text: str) -> None:
    assert not is_stop(text)


def test_while_a_question_waits_a_bare_dung_is_its_answer() -> None:
    assert not is_stop("dung", asked=True)
    assert not is_stop("Dung", asked=True)
    assert is_stop("dừng", asked=True)
    assert is_stop("stop", asked=True)
    assert is_stop("duwngf", asked=True)


def test_huy_alone_stops_letters_only_where_no_report_could_be_meant() -> None:
    assert is_stop("hủy", alone=True)
    assert is_stop("huỷ ạ", alone=True)
    assert not is_stop("hủy")


@pytest.mark.parametrize(
    "text",
    [
        "đăng ký",
        "DANG KY",
        "dang ky nhan tin",
        "ĐK",
        "dk",
        "nhận tin",
        "ddawng kys",
        "Subscribe",
        "đăng ký ạ",
    ],
)
def test_yes_in_any_spelling(text: str) -> None:
    assert is_yes(text)


@pytest.mark.parametrize(
    "text", ["đăng ký khai sinh cho bé", "em nhận tin nhắn lạ", "nhận", "có", "hủy đăng ký"]
)
def test_other_words_are_no_yes(text: str) -> None:
    assert not is_yes(text)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("duwngf", "dừng"),
        ("ddawng", "đăng"),
        ("kys", "ký"),
        ("nhaanj", "nhận"),
        ("stop", "stop"),
        ("tin", "tin"),
    ],
)
def test_telex_that_nothing_turned_into_letters(word: str, meant: str) -> None:
    assert telex(word) == meant


CORPUS = sorted((Path(__file__).parents[2] / "bot" / "data" / "triage" / "corpus").glob("*.jsonl"))


def test_of_thousands_of_written_messages_no_report_is_taken_for_an_answer_to_letters() -> None:
    messages = [json.loads(line) for file in CORPUS for line in file.read_text(encoding="utf-8").splitlines()]
    reports = [one["text"] for one in messages if one.get("kind") != "off_topic"]
    assert len(reports) > 3_000
    taken = [text for text in reports if is_stop(text) or is_yes(text) or born(text) or typed(text)]
    assert taken == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("đăng ký xã Ea Kao", "xã Ea Kao"),
        ("DK phường Tân An", "phường Tân An"),
        ("đăng ký", ""),
        ("muốn đăng ký xã", ""),
        ("đăng ký " + "a" * 80, ""),
    ],
)
def test_a_place_may_stand_behind_a_yes(text: str, place: str) -> None:
    assert place_of(text) == place


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("SINH 5/2021", (2021, 5)),
        ("sinh 05-2020", (2020, 5)),
        ("Born 12.2019", (2019, 12)),
        ("sinh 13/2020", None),
        ("em sinh 5/2012 bị đánh", None),
        ("sinh 5/1999", None),
    ],
)
def test_a_month_of_birth_is_a_whole_message(text: str, month: tuple[int, int] | None) -> None:
    assert born(text) == month
