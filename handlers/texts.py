"""Long texts in parts that a platform takes: NFC, counted strictly, cut where a sentence ends."""

import re
import unicodedata

_ENDS = (
    re.compile(r"\n\s*\n"),
    re.compile(r"[.!?…:;]['\"”’)]*\s+|\n+"),
    re.compile(r"\s+"),
)


def parts(text: str, limit: int) -> tuple[str, ...]:
    """The text in pieces that fit: cut after a paragraph, else a sentence, else a word, else anywhere.

    `limit` is counted in UTF-16 units, the strictest reading of a platform's "characters". Nothing is lost but
    the white space at the cuts; an empty text gives no part.
    """
    rest = unicodedata.normalize("NFC", text).strip()
    pieces: list[str] = []
    while units(rest) > limit:
        cut = _cut(rest, limit)
        pieces.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return tuple(piece for piece in (*pieces, rest) if piece)


def units(text: str) -> int:
    return len(text) + sum(1 for char in text if ord(char) > 0xFFFF)


def _cut(text: str, limit: int) -> int:
    """Where to cut so that the first piece fits and, if possible, is at least half full."""
    window = _window(text, limit)
    for ends in _ENDS:
        last = max((match.end() for match in ends.finditer(window)), default=0)
        if last > len(window) // 2:
            return last
    return _whole_character(text, len(window))


def _window(text: str, limit: int) -> str:
    """The longest beginning that fits."""
    if text.isascii():
        return text[:limit]
    units = 0
    for place, char in enumerate(text):
        units += 2 if ord(char) > 0xFFFF else 1
        if units > limit:
            return text[:place]
    return text


def _whole_character(text: str, at: int) -> int:
    """Not between a letter and its marks, nor inside a joined emoji."""
    place = at
    while place > 1 and (unicodedata.combining(text[place]) or "\u200d" in text[place - 1 : place + 1]):
        place -= 1
    return place if place > 1 else at
