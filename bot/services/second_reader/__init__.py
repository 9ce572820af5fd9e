"""A second reader's part: what it is given, what of its answer is recorded."""

from bot.services.second_reader.asking import (
    due,
    put_off,
    record,
    text_of,
)

__all__ = [
    "due",
    "put_off",
    "record",
    "text_of",
]
