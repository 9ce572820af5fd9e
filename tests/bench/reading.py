"""What it costs to understand a message: triage and places together, and what they keep in memory."""

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median
from time import perf_counter

from bot.data.triage import load_corpus, load_triage
from bot.data.units import read_units
from bot.domain.places import Gazetteer
from tests.bench.table import Row

WORDS = range(27, 34)
"""A message of about 30 words."""
MESSAGES = 400
ROUNDS = 5
HOME = "66"
LOADED = """
import gc, json, pathlib, time
def resident():
    gc.collect()
    return int(pathlib.Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6
before, began = resident(), time.process_time()
{what}
took = time.process_time() - began
print(json.dumps([resident() - before, took]))
"""
TRIAGE = "from bot.data.triage import load_triage; kept = load_triage()"
PLACES = (
    "from bot.data.units import read_units; from bot.domain.places import Gazetteer; "
    "kept = Gazetteer(read_units())"
)


async def reading(*, quick: bool) -> list[Row]:
    """Processor time is what counts here: nothing waits."""
    messages = list(_messages())[: 100 if quick else MESSAGES]
    both = await asyncio.to_thread(_microseconds, messages, 1 if quick else ROUNDS)
    triage, places = await asyncio.to_thread(_loaded, TRIAGE), await asyncio.to_thread(_loaded, PLACES)
    return [
        Row(
            "triage and places, 30 words",
            both,
            "µs",
            "at most 800",
            None,
            f"median of {len(messages)} messages",
        ),
        Row("triage in memory", triage[0], "MB", "60 MB"),
        Row("places in memory", places[0], "MB", "80 MB"),
        Row("places ready after", places[1], "s", "1.5 s of processor time"),
    ]


def _microseconds(messages: Sequence[str], rounds: int) -> float:
    triage, gazetteer = load_triage(), Gazetteer(read_units())
    find = partial(gazetteer.find, home=HOME)
    took: list[float] = []
    for _ in range(rounds):
        for text in messages:
            began = perf_counter()
            triage.together(None, (text,))
            find(text)
            took.append(perf_counter() - began)
    return median(took) * 1e6


def _messages() -> Iterator[str]:
    """Of the project's own corpus, as people would send them."""
    for row in load_corpus():
        if len(row["text"].split()) in WORDS:
            yield row["text"]


def _loaded(what: str) -> tuple[float, float]:
    """(MB, seconds) that a fresh process needs for it."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED.format(what=what)], capture_output=True, text=True, check=True
    )
    megabytes, seconds = json.loads(done.stdout)
    return megabytes, seconds
