"""What is wrong in an office's files, by file, line and column; while there is any, nothing is imported."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from bot.domain.messages import Line


@dataclass(frozen=True, slots=True)
class File:
    """One file as it came."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that must be put right first."""

    file: str
    line: int
    """From 1; 0: the file as a whole."""
    column: str
    """The heading of the cell or the key of the value; empty: the whole line."""
    what: Line

    def told(self) -> Line:
        """As a sentence for whoever imports."""
        values: dict[str, str | int | Line] = {
            "file": self.file,
            "line": self.line,
            "column": self.column,
            "what": self.what,
        }
        if not self.line:
            return Line("office.fault.in_file", values)
        return Line("office.fault.in_cell", values) if self.column else Line("office.fault.in_line", values)


@dataclass(slots=True)
class Place:
    """Where a reader is: what it finds wrong is noted there."""

    file: str
    line: int
    faults: list[Fault]

    def bad(self, column: str, what: Line) -> None:
        self.faults.append(Fault(self.file, self.line, column, what))


@dataclass(slots=True)
class Row(Place):
    """One row of a table, its cells by heading."""

    cells: dict[str, str] = field(default_factory=dict)

    def words(self, column: str) -> Iterator[str]:
        """The words of a cell that holds a list: parted by spaces, commas, semicolons or bars."""
        text = self.cells.get(column, "")
        for sign in ",;|":
            text = text.replace(sign, " ")
        yield from text.split()
