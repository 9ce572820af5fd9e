"""The model as a file: one line that says what it answers, one with its features, then its bytes column by column."""

import gzip
import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.triage.weighing.model import Head, Table

_BETWEEN = "\t"
_NAME = re.compile(f"[^{_BETWEEN}]+")


def save(table: Table, path: Path) -> None:
    """Writes the model. The same table gives the same bytes."""
    said = {
        "heads": [[head.name, head.classes, head.bias] for head in table.heads],
        "scales": table.scales,
        "fitting": table.fitting,
    }
    width = len(table.scales)
    columns = b"".join(table.rows[at::width] for at in range(width))
    head = "\n".join((json.dumps(said), _BETWEEN.join(table.features), "")).encode("utf-8")
    path.write_bytes(gzip.compress(head + columns, compresslevel=9, mtime=0))


def load(path: Path) -> Table:
    """Reads the model piece by piece, so that little stays behind. FileNotFoundError where there is none."""
    with gzip.open(path) as file:
        said = json.loads(file.readline())
        features = Names(file.readline().decode("utf-8").rstrip("\n"))
        width, height = len(said["scales"]), len(features)
        rows = bytearray(width * height)
        for at in range(width):
            rows[at::width] = file.read(height)
    heads = tuple(Head(name, tuple(classes), tuple(bias)) for name, classes, bias in said["heads"])
    return Table(heads, features, tuple(said["scales"]), rows, said["fitting"])


@dataclass(frozen=True, slots=True)
class Names(Collection[str]):
    """The names of all features as one text, taken apart one by one."""

    joined: str

    def __iter__(self) -> Iterator[str]:
        return (found[0] for found in _NAME.finditer(self.joined))

    def __len__(self) -> int:
        return self.joined.count(_BETWEEN) + 1

    def __contains__(self, name: object) -> bool:
        return any(name == one for one in self)
