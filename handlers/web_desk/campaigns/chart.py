"""Two numbers side by side for each row, as bars that a page can draw without any script."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.domain.campaigns.around import SMALL, Pair, Shown

Say = Callable[..., str]
LONGEST = 100.0
"""Per cent of the row for the largest number."""
LEAST = 4 * SMALL
"""What a whole row stands for at least: a hidden number must not look like a large one."""


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    before: str
    after: str
    before_width: float
    """0 to 100; a hidden number is drawn as the smallest that is not hidden, hatched."""
    after_width: float
    before_hidden: bool
    after_hidden: bool


def bars(rows: Mapping[str, Pair], name: Callable[[str], str]) -> tuple[Bar, ...]:
    """The largest first; all rows to one scale."""
    most = max((max(_size(pair.before), _size(pair.after)) for pair in rows.values()), default=0)
    most = max(most, LEAST)
    ordered = sorted(rows.items(), key=lambda row: -max(_size(row[1].before), _size(row[1].after)))
    return tuple(
        Bar(
            label=name(key),
            before=str(pair.before),
            after=str(pair.after),
            before_width=round(LONGEST * _size(pair.before) / most, 1),
            after_width=round(LONGEST * _size(pair.after) / most, 1),
            before_hidden=pair.before.value is None,
            after_hidden=pair.after.value is None,
        )
        for key, pair in ordered
    )


def _size(number: Shown) -> int:
    return SMALL if number.value is None else number.value
