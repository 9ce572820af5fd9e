"""What a Telegram bot can do, by the Bot API's limits."""

from dataclasses import replace
from datetime import timedelta

from bot.ports import Traits
from handlers.telegram_wire.letters.texts import LIMIT

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes; getFile hands over no more."""
PER_SECOND = 27.0
"""With the courier's burst of three no second holds more than the 30 that Telegram's FAQ names."""


def lifted(per_second: float) -> Traits:
    """For a local Bot API server or a bench: another rate for the account, none for a chat."""
    return replace(TELEGRAM, per_second=per_second, per_chat=timedelta())


TELEGRAM = Traits(
    text_limit=LIMIT,
    buttons=100,
    location=True,
    media=True,
    download_limit=LARGEST_DOWNLOAD,
    may_write_first=False,
    per_second=PER_SECOND,
    per_chat=timedelta(seconds=1),
)
