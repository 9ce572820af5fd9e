"""Numbers as addresses and forms give them: anybody may write anything there."""

DIGITS = 15
"""More rows than any of our tables will have, and no more than a database can hold."""


def number(text: str) -> int | None:
    """A row's number; None for what cannot be one."""
    return int(text) if text.isdecimal() and len(text) <= DIGITS else None
