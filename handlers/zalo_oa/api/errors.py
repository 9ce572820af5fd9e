"""What Zalo's error codes mean for the courier: they come with HTTP 200, and sources disagree about some."""

import re
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.domain.duty import LOCAL
from bot.ports import Deferred, Outcome, Refused, Scope, Why


class Fault(StrEnum):
    """What has to be done about it."""

    RENEW = "renew"  # our access token: a new one, then once more
    SLOW_DOWN = "slow_down"  # the whole account is over its limit of calls
    TRY_AGAIN = "try_again"  # Zalo's own fault, or the wire's
    QUOTA = "quota"  # what we may send is used up
    PERSON_QUOTA = "person_quota"  # what this person may get today is used up
    MORNING = "morning"  # not at night
    WINDOW = "window"  # they have not interacted for too long
    BLOCKED = "blocked"  # they do not want it
    GONE = "gone"  # there is no such person
    CONTENT = "content"  # Zalo does not take this message
    EXPIRED = "expired"  # an upload that is too old
    OTHER_WAY = "other_way"  # not by this kind of message
    HUMAN = "human"  # an administrator has to act
    UNKNOWN = "unknown"  # a code that came after this was written


_CODES: Mapping[Fault, tuple[int, ...]] = {
    Fault.RENEW: (-216, -220, -124),
    Fault.SLOW_DOWN: (-32,),
    Fault.TRY_AGAIN: (-200, -214),
    Fault.QUOTA: (-211, -115),
    Fault.PERSON_QUOTA: (-218, -144, -147, -1441, -1472),
    Fault.MORNING: (-133, -234),
    Fault.WINDOW: (-230, -232),
    Fault.BLOCKED: (-213, -217, -139, -140, -141, -244),
    Fault.GONE: (-227, -108, -114, -118, -119, -403),
    Fault.CONTENT: (-201, -210, -233, -248, -1121, -1122),
    Fault.EXPIRED: (-100,),
    Fault.OTHER_WAY: (-235, -237, -240, -249, -131, -146),
    Fault.HUMAN: (
        *(-101, -102, -103, -104, -105, -117, -126, -127, -135, -136, -137, -204, -205, -209, -212),
        *(-219, -221, -223, -224, -242, -320, -321),
    ),
}
_BY_CODE = {code: fault for fault, codes in _CODES.items() for code in codes}
_DISPUTED = frozenset(range(-210, -199)) | {-100}
"""Published tables give different meanings to these (one: -201 = access token): the words decide first."""
_BY_WORDS: tuple[tuple[re.Pattern[str], Fault], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), fault)
    for pattern, fault in (
        (
            r"access[_ ]?token.*(invalid|expired|removed|not valid)|(invalid|expired) access[_ ]?token",
            Fault.RENEW,
        ),
        (r"rate limit|too many request|call limit|reached.*limit", Fault.SLOW_DOWN),
        (r"night|22h|ban đêm", Fault.MORNING),
        (r"7 days|has not interacted|not interact|interaction.*(expired|out of)", Fault.WINDOW),
        (r"out of quota|quota.*(exceed|run out|not enough)|hết hạn mức", Fault.QUOTA),
        (r"block", Fault.BLOCKED),
        (r"not follow|refuse|from chối|từ chối", Fault.BLOCKED),
        (r"user_?id is invalid|invalid user|user.*(not exist|not found|banned|inactive)", Fault.GONE),
        (r"attachment.*expired|expired.*attachment", Fault.EXPIRED),
        (r"appsecret_?proof|permission|not authoriz|verif|upgrade|package|disabled|money", Fault.HUMAN),
        (r"invalid|exceed|too long|missing", Fault.CONTENT),
    )
)
_ALWAYS_BY_WORDS = _BY_WORDS[0]
MORNING, EVENING = time(6, 0), time(21, 59)
"""Promotional messages go out between these, taken for local time."""
SOON = timedelta(seconds=5)
MINUTE = timedelta(minutes=1)
ACCOUNT_WAIT = timedelta(minutes=10)
"""An administrator has to act, or the quota has to be filled."""
HOUR = timedelta(hours=1)
_WHYS: Mapping[Fault, Why] = {
    Fault.RENEW: Why.TOKEN,
    Fault.SLOW_DOWN: Why.RATE,
    Fault.TRY_AGAIN: Why.PLATFORM,
    Fault.QUOTA: Why.QUOTA,
    Fault.PERSON_QUOTA: Why.QUOTA,
    Fault.MORNING: Why.NIGHT,
    Fault.WINDOW: Why.WINDOW,
    Fault.BLOCKED: Why.BLOCKED,
    Fault.GONE: Why.GONE,
    Fault.CONTENT: Why.CONTENT,
    Fault.EXPIRED: Why.CONTENT,
    Fault.OTHER_WAY: Why.CONTENT,
    Fault.HUMAN: Why.TOKEN,
    Fault.UNKNOWN: Why.UNKNOWN,
}


