"""How much memory uploads under way may hold together, however slowly they come."""

from collections.abc import Iterator
from contextlib import contextmanager


class Full(Exception):
    """No room now: try again later."""


class Room:
    """Bytes of all uploads under way."""

    def __init__(self, octets: int) -> None:
        self._left = octets

    @contextmanager
    def taken(self, octets: int) -> Iterator[None]:
        """Raises Full where there is not so much left."""
        if octets > self._left:
            raise Full
        self._left -= octets
        try:
            yield
        finally:
            self._left += octets
