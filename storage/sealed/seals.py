"""Seal and unseal (AES-256-GCM), and the keyed hashes that sealed values are looked up by."""

import os
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC

from bot.domain.messages import Address
from storage.sealed.ring import KEY_OCTETS, KeyRing

_FORMAT: Final = b"\x01"
_KEY_ID: Final = slice(1, 5)
_HEADER_OCTETS: Final = 5
_NONCE_OCTETS: Final = 12
_LOOKUP_OCTETS: Final = 16
_BETWEEN: Final = "\x1f"
_PEOPLE: Final = 4096
"""Of whom the hash is kept in memory: a turn asks for the same one four times."""
NO_MASTER: Final = 0
"""The key id in what a case's or a file's own key has sealed."""


class Unreadable(Exception):
    """Something sealed does not open: another key, another purpose, or changed bytes."""


class Box:
    """One AES key. A sealed value is: format, key id, nonce, cipher text with tag.

    The purpose and the key id are authenticated: a value sealed as one thing does not open as another.
    """

    __slots__ = ("_cipher", "_header")

    def __init__(self, key: bytes, key_id: int = NO_MASTER) -> None:
        self._cipher = AESGCM(key)
        self._header = _FORMAT + key_id.to_bytes(4)

    def seal(self, content: bytes, purpose: str) -> bytes:
        nonce = os.urandom(_NONCE_OCTETS)
        return self._header + nonce + self._cipher.encrypt(nonce, content, self._header + purpose.encode())

    def unseal(self, sealed: bytes, purpose: str) -> bytes:
        """Raises Unreadable."""
        header, start = sealed[:_HEADER_OCTETS], _HEADER_OCTETS + _NONCE_OCTETS
        nonce = sealed[_HEADER_OCTETS:start]
        try:
            return self._cipher.decrypt(nonce, sealed[start:], header + purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise Unreadable(f"a sealed {purpose} does not open") from error


def key_id(sealed: bytes) -> int:
    """Which master key sealed it; NO_MASTER for a case's or file's own key."""
    if sealed[:1] != _FORMAT:
        raise Unreadable("not a sealed value")
    return int.from_bytes(sealed[_KEY_ID])


def fresh_key() -> bytes:
    return os.urandom(KEY_OCTETS)


class Seals:
    """The master keys at work."""

    def __init__(self, ring: KeyRing, reread: Callable[[], KeyRing] | None = None) -> None:
        """`reread` gives the key file as it is now: keys change while a program runs."""
        self._reread = reread
        self._use(ring)

    def _use(self, ring: KeyRing) -> None:
        self._ring = ring
        self._boxes = {id_: Box(key, id_) for id_, key in ring.master.items()}
        self._newest = self._boxes[ring.newest]
        self._lookup = HMAC(ring.lookup, SHA256())
        self._signing = HMAC(ring.signing, SHA256())
        self._person = lru_cache(_PEOPLE)(self._hashed_person)

    @property
    def newest(self) -> int:
        return self._ring.newest

    def seal(self, content: bytes, purpose: str) -> bytes:
        return self._newest.seal(content, purpose)

    def unseal(self, sealed: bytes, purpose: str) -> bytes:
        """Raises Unreadable."""
        box = self._boxes.get(key_id(sealed)) or self._newer(key_id(sealed))
        return box.unseal(sealed, purpose)

    def person(self, address: Address) -> bytes:
        """What a person is found by: says nothing without the lookup key."""
        return self._person(address)

    def _hashed_person(self, address: Address) -> bytes:
        return self.lookup("person", address.channel, address.account, address.person)

    def lookup(self, purpose: str, *parts: str) -> bytes:
        """16 octets of HMAC-SHA256 under the lookup key, which never changes."""
        said = _BETWEEN.join((purpose, *parts)).encode("utf-8", "surrogatepass")
        return _hashed(self._lookup, said)[:_LOOKUP_OCTETS]

    def sign(self, purpose: str, content: bytes) -> bytes:
        """32 octets of HMAC-SHA256 under the signing key."""
        return _hashed(self._signing, purpose.encode() + b"\0" + content)

    def refresh(self) -> None:
        """Take the keys that the key file holds now."""
        if self._reread is not None:
            self._use(self._reread())

    def _newer(self, wanted: int) -> Box:
        self.refresh()
        if wanted not in self._boxes:
            raise Unreadable(f"sealed under master key {wanted}, which the key file does not hold")
        return self._boxes[wanted]


def _hashed(keyed: HMAC, said: bytes) -> bytes:
    """A copy of a keyed hash is less than half the price of a fresh one."""
    copy = keyed.copy()
    copy.update(said)
    return copy.finalize()
