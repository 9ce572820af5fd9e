"""Vietnam's lunar calendar (âm lịch)."""

from bot.domain.lunar.calendar import (
    FIRST_YEAR,
    LAST_YEAR,
    MONTHS,
    LunarDay,
    LunarMonth,
    date_of,
    lunar_of,
    month_length,
    months,
    new_year,
)

__all__ = [
    "FIRST_YEAR",
    "LAST_YEAR",
    "MONTHS",
    "LunarDay",
    "LunarMonth",
    "date_of",
    "lunar_of",
    "month_length",
    "months",
    "new_year",
]
