"""Figures that outlive the program: how often something happened on a day."""

from datetime import date
from typing import Protocol


class Tallies(Protocol):
    """Codes and numbers: no words, no ids of people."""

    def add(self, code: str, day: date, times: int = 1) -> None:
        """`day`: by the local calendar."""

    def since(self, code: str, day: date) -> int:
        """From this day on."""
