"""Places: from words or a pin to the communes of 2025, with confidence."""

from bot.domain.places.gazetteer import Gazetteer

__all__ = ["Gazetteer"]
