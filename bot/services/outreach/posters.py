"""The QR code of a school's or commune's poster, drawn the same for a page and for a file."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from segno import QRCode

PATH = "/tin"
QUIET_ZONE = 4
"""Modules of white around the code, as ISO/IEC 18004 asks."""
ON_PAGE, IN_FILE = 6, 8
"""Pixels of a module."""


def address(public_url: str, code: str) -> str:
    """Where whoever scans it comes to."""
    return f"{public_url.rstrip('/')}{PATH}/{code}"


def svg(where: str) -> str:
    """For a page."""
    return _drawn(where).svg_inline(scale=ON_PAGE, border=QUIET_ZONE, light="#fff")


def save(where: str, file: Path) -> None:
    """As SVG or PNG, by the file's name."""
    _drawn(where).save(str(file), scale=IN_FILE, border=QUIET_ZONE, light="#fff")


def _drawn(where: str) -> "QRCode":
    """Some of it may be torn or dirty: level M mends 15 %."""
    # imported here: it brings 2 MB, and few offices print a poster on most days
    import segno

    return segno.make_qr(where, error="m")
