"""How many unsigned bodies are looked at in a while: nobody fills the disk by asking often."""

BURST = 500.0
PER_SECOND = 20.0


class Bucket:
    """Refilled with time; one for everybody, for behind a proxy all come from the same address."""

    def __init__(self, burst: float = BURST, per_second: float = PER_SECOND) -> None:
        self._burst = burst
        self._per_second = per_second
        self._left = burst
        self._since: float | None = None

    def take(self, at: float) -> bool:
        """One, at this time in seconds; False when it is empty."""
        if self._since is not None:
            self._left = min(self._burst, self._left + max(0.0, at - self._since) * self._per_second)
        self._since = at
        if self._left < 1:
            return False
        self._left -= 1
        return True
