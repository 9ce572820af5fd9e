"""What a bot on Zalo's Bot Platform can do. Its quotas are published nowhere: what we send is modest."""

from datetime import timedelta

from bot.ports import Traits
from handlers.zalo_wire.media import LARGEST

TEXT_LIMIT = 2000
"""Characters of one message, counted after NFC."""
PER_SECOND = 10.0
"""A guess below what any of Zalo's other products allows; 429 tells when it was too much."""

ZALO_BOT = Traits(
    text_limit=TEXT_LIMIT,
    buttons=0,
    location=False,
    media=True,
    download_limit=LARGEST,
    may_write_first=False,
    per_second=PER_SECOND,
    per_chat=timedelta(seconds=1),
    mixed=True,
    withholds=True,
)
