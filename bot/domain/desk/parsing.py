"""From what was heard to a command."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from bot.domain.cases import CaseId
from bot.domain.desk.buttons import OF_CASE, Sign, pressed
from bot.domain.desk.buttons import command as make
from bot.domain.desk.commands import (
    AskReporter,
    Attach,
    Away,
    Close,
    Command,
    HandOn,
    Help,
    Note,
    Nothing,
    OfficerState,
    Open,
    Redeem,
    SetUrgency,
    Transfer,
    Unclear,
)
from bot.domain.messages import Heard, HeardKind


def parse(heard: Heard, state: OfficerState, sign: Sign) -> Command:
    """What this officer wants; never raises, whatever was sent."""
    match heard.kind:
        case HeardKind.TAP:
            return pressed(heard.tap, sign)
        case HeardKind.START:
            return Redeem(heard.tap) if heard.tap else Help()
        case HeardKind.TEXT:
            return _typed(heard.text.strip(), state)
        case HeardKind.BLOCKED:
            return Away()
        case HeardKind.UNBLOCKED:
            return Help()
        case HeardKind.GROUP | HeardKind.NOTICE:
            return Nothing()
        case HeardKind.EDITED:
            return Unclear("edited")
        case HeardKind.MEDIA:
            return _shown(heard, state)
        case _:
            return Unclear("other")


def _shown(heard: Heard, state: OfficerState) -> Command:
    """For the case in hand, or the one that the words below name: "7", "ghi 7 nhà khóa cửa"."""
    words = heard.text.strip()
    match _typed(words, OfficerState(case=state.case)):
        case Open(case):
            return Attach(case, heard.attachments)
        case Note(case, said):
            return Attach(case, heard.attachments, said)
        case _ if state.case is not None and heard.attachments:
            return Attach(state.case, heard.attachments, words)
        case _:
            return Unclear("media")


def _typed(text: str, state: OfficerState) -> Command:
    found = _COMMAND.match(text)
    if found and (verb := _VERBS.get(fold(found["verb"]).replace(" ", ""))):
        number = int(found["number"]) if found["number"] else None
        rest = found["rest"].strip()
        if found["slash"] or _is_meant(number, rest, state):
            return _with_words(verb, number, rest, state)
    if state.asking and state.case is not None and text:
        return say_words(make(state.asking, state.case, state.arg), text)
    if text.isdecimal() and len(text) <= LONGEST_NUMBER:
        return Open(CaseId(int(text)))
    return Unclear("words" if text else "other")


def _is_meant(number: int | None, rest: str, state: OfficerState) -> bool:
    """Without a slash a command must look like nothing else: while words are awaited only "nhận 7" does."""
    if number is not None:
        return not (rest and state.asking)
    return not rest and not state.asking


def _with_words(verb: str, number: int | None, rest: str, state: OfficerState) -> Command:
    if verb == "start":
        return Redeem(rest) if rest else Help()
    case = CaseId(number) if number is not None else state.case
    if verb in OF_CASE and case is None:
        return Unclear("which")
    arg = "on" if verb == "on" else ""
    command = make("duty" if verb in ("on", "off") else verb, case, arg)
    return say_words(command, rest) if rest else command


def say_words(command: Command, words: str) -> Command:
    """The command with the words that it was waiting for."""
    match command:
        case Transfer() | SetUrgency():
            return replace(command, reason=words)
        case Note() | AskReporter():
            return replace(command, text=words)
        case Close() | HandOn():
            return replace(command, words=words)
        case _:
            return command


def fold(text: str) -> str:
    """Lower case without tone marks: what a hurried thumb types."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


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
_COMMAND = re.compile(
    rf"(?P<slash>/?)(?P<verb>{_TWO_WORDS}|[^\W\d]+(?:111)?)(?:@\w+)?"
    r"(?:\s+(?:vụ |vu |số |so |case )?#?(?P<number>\d{1,9})(?!\d)[:,.]?)?(?P<rest>.*)\Z",
    re.DOTALL | re.IGNORECASE,
)
_VERBS: Mapping[str, str] = {
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
