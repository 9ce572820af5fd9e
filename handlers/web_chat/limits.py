"""How much one reader may ask of the server; what is refused is kept by the page and tried again."""

from collections import OrderedDict
from dataclasses import dataclass

KEPT = 10_000
"""Readers remembered at most; the longest silent go first."""


@dataclass(frozen=True, slots=True)
class Rate:
    burst: float
    per_second: float


class Buckets:
    """A bucket for each reader, refilled with time; names are hashes, kept in memory only."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, who: str, at: float, cost: float = 1.0) -> bool:
        """Take `cost` at the time `at` (seconds); False when the bucket is too empty."""
        left, since = self._left.pop(who, (self._rate.burst, at))
        left = min(self._rate.burst, left + max(0.0, at - since) * self._rate.per_second)
        enough = left >= cost
        self._left[who] = (left - cost if enough else left, at)
        while len(self._left) > KEPT:
            self._left.popitem(last=False)
        return enough
