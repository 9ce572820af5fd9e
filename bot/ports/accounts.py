"""Our own standing with a platform: tokens that wear out, and alarms for whoever runs the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True, repr=False)
class TokenPair:
    """What opens an account: `access` for calls, `refresh` once for the next pair."""

    access: str
    refresh: str
    access_until: datetime
    refresh_until: datetime


@dataclass(frozen=True, slots=True, repr=False)
class TokenRow:
    pair: TokenPair
    version: int
    """Counts up with every new pair."""
    taken_at: datetime
    """When the pair was stored."""
    failed_at: datetime | None = None
    """Since when no new pair could be had; None: all is well."""
    failed_why: str = ""
    """A code, never the platform's words."""


class Tokens(Protocol):
    """One sealed pair an account. Two processes at once get one new pair: `claim`, ask the platform, `renewed`."""

    def get(self, channel: str, account: str) -> TokenRow | None: ...

    def seed(self, channel: str, account: str, pair: TokenPair, seed: bytes, now: datetime) -> bool:
        """Store a pair that a human set; False where this very one (by its keyed hash) was taken before."""

    def claim(
        self, channel: str, account: str, version: int, holder: str, now: datetime, lease: timedelta
    ) -> bool:
        """The right to renew this version, for one holder until the lease ends."""

    def renewed(self, channel: str, account: str, version: int, pair: TokenPair, now: datetime) -> bool:
        """Compare and set: False where somebody else's pair, or a human's, stands there meanwhile.

        Whoever has a new pair may store it, also after the lease: the platform gave it to no one else.
        """

    def failed(self, channel: str, account: str, version: int, holder: str, why: str, now: datetime) -> None:
        """The right goes back; since when it fails stays."""

    def logged_in(self, channel: str, account: str, pair: TokenPair, now: datetime) -> None:
        """A human consented anew: this pair replaces whatever is there."""


@dataclass(frozen=True, slots=True)
class AlarmRow:
    """Something that a human of the office must see to."""

    code: str
    """"zalo_oa.token", "zalo_oa.signature" …: no words, no ids of people."""
    first_at: datetime
    last_at: datetime
    times: int


class Alarms(Protocol):
    def raised(self, code: str, now: datetime, day: int) -> bool:
        """True for the first of this code on this local day (an ordinal): that one is told to people."""

    def over(self, code: str) -> None:
        """It is mended: it stands no longer."""

    def standing(self, since: datetime) -> Sequence[AlarmRow]:
        """What was raised since then and is not over, newest first."""
