"""What becomes of a letter that broke a channel by an error of our own."""

from collections import Counter
from datetime import timedelta

from bot.domain.messages import Letter
from bot.ports import Deferred, Outcome, Refused, Scope, Why

WAIT = timedelta(seconds=30)
TRIES = 5
"""After so many errors of our own a letter counts as refused: the ladder must go on."""


class Breaking:
    """Counts how often each letter did."""

    def __init__(self) -> None:
        self.wait = WAIT
        self._times: Counter[int] = Counter()

    def outcome(self, letter: Letter) -> Outcome:
        """Once more, and in the end refused; a campaign's letter may have gone out before it broke."""
        if letter.run is not None:
            return Refused(Why.UNKNOWN)
        self._times[letter.id] += 1
        if self._times[letter.id] < TRIES:
            return Deferred(self.wait, Scope.CHAT, Why.UNKNOWN)
        del self._times[letter.id]
        return Refused(Why.UNKNOWN)