def code_of(said: object) -> int | None:
    """The code in an answer, also where it is text; None: this is no answer of Zalo's."""
    told = said.get("error") if isinstance(said, dict) else None
    if isinstance(told, str) and re.fullmatch(r"-?[0-9]{1,9}", told):
        return int(told)
    return told if isinstance(told, int) and not isinstance(told, bool) else None


def fault_of(code: int, message: str = "") -> Fault:
    """By code, and by words where the code is disputed or unknown."""
    words, fault = _ALWAYS_BY_WORDS
    if words.search(message):
        return fault
    if code not in _DISPUTED and code in _BY_CODE:
        return _BY_CODE[code]
    found = next((fault for words, fault in _BY_WORDS if words.search(message)), None)
    return found or _BY_CODE.get(code, Fault.UNKNOWN)


def outcome(fault: Fault, now: datetime, *, urgent: bool, wait: timedelta = timedelta()) -> Outcome:
    """`urgent`: an alert, which must not wait while another channel could carry it: its ladder climbs at once."""
    why = _WHYS[fault]
    match fault:
        case Fault.SLOW_DOWN:
            return Deferred(max(wait, SOON), Scope.ACCOUNT, why)
        case Fault.TRY_AGAIN:
            return Deferred(max(wait, SOON), Scope.CHAT, why)
        case Fault.RENEW:
            return Refused(why) if urgent else Deferred(MINUTE, Scope.CHAT, why)
        case Fault.UNKNOWN:
            # perhaps it means this letter alone: nobody else has to wait because of it
            return Refused(why) if urgent else Deferred(MINUTE, Scope.CHAT, why)
        case Fault.HUMAN:
            return Refused(why) if urgent else Deferred(ACCOUNT_WAIT, Scope.CHAT, why)
        case Fault.QUOTA | Fault.PERSON_QUOTA:
            return Refused(why) if urgent else Deferred(HOUR, Scope.CHAT, why)
        case Fault.MORNING:
            return Refused(why) if urgent else Deferred(until_morning(now), Scope.CHAT, why)
        case Fault.WINDOW:
            return Refused(why) if urgent else Deferred(HOUR, Scope.CHAT, why)
        case _:
            return Refused(why)


def until_morning(now: datetime) -> timedelta:
    """How long until promotional messages may go out again; zero while they may."""
    local = now.astimezone(LOCAL)
    if MORNING <= local.time() <= EVENING:
        return timedelta()
    morning = local.replace(hour=MORNING.hour, minute=MORNING.minute, second=0, microsecond=0)
    return (morning if morning > local else morning + timedelta(days=1)) - local


def safe(message: str) -> str:
    """Zalo's words for a log: numbers that may be somebody's id or telephone are blotted out."""
    return re.sub(r"\d{5,}", "…", message)[:120]
