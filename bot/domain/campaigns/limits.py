"""How often and at which hours letters of campaigns may reach a person."""

from datetime import UTC, datetime, time, timedelta

from bot.domain.campaigns.campaign import Campaign
from bot.domain.duty import LOCAL

QUIET_FROM, QUIET_UNTIL = time(21, 30), time(6, 30)
"""Local hours in which nothing is sent, except urgent notices."""
ADVERTISING_FROM, ADVERTISING_UNTIL = time(6), time(22)
"""Zalo takes promotional messages from 06:00 to 21:59 only (its error -234 otherwise)."""
CAP = (3, timedelta(days=7))
"""So many letters to one person within this time, from all campaigns together."""
NO_CAP = (1_000_000, timedelta(days=7))
TEXT_LIMIT = 4000
PICTURE_LIMIT = 10_000_000
"""Bytes: the smallest of what the platforms take as a photo (Telegram; Zalo fetches ours in a smaller copy)."""
VIDEO_LIMIT = 20_000_000


def cap_of(campaign: Campaign) -> tuple[int, timedelta]:
    """An urgent notice is never held back by what was sent before."""
    return NO_CAP if campaign.urgent else CAP


def is_quiet(now: datetime) -> bool:
    hour = now.astimezone(LOCAL).time()
    return hour >= QUIET_FROM or hour < QUIET_UNTIL


def may_send(now: datetime, *, urgent: bool = False) -> bool:
    return urgent or not is_quiet(now)


def send_from(now: datetime, *, urgent: bool = False) -> datetime:
    """The moment from which a letter may go: now, or the end of the quiet hours (aware UTC)."""
    if may_send(now, urgent=urgent):
        return now
    local = now.astimezone(LOCAL)
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_UNTIL, LOCAL).astimezone(UTC)
