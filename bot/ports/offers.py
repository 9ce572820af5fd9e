"""What letters offered where nothing can be pressed as it is: kept until it is over, sealed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.messages import Address
from bot.domain.offers import Offer


@dataclass(frozen=True, slots=True, repr=False)
class NewOffer:
    """The choices of a letter before they have a number."""

    to: Address
    taps: tuple[str, ...]
    expires: datetime
    once: frozenset[int] = frozenset()
    """Indices that work a single time."""
    numbered: bool = False
    """Answered with a number: only the latest of a person is kept."""


class Offers(Protocol):
    def put(self, offer: NewOffer, now: datetime) -> int:
        """Its number, never used twice; a numbered one replaces the person's earlier one."""

    def get(self, person: Address, id_: int) -> Offer | None:
        """None where there is none of that number for this person."""

    def numbered(self, person: Address) -> Offer | None:
        """The list of numbers that this person saw last, while it holds."""

    def use(self, id_: int, index: int) -> bool:
        """Mark as used; True for exactly one of those who do."""

    def end_numbers(self, person: Address) -> None:
        """Something else was asked: a number means nothing any more."""

    def forget(self, person: Address) -> int:
        """Everything that was ever offered to them goes; returns how many."""
