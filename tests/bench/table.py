"""Rows of the table, and the file they are written to."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median

FILE = Path("var/bench.json")


@dataclass(frozen=True, slots=True)
class Row:
    """One figure, beside what it was measured against in the same run."""

    name: str
    value: float
    unit: str
    against: str = ""
    """What it stands beside, with its own figure; or the bar it must meet."""
    ratio: float | None = None
    """Ours to theirs, pair by pair, the median; above 1 is better than theirs."""
    note: str = ""
    """What the figure is made of."""


def paired(ours: Sequence[float], theirs: Sequence[float]) -> float:
    """The median of the ratios of rounds that ran one after the other: the machine's drift cancels."""
    return median(one / other for one, other in zip(ours, theirs, strict=True))


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of all do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def show(rows: Sequence[Row]) -> str:
    """The table for a terminal."""
    cells = [("what", "figure", "", "against", "ratio"), *(_cells(row) for row in rows)]
    widths = [max(len(row[column]) for row in cells) for column in range(5)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in cells
    )


def _cells(row: Row) -> tuple[str, str, str, str, str]:
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    return row.name, f"{row.value:,.1f}", row.unit, row.against, ratio


def write(rows: Sequence[Row]) -> None:
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(
        json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False) + "\n", encoding="utf-8"
    )
