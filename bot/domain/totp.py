"""Time-based one-time passwords (RFC 6238): SHA-1, 30 seconds, six digits, as every app does."""

import hmac
from base64 import b32encode
from datetime import datetime
from hashlib import sha1
from urllib.parse import quote

STEP = 30
"""Seconds that one code is valid for."""
DIGITS = 6
DRIFT = 1
"""Steps by which a telephone's clock may be wrong, either way."""


def counter_at(at: datetime) -> int:
    """The number of the step at this moment."""
    return int(at.timestamp()) // STEP


def code(secret: bytes, counter: int, digits: int = DIGITS) -> str:
    """HOTP of RFC 4226, section 5.3."""
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), sha1)
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFF_FFFF
    return str(number % 10**digits).zfill(digits)


def verify(secret: bytes, typed: str, at: datetime) -> int | None:
    """The step that the typed code belongs to, or None; whoever calls refuses a step that was used before."""
    digits = "".join(typed.split())
    now = counter_at(at)
    found = None
    for counter in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(code(secret, counter).encode(), digits.encode()):
            found = counter
    return found


def address(secret: bytes, office: str, officer: str) -> str:
    """What an authenticator app reads from a QR code."""
    key = b32encode(secret).decode().rstrip("=")
    return f"otpauth://totp/{quote(office)}:{quote(officer)}?secret={key}&issuer={quote(office)}"
