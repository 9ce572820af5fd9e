"""A letter's number: its run's, then its subscriber's; no number of the outbox comes near."""

from typing import Final

_PEOPLE_BITS: Final = 40
_PEOPLE: Final = (1 << _PEOPLE_BITS) - 1


def number_of(run: int, subscriber: int) -> int:
    return run << _PEOPLE_BITS | subscriber


def parts_of(letter: int) -> tuple[int, int]:
    """(run, subscriber); the run of a letter of the outbox is 0."""
    return letter >> _PEOPLE_BITS, letter & _PEOPLE
