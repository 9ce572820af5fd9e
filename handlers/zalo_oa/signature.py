"""Who signed a body: sha256 over application, raw body, timestamp and secret, in both readings of the first term."""

import hashlib
import hmac
from dataclasses import dataclass
from enum import StrEnum

HEADER = "X-ZEvent-Signature"
PREFIX = "mac="


class Reading(StrEnum):
    """What stands first: Zalo's page says the app's id, working code of others says the account's."""

    APP = "app_id"
    OA = "oa_id"


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """What a signature is made of; `secret` is the OA Secret Key of the webhook page, not the app's secret."""

    app_id: str
    oa_id: str
    secret: str

    def of(self, reading: Reading) -> str:
        return self.app_id if reading is Reading.APP else self.oa_id


def mac(first: str, body: bytes, timestamp: str, secret: str) -> str:
    """Plain SHA-256 and no HMAC: that is how Zalo signs."""
    return hashlib.sha256(first.encode() + body + timestamp.encode() + secret.encode()).hexdigest()


def reading(keys: Keys, body: bytes, timestamp: str, given: str) -> Reading | None:
    """The reading that fits `given` (with or without "mac="), in constant time; None: not signed with our secret."""
    said = given.strip().removeprefix(PREFIX).lower().encode("utf-8", "surrogateescape")
    found = None
    for way in Reading:
        first = keys.of(way)
        fits = hmac.compare_digest(mac(first, body, timestamp, keys.secret).encode(), said)
        # without a secret, or without the id, anybody could make one
        if fits and first and keys.secret and found is None:
            found = way
    return found
