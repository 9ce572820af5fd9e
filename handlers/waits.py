"""How long people's transactions wait already: campaigns stand aside while one of them waits too long."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

OVERDUE = 0.03
"""Seconds; on a machine that keeps up a transaction takes a third of that."""
ASIDE = 0.25
"""Seconds for which campaigns stand aside at most; then they go on for as long: if they are not what holds
people up (a slow disk does not become quicker by it), a flood warning must go out all the same."""


class Waits:
    """Nothing but moments: whose transaction it is, nobody asks here."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._since: dict[object, float] = {}
        self._aside_since = float("-inf")

    @contextmanager
    def waiting(self) -> Iterator[None]:
        one = object()
        self._since[one] = self._clock()
        try:
            yield
        finally:
            del self._since[one]

    def too_long(self) -> bool:
        """Whether campaigns stand aside now."""
        now = self._clock()
        if now - next(iter(self._since.values()), now) <= OVERDUE:
            return False
        if now - self._aside_since > 2 * ASIDE:
            self._aside_since = now
        return now - self._aside_since <= ASIDE
