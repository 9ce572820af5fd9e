"""The model as a file: one line that says what it answers, one with its features, then its bytes column by column."""

import gzip
import json
from pathlib import Path

from bot.domain.triage.model import Head, Table


def save(table: Table, path: Path) -> None:
    """Writes the model. The same table gives the same bytes."""
    said = {
        "heads": [[head.name, head.classes, head.bias] for head in table.heads],
        "scales": table.scales,
        "fitting": table.fitting,
    }
    width = len(table.scales)
    columns = b"".join(table.rows[at::width] for at in range(width))
    head = "\n".join((json.dumps(said), "\t".join(table.features), "")).encode("utf-8")
    path.write_bytes(gzip.compress(head + columns, compresslevel=9, mtime=0))


def load(path: Path) -> Table:
    """Reads the model. FileNotFoundError where there is none."""
    line, names, columns = gzip.decompress(path.read_bytes()).split(b"\n", 2)
    said = json.loads(line)
    features = names.decode("utf-8").split("\t")
    rows = bytearray(len(columns))
    width, height = len(said["scales"]), len(features)
    for at in range(width):
        rows[at::width] = columns[at * height : (at + 1) * height]
    heads = tuple(Head(name, tuple(classes), tuple(bias)) for name, classes, bias in said["heads"])
    return Table(heads, features, tuple(said["scales"]), bytes(rows), said["fitting"])
