"""What the database holds without being able to read it."""

from storage.sealed.ring import KeyFile, KeyFileError, KeyRing, fresh_ring, read_ring, write_ring
from storage.sealed.seals import Box, Seals, Unreadable, fresh_key, key_id
from storage.sealed.signer import Signing

__all__ = [
    "Box",
    "KeyFile",
    "KeyFileError",
    "KeyRing",
    "Seals",
    "Signing",
    "Unreadable",
    "fresh_key",
    "fresh_ring",
    "key_id",
    "read_ring",
    "write_ring",
]
