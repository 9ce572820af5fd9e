"""What the Bot API's answer to a letter means for the courier."""

from datetime import timedelta

from bot.ports import Deferred, Outcome, Refused, Scope, Why

SOON = timedelta(seconds=3)
"""After a lost connection or a fault of the platform."""
TOKEN_WAIT = timedelta(minutes=1)
"""A token that is not accepted: a person has to act, letters wait for it."""
CHAT_ONLY = timedelta(seconds=5)
"""A flood wait up to this is taken for the chat's own limit, beyond it for the account's."""

_GONE = ("chat not found", "user is deactivated", "user not found", "peer_id_invalid", "chat_id is empty",
         "bot was kicked", "have no rights to send", "group chat was deleted", "chat was deactivated",
         "not enough rights")  # fmt: skip


def outcome(code: int, description: str = "", *, retry_after: float = 0, moved_to: int = 0) -> Outcome:
    """From HTTP code and the words of the refusal (which hold no secret and no letter)."""
    if moved_to:
        return Refused(Why.GONE, moved_to=str(moved_to))
    if retry_after or code == 429:
        return _flood(retry_after or 1)
    if code == 403:
        return _forbidden(description.lower())
    if code == 400:
        return Refused(Why.GONE if _has(description, _GONE) else Why.CONTENT)
    if code == 413:
        return Refused(Why.CONTENT)
    if code in (401, 404):
        return Deferred(TOKEN_WAIT, Scope.ACCOUNT, Why.TOKEN)
    return Deferred(SOON, Scope.CHAT, Why.PLATFORM)


def network() -> Deferred:
    """No answer: perhaps it arrived. Alerts and replies rather twice than never."""
    return Deferred(SOON, Scope.CHAT, Why.NETWORK)


def _flood(seconds: float) -> Deferred:
    wait = timedelta(seconds=seconds)
    scope = Scope.CHAT if wait <= CHAT_ONLY else Scope.ACCOUNT
    return Deferred(wait, scope, Why.RATE)


def _forbidden(words: str) -> Refused:
    return Refused(
        Why.GONE if _has(words, ("deactivated", "kicked", "not a member", "initiate")) else Why.BLOCKED
    )


def _has(description: str, words: tuple[str, ...]) -> bool:
    return any(word in description.lower() for word in words)
