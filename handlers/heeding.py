"""What one answer of a platform means for the letters behind it on the same account."""

from bot.ports import Deferred, Delivered, Outcome, Refused, Scope, Why
from handlers.pace import Pace

SHAKY = 3
"""Lost connections in a row after which the whole account pauses instead of each chat."""
LONGEST_PAUSE = 60.0


class Heeding:
    """One account's run of bad luck."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._failures = 0

    def heed(self, outcome: Outcome) -> None:
        match outcome:
            case Deferred(wait, Scope.ACCOUNT, _):
                self._pace.hold(wait.total_seconds())
            case Deferred(_, Scope.CHAT, Why.NETWORK | Why.PLATFORM):
                self._failures += 1
                if self._failures >= SHAKY:
                    self._pace.hold(min(LONGEST_PAUSE, 2.0 ** (self._failures - SHAKY)))
            case Delivered() | Refused():
                self._failures = 0
            case Deferred():
                pass
