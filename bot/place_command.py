"""`python -m bot place FILE.jsonl`: for every message the communes that it names, a JSON line each."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from bot.data.units import load_units
from bot.domain.places import Gazetteer
from bot.domain.understanding import Places

Find = Callable[[str, str], Places]
STANDARD_INPUT = "-"


class BadLine(ValueError):
    """A line that is no JSON object with a text; says which."""


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
    for number, line in enumerate(_lines(file), start=1):
        if line.strip():
            row = read_line(line, number)
            found = find(row["text"], str(row.get("home") or ""))
            out.write(json.dumps(as_line(row.get("id"), found), ensure_ascii=False) + "\n")


def read_line(line: str, number: int) -> dict[str, Any]:
    """The message on one line; BadLine names it where it is none."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise BadLine(f"line {number}: not JSON") from error
    if not isinstance(row, dict) or not isinstance(row.get("text"), str):
        raise BadLine(f'line {number}: an object with "text" is needed')
    return row


def as_line(message_id: object, found: Places) -> dict[str, Any]:
    """What was found as the JSON object of one output line, best first."""
    units = [
        {"code": one.unit, "unit": one.unit, "confidence": one.confidence, "words": one.words}
        for one in found.units
    ]
    return {"id": message_id, "units": units, "needs": found.needs, "beside": found.beside}


def _lines(file: str) -> Iterator[str]:
    if file == STANDARD_INPUT:
        yield from sys.stdin
        return
    with Path(file).open(encoding="utf-8") as lines:
        yield from lines
