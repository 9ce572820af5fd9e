"""What an answer of the Bot Platform means for the courier; its table of codes is short, so words count too."""

from datetime import timedelta

from bot.ports import Deferred, Outcome, Refused, Scope, Why
from handlers.zalo_bot.client import NO_ANSWER, Refusal

SOON = timedelta(seconds=5)
MINUTE = timedelta(minutes=1)
"""A quota that is used up, a token that is not taken: how long letters wait; when it fills again is not told."""
_BLOCKED = ("block", "refuse", "not allow", "forbidden")
_NOBODY = ("chat", "user", "recipient", "conversation")


def outcome(refused: Refusal, *, urgent: bool) -> Outcome:
    """`urgent`: an alert, which must not wait while another channel could carry it: its ladder climbs at once."""
    words = refused.description.lower()
    match refused.code:
        case code if code == NO_ANSWER:
            # perhaps it arrived: alerts and replies rather twice than never
            return Deferred(SOON, Scope.CHAT, Why.NETWORK)
        case 400 | 413:
            return Refused(Why.GONE if _has(words, _NOBODY) else Why.CONTENT)
        case 401:
            return _later(Why.TOKEN, urgent=urgent)
        case 403 if "internal" not in words and _has(words, _BLOCKED):
            # the published table calls 403 an internal error; elsewhere it is a person's "no"
            return Refused(Why.BLOCKED)
        case 404:
            return Refused(Why.GONE) if _has(words, _NOBODY) else _later(Why.TOKEN, urgent=urgent)
        case 429 if "quota" in words:
            return _later(Why.QUOTA, urgent=urgent, wait=refused.wait)
        case 429:
            return Deferred(timedelta(seconds=refused.wait) or SOON, Scope.ACCOUNT, Why.RATE)
        case _:
            return Deferred(timedelta(seconds=refused.wait) or SOON, Scope.CHAT, Why.PLATFORM)


def _later(why: Why, *, urgent: bool, wait: float = 0.0) -> Outcome:
    return Refused(why) if urgent else Deferred(timedelta(seconds=wait) or MINUTE, Scope.ACCOUNT, why)


def _has(description: str, words: tuple[str, ...]) -> bool:
    return any(word in description for word in words)
