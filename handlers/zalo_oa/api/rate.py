"""How many calls a minute the app may make; what Zalo says of it counts more than what we counted."""

from collections import deque
from collections.abc import Callable, Mapping

PER_MINUTE = 4000
"""Calls of one app."""
RESERVE = 100
"""Left for alerts of other processes and for people at work in the OA's own tools."""
MINUTE = 60.0
REMAIN, LIMIT = "X-RateLimit-Remain", "X-RateLimit-Limit"
PAUSE = 10.0
"""Seconds of rest when the platform says that hardly anything is left: when it fills up again it does not say."""


class Rate:
    """Our own count of the last sixty seconds, and the platform's word."""

    def __init__(self, clock: Callable[[], float], per_minute: int = PER_MINUTE) -> None:
        """`clock`: seconds, monotonic."""
        self._clock = clock
        self._most = per_minute
        self._calls: deque[float] = deque()
        self._rest_until = 0.0

    def take(self) -> float:
        """0.0 and the call counts, or the seconds until there is room."""
        now = self._clock()
        while self._calls and self._calls[0] <= now - MINUTE:
            self._calls.popleft()
        wait = self._rest_until - now
        if len(self._calls) >= self._most - min(RESERVE, self._most // 10):
            wait = max(wait, self._calls[0] + MINUTE - now)
        if wait > 0:
            return wait
        self._calls.append(now)
        return 0.0

    def told(self, headers: Mapping[str, str]) -> None:
        """What came with an answer."""
        remain, limit = headers.get(REMAIN, ""), headers.get(LIMIT, "")
        if limit.isdecimal() and int(limit) > 0:
            self._most = int(limit)
        if remain.isdecimal() and int(remain) <= min(RESERVE, self._most // 10):
            self.rest(PAUSE)

    def rest(self, seconds: float) -> None:
        self._rest_until = max(self._rest_until, self._clock() + seconds)
