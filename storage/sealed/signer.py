"""Keyed hashes and one-time secrets for the core."""

import secrets
from typing import Final

from storage.sealed.seals import Seals

_RECEIPT_DIGITS: Final = 16
_RECEIPTS: Final = 10**_RECEIPT_DIGITS  # 53.15 bits


class Signing:
    """The Signer of `bot.ports`."""

    def __init__(self, seals: Seals) -> None:
        self._seals = seals

    def digest(self, purpose: str, text: str) -> bytes:
        return self._seals.sign(f"core.{purpose}", text.encode("utf-8", "surrogatepass"))

    def token(self, octets: int = 16) -> str:
        return secrets.token_urlsafe(octets)

    def receipt(self) -> str:
        return f"{secrets.randbelow(_RECEIPTS):0{_RECEIPT_DIGITS}d}"
