"""Buttons of campaign letters: what they carry (64 bytes at most), and the same answers typed."""

import re
from dataclasses import dataclass

from bot.domain.campaigns.campaign import Group, Topic

STOP = "k:stop"
YES = "k:yes"
TOPICS = "k:topics"
GROUPS = "k:groups"
OPEN_GROUPS = (Group.PARENT, Group.TEACHER, Group.CHILD, Group.CITIZEN)
"""What anybody may say to be; collaborators and officers are known by their enrolment."""
_PREFIX = "k:"
_TOPICS = frozenset[str](Topic)
LONGEST = 40
LONGEST_NAME = 6
"""Words."""
_TYPED_ANSWER = re.compile(
    r"\s*(?:tl|tra loi|trả lời|answer)\s+(\d{1,9})[\s./-]+(\d)[\s./-]+(\d{1,2})\s*", re.I
)
_TYPED_NAME = re.compile(r"\s*(?:tên|ten|name)\s+(\d{1,9})\s*[:.,-]?\s+([^\W\d_][^\d\n]{1,59})", re.I)
_TYPED_UNNAME = re.compile(r"\s*(?:xóa|xoá|xoa|bỏ|bo|delete)\s+(?:tên|ten|name)\s+(\d{1,9})\s*", re.I)
_TYPED_COMES = re.compile(r"\s*(không|khong|ko|k|no)?\s*(?:dự|du|come)\s+(\d{1,9})\s*", re.I)


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer to one question of a run's quiz; both counted from 0."""

    run: int
    question: int
    answer: int


@dataclass(frozen=True, slots=True)
class Comes:
    run: int
    yes: bool


@dataclass(frozen=True, slots=True)
class Stops:
    """No more letters."""


@dataclass(frozen=True, slots=True)
class Subscribes:
    """Yes; `code` is that of the deep link or QR code by which somebody came."""

    code: str = ""


@dataclass(frozen=True, slots=True)
class Chooses:
    """One topic on or off; None: show them."""

    topic: Topic | None = None


@dataclass(frozen=True, slots=True)
class Says:
    """Who they are; None: show what there is to choose."""

    group: Group | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Called:
    """By what name somebody comes to the event of a run; "" takes the name back."""

    run: int
    name: str


Pressed = Answered | Comes | Stops | Subscribes | Chooses | Says


def answer(run: int, question: int, choice: int) -> str:
    return f"{_PREFIX}q:{run}:{question}:{choice}"


def comes(run: int, *, yes: bool) -> str:
    return f"{_PREFIX}e:{run}:{'y' if yes else 'n'}"


def topic(one: Topic) -> str:
    return f"{_PREFIX}t:{one.value}"


def group(one: Group) -> str:
    return f"{_PREFIX}g:{one.value}"


def pressed(tap: str) -> Pressed | None:
    """What a button of ours means; None: it is none, or a broken one."""
    match tap.split(":"):
        case ["k", "stop"]:
            return Stops()
        case ["k", "yes"]:
            return Subscribes()
        case ["k", "yes", code]:
            return Subscribes(code)
        case ["k", "topics"]:
            return Chooses()
        case ["k", "t", name] if name in _TOPICS:
            return Chooses(Topic(name))
        case ["k", "groups"]:
            return Says()
        case ["k", "g", name] if name in OPEN_GROUPS:
            return Says(Group(name))
        case ["k", "q", run, question, choice] if _numbers(run, question, choice):
            return Answered(int(run), int(question), int(choice))
        case ["k", "e", run, ("y" | "n") as said] if _numbers(run):
            return Comes(int(run), said == "y")
        case _:
            return None


def typed(text: str) -> Answered | Comes | Called | None:
    """What is typed with the number of a run, so that no report is ever taken for it.

    "TL 12 1 2" answers question 1 of run 12 with 2; "DU 12", "KHONG DU 12"; "TEN 12 Nguyễn Văn An", "XOA TEN 12".
    """
    if found := _TYPED_NAME.fullmatch(text):
        return Called(int(found[1]), " ".join(found[2].split()))
    if found := _TYPED_UNNAME.fullmatch(text):
        return Called(int(found[1]), "")
    if len(text) > LONGEST:
        return None
    if found := _TYPED_ANSWER.fullmatch(text):
        run, question, choice = (int(part) for part in found.groups())
        return Answered(run, question - 1, choice - 1)
    if found := _TYPED_COMES.fullmatch(text):
        return Comes(int(found[2]), found[1] is None)
    return None


def reads_like_name(words: str) -> bool:
    """Few words, each with its capital ("Nguyễn Văn An") or none with any ("nguyễn văn an")."""
    parts = words.split()
    capitals = all(part[0].isupper() for part in parts)
    return 0 < len(parts) <= LONGEST_NAME and (capitals or words.islower())


def of_test(tap: str, text: str) -> bool:
    """Whether this answers a letter that an officer tried out: its run is none."""
    match pressed(tap or text.strip().removeprefix("#")) or typed(text):
        case Answered(run=0) | Comes(run=0) | Called(run=0):
            return True
        case _:
            return False


def _numbers(*parts: str) -> bool:
    return all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts)
