"""What a Telegram bot can do, by the Bot API's limits."""

from dataclasses import replace
from datetime import timedelta

from bot.ports import Traits
from handlers.telegram_wire.letters.texts import CAPTION, LIMIT

LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes; getFile hands over no more."""
PER_SECOND = 27.0
"""Telegram's FAQ names 30; what the bot says of its own (answers to taps, its profile) needs some of them."""
NEWS_PER_SECOND = 30.0
PAID_PER_SECOND = 1000.0
"""With `allow_paid_broadcast`, for Stars (Bot API, sendMessage)."""
SHARED = 0.5
"""Of a bot that also answers people, campaigns use no more than this."""


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
    caption_limit=CAPTION,
    campaign_share=0.0,
)
NEWS = replace(TELEGRAM, per_second=NEWS_PER_SECOND, campaign_share=1.0)
SHARING = replace(TELEGRAM, campaign_share=SHARED)
"""Of the public bot where an office has no other."""
