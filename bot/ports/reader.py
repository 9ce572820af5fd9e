"""A second reader: reads a report after it was answered, elsewhere, slowly, and perhaps wrongly."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.domain.opinion import Opinion


class Unheard(StrEnum):
    """Why there is no opinion."""

    AWAY = "away"
    """Nobody answers there, or too slowly, or asks to come back later."""
    REFUSED = "refused"
    """It answers with an error that asking again will not change: a wrong key, a redirect."""
    NONSENSE = "nonsense"
    """An answer too large, of the wrong form, or without anything that may be said."""


@dataclass(frozen=True, slots=True)
class NoOpinion:
    """Nothing was said that may be heard."""

    why: Unheard


class SecondReader(Protocol):
    @property
    def model(self) -> str:
        """Its name, kept with everything that it says."""

    async def read(self, text: str) -> Opinion | NoOpinion:
        """Reads words of a reporter, without names, numbers and addresses. Never raises, never takes longer
        than its limit in time."""

    async def close(self) -> None: ...
