"""Tables as spreadsheets write them: comma or semicolon, with or without a mark; written in one way."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from bot.domain.messages import Line
from bot.office.faults import Fault, File, Row


def heading(file: File) -> tuple[str, ...]:
    """The column names of a table, lower case; by them a file is recognised."""
    first = file.text.lstrip("\ufeff").split("\n", 1)[0]
    return tuple(name.strip().strip('"').lower() for name in first.replace(";", ",").split(","))


def rows(file: File, columns: Sequence[str], faults: list[Fault]) -> Iterator[Row]:
    """Every row that is not empty, cells trimmed. A missing column or a row of another width is a fault."""
    names = heading(file)
    missing = [name for name in columns if name not in names]
    strange = [name for name in names if name not in columns]
    for name in missing:
        faults.append(Fault(file.name, 1, name, Line("office.fault.column_missing")))
    for name in strange:
        faults.append(Fault(file.name, 1, name, Line("office.fault.column_unknown")))
    if missing or strange:
        return
    text = file.text.lstrip("\ufeff")
    delimiter = ";" if ";" in text.split("\n", 1)[0] else ","
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in _numbered(reader):
            if number > 1 and any(cell.strip() for cell in cells):
                if len(cells) != len(names):
                    what = Line("office.fault.width", {"cells": len(cells), "columns": len(names)})
                    faults.append(Fault(file.name, number, "", what))
                else:
                    trimmed = [cell.strip() for cell in cells]
                    yield Row(file.name, number, faults, dict(zip(names, trimmed, strict=True)))
    except csv.Error:
        faults.append(Fault(file.name, reader.line_num, "", Line("office.fault.quotes")))


def table(columns: Sequence[str], lines: Iterable[Sequence[str]]) -> str:
    """The one form in which we write a table."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(lines)
    return out.getvalue()


def _numbered(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Rows with the number of the line they begin on (a quoted cell may run over several)."""
    begins = 1
    for cells in reader:
        yield begins, cells
        begins = getattr(reader, "line_num", begins) + 1
