"""`python -m bot place FILE.jsonl`: for every message the communes that it names, a JSON line each."""

import json
import sys
from collections.abc import Callable
from typing import Any, TextIO

from bot.data.units import load_units
from bot.domain.places import Gazetteer
from bot.domain.understanding import Places
from bot.reading.messages import BadLine, read_file

Find = Callable[[str, str], Places]


def main(file: str) -> int:
    """The command with the units that ship: exit status 0, or 2 where the file cannot be read."""
    try:
        run(file, Gazetteer(load_units()).find, sys.stdout)
    except (OSError, UnicodeDecodeError, BadLine) as wrong:
        print(f"{file}: {wrong}", file=sys.stderr)
        return 2
    return 0


def run(file: str, find: Find, out: TextIO) -> None:
    """Writes one JSON line per input line; `file` is a path, or "-" for standard input.

    An input line has `text`, and may have `id` and `home`, the code of the office's province.
    Raises BadLine, FileNotFoundError.
    """
    for row in read_file(file):
        found = find(row["text"], str(row.get("home") or ""))
        out.write(json.dumps(as_line(row.get("id"), found), ensure_ascii=False) + "\n")


def as_line(message_id: object, found: Places) -> dict[str, Any]:
    """What was found as the JSON object of one output line, best first."""
    units = [
        {"code": one.unit, "unit": one.unit, "confidence": one.confidence, "words": one.words}
        for one in found.units
    ]
    return {"id": message_id, "units": units, "needs": found.needs, "beside": found.beside}
