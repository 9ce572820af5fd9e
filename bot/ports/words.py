"""Words that people read, and secrets that nobody reads."""

from typing import Protocol

from bot.domain.messages import Line, Voice


class Words(Protocol):
    """The catalogue."""

    def render(self, line: Line, lang: str, voice: Voice = Voice.UNKNOWN) -> str:
        """The sentence; the variant for `voice` where there is one; falls back to Vietnamese, never to the key."""

    @property
    def languages(self) -> tuple[str, ...]: ...


class Signer(Protocol):
    """Keyed hashes and one-time secrets; keys live outside the database."""

    def digest(self, purpose: str, text: str) -> bytes:
        """HMAC-SHA256, 32 bytes."""

    def token(self, octets: int = 16) -> str:
        """A fresh random token, URL-safe."""

    def receipt(self) -> str:
        """16 fresh digits that hold 53 random bits."""
