"""What a Zalo Official Account can do, by Zalo's rules of 2026."""

from datetime import time, timedelta

from bot.ports import Taps, Traits
from handlers.zalo_oa.heard.people import ANONYMOUS, BETWEEN, GROUP

NAME = "zalo_oa"
TEXT_LIMIT = 2000
"""Characters of a consultation message, after NFC."""
MOST_BUTTONS = 5
"""More make the whole message fail."""
TITLE_LIMIT = 100
PAYLOAD_LIMIT = 1000
MOST_PICTURE = 1024 * 1024
"""Bytes of a jpg or png."""
ADVERTISING = (time(6, 0), time(22, 0))
"""Promotional messages go out between these local hours only (error -234)."""
WINDOW = timedelta(days=7)
"""Since the last interaction: no consultation message afterwards (error -230)."""
FREE = timedelta(hours=48)
"""Within it consultation messages cost nothing, afterwards they are billed."""
LARGEST_DOWNLOAD = 20 * 1024 * 1024
"""Bytes that we take of one file; Zalo names no limit."""

WORDS_ONLY = (ANONYMOUS + BETWEEN, GROUP + BETWEEN)
"""Visitors without a Zalo account, and groups: their endpoints know texts only."""

ZALO_OA = Traits(
    text_limit=TEXT_LIMIT,
    buttons=MOST_BUTTONS,
    location=True,
    media=True,
    download_limit=LARGEST_DOWNLOAD,
    may_write_first=False,
    per_second=40.0,  # 4,000 calls a minute for the app: room for letters in several parts, and for questions
    per_chat=timedelta(milliseconds=300),
    window=WINDOW,
    free=FREE,
    reactions=True,
    mixed=True,
    picture_limit=MOST_PICTURE,
    advertising=ADVERTISING,
    templates=True,
    taps=Taps.TYPED,
    words_only=WORDS_ONLY,
)
