"""From a heard message to an answered one."""

from bot.services.intake.answering import (
    answer,
    gather,
    hear,
    quiet,
    stranded,
    surrender,
    unreadable,
    wake,
)

__all__ = [
    "answer",
    "gather",
    "hear",
    "quiet",
    "stranded",
    "surrender",
    "unreadable",
    "wake",
]
