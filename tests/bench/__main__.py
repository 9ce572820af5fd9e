"""`python -m tests.bench`: prints the table and writes `var/bench.json`; a quarter of an hour on a quiet machine."""

import argparse
import asyncio
import logging
import os
import sys
from collections.abc import Awaitable, Callable

from tests.bench.campaigns import campaigns
from tests.bench.child import LOADING
from tests.bench.outbox import outbox
from tests.bench.reading import reading
from tests.bench.reports import reports
from tests.bench.start import start
from tests.bench.table import Row, show, write
from tests.bench.turns import turns
from tests.bench.zalo import zalo

PARTS: dict[str, Callable[..., Awaitable[list[Row]]]] = {
    "turns": turns,
    "reports": reports,
    "outbox": outbox,
    "start": start,
    "campaigns": campaigns,
    "reading": reading,
    "zalo": zalo,
}


async def measure(parts: list[str], *, quick: bool) -> list[Row]:
    rows: list[Row] = []
    for part in parts:
        print(f"… {part}", file=sys.stderr, flush=True)  # noqa: T201
        rows += await PARTS[part](quick=quick)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench", description="What was measured, side by side."
    )
    parser.add_argument("parts", nargs="*", help=f"some of: {', '.join(PARTS)}")
    parser.add_argument("--quick", action="store_true", help="short runs, for trying; the figures say little")
    asked = parser.parse_args()
    os.sched_setaffinity(0, LOADING)
    logging.disable(logging.WARNING)  # each database of a round makes a key file and says so
    rows = asyncio.run(measure(asked.parts or list(PARTS), quick=asked.quick))
    print(show(rows))  # noqa: T201
    if not asked.parts:
        write(rows)


if __name__ == "__main__":
    main()
