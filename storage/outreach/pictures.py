"""Pictures of campaigns: open, for they are made for everybody, and named by what they are."""

from typing import Final

from storage.vault import Vault

LARGEST: Final = 20_000_000
"""Octets."""


class SqlPictures:
    """See `bot.ports.outreach.Pictures`."""

    def __init__(self, vault: Vault) -> None:
        self._vault = vault

    def put(self, content: bytes) -> str:
        if not 0 < len(content) <= LARGEST:
            raise ValueError(f"a picture of {len(content)} bytes: at least 1 and at most {LARGEST}")
        return self._vault.put(content)

    def content(self, digest: str) -> bytes | None:
        return self._vault.get(digest)
