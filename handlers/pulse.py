"""Whether the hotline is alive, and how much it did: beats and counts, no words."""

import time
from collections import Counter
from collections.abc import Callable, Mapping

SILENT_AFTER = 30.0
"""Seconds without a beat after which a service counts as dead."""


class Pulse:
    """Services beat; /health looks whether they all did lately, /metrics shows the counts."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._beats: dict[str, float] = {}
        self._counts: Counter[str] = Counter()

    def expect(self, *services: str) -> None:
        """From now on these must beat."""
        for service in services:
            self.beat(service)

    def beat(self, service: str) -> None:
        self._beats[service] = self._clock()

    def silent(self) -> tuple[str, ...]:
        """Services that have not beaten for too long."""
        oldest = self._clock() - SILENT_AFTER
        return tuple(sorted(name for name, at in self._beats.items() if at < oldest))

    def count(self, what: str, times: int = 1) -> None:
        self._counts[what] += times

    @property
    def counts(self) -> Mapping[str, int]:
        return dict(self._counts)
