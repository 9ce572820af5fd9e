"""Stop and yes in any spelling; words that are a report are never taken for one."""

import pytest

from bot.domain.campaigns.heard.consent import is_stop, is_yes, telex

STOPS = (
    """
dừng|Dừng|DỪNG|dung|DUNG|Dung.|dừng!|duwngf|DUWNGF|dungwf|duwfng|dừng ạ|dạ dừng|dừng nhé|cho tôi dừng|dưng
stop|STOP|Stop!|huỷ đăng ký|hủy đăng ký|hủy đăng kí|huy dang ky|HUY DANG KY|huyr ddawng kys|ngừng nhận
ngung nhan|ngừng nhận tin|nguwngf nhaanj|ngưng|dừng nhận tin|không nhận nữa|khong nhan nua|bỏ đăng ký
thôi nhận tin|từ chối|unsubscribe|đừng gửi nữa|dừng lại|không muốn nhận tin nữa ạ
""".replace("\n", "|")
    .strip("|")
    .split("|")
)

NOT_STOPS = (
    """
dừng lại đi nó đánh em|dung lai di no danh em|dừng xe lại có bé rơi xuống ao|stop hitting me|stop he hits me
đừng|đứng|đúng|ddungs|dduwngf|dụng|em muốn dừng học|nó không dừng|hủy|huy|thôi|không|khong|cứu em
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
    ("typed", "meant"),
    [
        ("duwngf", "dừng"),
        ("ddawng", "đăng"),
        ("kys", "ký"),
        ("nhaanj", "nhận"),
        ("stop", "stop"),
        ("tin", "tin"),
    ],
)
def test_telex_that_nothing_turned_into_letters(typed: str, meant: str) -> None:
    assert telex(typed) == meant
