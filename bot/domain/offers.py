"""Choices that cannot be pressed as they are: a signed payload that a tap types, or a number that a person does.

Every payload is bound to its person and to its offer. What does something works once (`Choice.once`, a bit of the
offer's row in the transaction of the turn): taking, acting, transferring, closing, deciding. An answer to a question
works while that question waits: the conversation counts them. A number works until anything else was asked. What only
shows or asks (a card, a list, "note what?") is harmless however often it is pressed, and stays.
"""

import hmac
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import script
from bot.domain.conversation import Conversation
from bot.domain.messages import Choice

Sign = Callable[[str], str]
"""A short keyed hash, bound to the person whom the offer was made to."""
MOST = 60
"""Choices of one letter: what `used` has room for, and more than anybody reads."""
LONGEST = 100
"""Characters of a message that may be a number or a payload, with whatever white space is around it."""
_ANSWER, _STEERING = "q", "c"


@dataclass(frozen=True, slots=True, repr=False)
class Offer:
    """What one letter offered to one person, as the taps of its choices."""

    id: int
    taps: tuple[str, ...]
    at: datetime
    expires: datetime
    once: frozenset[int] = frozenset()
    """Indices that work a single time."""
    used: frozenset[int] = frozenset()


class Spoilt(StrEnum):
    """Why something that looks like a tap does nothing."""

    FORGED = "forged"  # or another person's: the two cannot be told apart
    OVER = "over"
    USED = "used"
    NO_SUCH = "no_such"  # a number beyond the list


# --- payloads -------------------------------------------------------------------------------------------

_PAYLOAD = re.compile(r"#(\d{1,15})\.(\d{1,2})\.([A-Za-z0-9_-]{8,64})")


@dataclass(frozen=True, slots=True)
class Ticket:
    """Which choice of which offer a payload names."""

    offer: int
    index: int


def payload(sign: Sign, offer: int, index: int) -> str:
    """What a button types when it is pressed; worthless to anybody else."""
    return f"#{offer}.{index}.{sign(f'{offer}.{index}')}"


def ticket(text: str, sign: Sign) -> Ticket | Spoilt | None:
    """None: ordinary words ("#cứu" too)."""
    found = _PAYLOAD.fullmatch(text.strip()) if text[:LONGEST].lstrip().startswith("#") else None
    if found is None:
        return None
    offer, index, mac = found.groups()
    if not hmac.compare_digest(sign(f"{int(offer)}.{int(index)}").encode(), mac.encode()):
        return Spoilt.FORGED
    return Ticket(int(offer), int(index))


def redeemed(offer: Offer, index: int, now: datetime) -> str | Spoilt:
    """The tap that a genuine payload stands for."""
    if index >= len(offer.taps):
        return Spoilt.FORGED
    if index in offer.used & offer.once:
        return Spoilt.USED
    return Spoilt.OVER if now >= offer.expires else offer.taps[index]


# --- numbers --------------------------------------------------------------------------------------------

_WORDS: Mapping[str, int] = {
    **{"một": 1, "hai": 2, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10},
    **{"mot": 1, "chin": 9, "muoi": 10},
    **{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9},
}
"""Alone these mean a number; "ba" (father), "nam" (male), "sau" (afterwards), "tu", "bay" … may not."""
_AFTER_LABEL: Mapping[str, int] = {
    **_WORDS,
    **{"ba": 3, "bon": 4, "tư": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8},
}
"""Behind "số" nothing else can be meant."""
_NUMBER = re.compile(
    r"(?P<label>(?:số|so|câu|cau|chọn|chon|mục|muc|ý|phương án|number|no|option)\.? ?(?:số |so )?)?"
    r"(?:(?P<digits>\d{1,2})|(?P<word>[^\W\d_]+))[.):,!]*",
    re.IGNORECASE,
)


def number(text: str) -> int | None:
    """The number that a whole short message is: "2", "2.", "số 2", "hai"; None: it is something else."""
    if len(text) > LONGEST:
        return None
    # NFKC makes plain digits of keycaps and full-width ones; what it leaves of a keycap goes
    plain = unicodedata.normalize("NFKC", text).replace("️", "").replace("⃣", "")
    found = _NUMBER.fullmatch(" ".join(plain.lower().split()))
    if found is None:
        return None
    if found["digits"]:
        return int(found["digits"])
    return (_AFTER_LABEL if found["label"] else _WORDS).get(found["word"])


def counted(offer: Offer, said: int) -> str | Spoilt:
    """The tap that a number stands for."""
    return offer.taps[said - 1] if 1 <= said <= len(offer.taps) else Spoilt.NO_SUCH


def answers_now(offer: Offer, state: Conversation) -> bool:
    """Whether these are the answers to what was last asked: else a number is a number ("8" years old)."""
    asked = f"{_ANSWER}:{state.asked_at}:{state.asking}:"
    return bool(state.asking) and not state.question_open and all(tap.startswith(asked) for tap in offer.taps)


# --- which choices get a number -------------------------------------------------------------------------


def countable(choices: Sequence[Choice]) -> tuple[Choice, ...]:
    """What can be answered with a number.

    A menu is left out (words do), and so are the ways past an open question, whose answer may be a number.
    """
    listed = tuple(choice for choice in choices if not choice.tap.startswith(f"{_STEERING}:"))
    return listed if any(_passes(choice.tap) == "" for choice in listed) else ()


def passes(choices: Sequence[Choice]) -> frozenset[str]:
    """The ways past an open question among these: `script.SKIP`, `script.STOP`."""
    return frozenset(way for choice in choices if (way := _passes(choice.tap)))


def _passes(tap: str) -> str:
    parts = tap.split(":", 3)
    return parts[3] if parts[0] == _ANSWER and parts[-1] in script.UNANSWERED else ""
