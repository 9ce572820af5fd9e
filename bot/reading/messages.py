"""Messages in a file: a JSON object with a text on every line."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

STANDARD_INPUT = "-"


class BadLine(ValueError):
    """A line that is no JSON object with a text; says which."""


def read_file(file: str) -> Iterator[Mapping[str, Any]]:
    """`file` is a path, or "-" for standard input; raises BadLine, OSError, UnicodeDecodeError."""
    if file == STANDARD_INPUT:
        yield from read_lines(sys.stdin)
        return
    with Path(file).open(encoding="utf-8") as lines:
        yield from read_lines(lines)


def read_lines(lines: Iterable[str]) -> Iterator[Mapping[str, Any]]:
    """The messages of a JSONL file; empty lines are skipped. BadLine names the first line that is not one."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadLine(f"line {number}: not JSON") from error
        if not isinstance(row, dict) or not isinstance(row.get("text"), str):
            raise BadLine(f'line {number}: an object with "text" is needed')
        yield row
