"""Texts as Telegram takes them: NFC, at most 4096 characters a message, cut where a sentence ends."""

from handlers import texts

LIMIT = 4096
"""Counted in UTF-16 units, the strictest reading of Telegram's "characters"."""
CAPTION = 1024
"""Of the words under a picture, counted likewise."""
MAX_CALLBACK_BYTES = 64


def parts(text: str, limit: int = LIMIT) -> tuple[str, ...]:
    """The text in pieces that fit; see `handlers.texts.parts`."""
    return texts.parts(text, limit)


def fits_callback(tap: str) -> bool:
    """callback_data is 1 to 64 bytes; a Vietnamese letter is two or three."""
    return 1 <= len(tap.encode()) <= MAX_CALLBACK_BYTES


def fits_caption(text: str) -> bool:
    return texts.units(text) <= CAPTION
