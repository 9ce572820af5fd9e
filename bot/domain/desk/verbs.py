"""How a typed command looks: its verb in every spelling, and the number of the case behind it."""

import re
import unicodedata
from collections.abc import Mapping

LONGEST_NUMBER = 9
"""Digits of a case's number; a longer one is a receipt or a telephone number."""
_TWO_WORDS = "|".join(
    (
        *(
            "ghi chú",
            "ghi chu",
            "hỏi người báo",
            "hoi nguoi bao",
            "tiếp nhận",
            "tiep nhan",
            "kết thúc",
            "ket thuc",
        ),
        *("tình trạng", "tinh trang", "trạng thái", "trang thai", "mức độ", "muc do", "bàn giao", "ban giao"),
        *(
            "chuyển tỉnh",
            "chuyen tinh",
            "gọi 111",
            "goi 111",
            "đăng nhập",
            "dang nhap",
            "trợ giúp",
            "tro giup",
            "chiến dịch",
            "chien dich",
        ),
    )
)
"""As the buttons name them: a hurried thumb types what it reads."""
COMMAND = re.compile(
    rf"(?P<slash>/?)(?P<verb>{_TWO_WORDS}|[^\W\d]+(?:111)?)(?:@\w+)?"
    r"(?:\s+(?:vụ |vu |số |so |case )?#?(?P<number>\d{1,9})(?!\d)[:,.]?)?(?P<rest>.*)\Z",
    re.DOTALL | re.IGNORECASE,
)
VERBS: Mapping[str, str] = {
    "start": "start",
    "viec": "cases",
    "queue": "cases",
    "truc": "on",
    "on": "on",
    "nghi": "off",
    "off": "off",
    "mo": "open",
    "xem": "open",
    "open": "open",
    "nhan": "take",
    "tiepnhan": "take",
    "take": "take",
    "chuyen": "pass",
    "transfer": "pass",
    "ghi": "note",
    "ghichu": "note",
    "note": "note",
    "hoi": "ask",
    "hoinguoibao": "ask",
    "ask": "ask",
    "trangthai": "status",
    "tinhtrang": "status",
    "status": "status",
    "dong": "close",
    "ketthuc": "close",
    "close": "close",
    "chuyentinh": "hand",
    "handon": "hand",
    "khan": "urg",
    "mucdo": "urg",
    "urgency": "urg",
    "goi111": "phone",
    "phoned": "phone",
    "bangiao": "over",
    "handover": "over",
    "dangnhap": "login",
    "login": "login",
    "thietbi": "devices",
    "devices": "devices",
    "chien_dich": "camp",
    "chiendich": "camp",
    "campaigns": "camp",
    "huy": "cancel",
    "cancel": "cancel",
    "trogiup": "help",
    "help": "help",
}


def fold(text: str) -> str:
    """Lower case without tone marks: what a hurried thumb types."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def verb_of(typed: str) -> str:
    """The action of a verb in any spelling; empty: none that we know."""
    return VERBS.get(fold(typed).replace(" ", ""), "")
