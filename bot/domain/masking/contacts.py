"""Where somebody can be reached: pages, letter boxes, accounts, houses."""

import re
from collections.abc import Iterator

from bot.domain.masking.spans import CONTACT, PLACE, Span, folded

_CONTACT = re.compile(
    r"""
    (?:https?://|www\.)\S+
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)*
    | (?<!\w)@[\w.]{3,}
    | \b[\w-]+(?:\.[\w-]+)*\.(?:com|vn|net|org|me|info|io)\b(?:/\S*)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:fb|facebook|face|zalo|nick|acc|tiktok|insta|instagram|telegram)\s*(?:ten|la|:)+\s*(\S+)"
)
_HOUSE = re.compile(
    r"""
    \b(?: so\ nha | nha\ so | dia\ chi | so | duong | pho | hem | ngo | ngach | kiet | thon | ap | xom | buon | bon
        | lang | ban | khom | doi | to | to\ dan\ pho | khu\ pho | khu | lo | day | phong | can | ki\ ?ot | tang )
    \s* (?: so \s* )? \.? :? \s* \d+ (?:[-/.]?\w*\d\w*)* [a-z]?\b
    """,
    re.VERBOSE,
)


def contacts(text: str) -> Iterator[Span]:
    """Addresses of pages and letter boxes, names of accounts."""
    for found in _CONTACT.finditer(text):
        yield Span(found.start(), found.end(), CONTACT)
    for found in _ACCOUNT.finditer(folded(text)):
        yield Span(found.start(1), found.end(1), CONTACT)


def houses(text: str) -> Iterator[Span]:
    """ "số nhà 12/3", "hẻm 45", "thôn 3": a number that belongs to a place."""
    for found in _HOUSE.finditer(folded(text)):
        yield Span(found.start(), found.end(), PLACE)
