"""TOML with line numbers: the standard reader forgets where a value stood, people need it."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bot.domain.messages import Line
from bot.office.faults import Fault, File

HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?")
KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)\s*=""")
PART = re.compile(r""""([^"]*)"|'([^']*)'|([A-Za-z0-9_-]+)""")
AT = re.compile(r"\(at line (\d+), column (\d+)\)")
PLAIN = re.compile(r"[A-Za-z0-9_-]+")

Path = tuple[str | int, ...]
Value = str | int | float | bool | date | list["Value"] | dict[str, "Value"] | object


@dataclass(slots=True)
class Section:
    """One table of a file; knows where each of its keys stands, and notes what is wrong there."""

    file: str
    path: Path
    values: Mapping[str, Value]
    lines: Mapping[Path, int]
    faults: list[Fault]

    def bad(self, key: str, what: Line) -> None:
        line = self._line((*self.path, key)) or self._line(self.path)
        self.faults.append(Fault(self.file, line, key, what))

    def _line(self, path: Path) -> int:
        """Where it stands, or the first thing inside it; 0 if nowhere."""
        inside = (line for place, line in self.lines.items() if place[: len(path)] == path)
        return self.lines.get(path) or min(inside, default=0)

    def section(self, key: str) -> "Section":
        """A table inside this one; empty if it is not there."""
        inside = self.values.get(key, {})
        if not isinstance(inside, dict):
            self.bad(key, Line("office.fault.table"))
            inside = {}
        return Section(self.file, (*self.path, key), inside, self.lines, self.faults)

    def sections(self, key: str) -> list["Section"]:
        """The tables of an array of tables."""
        inside = self.values.get(key, [])
        if not isinstance(inside, list) or not all(isinstance(one, dict) for one in inside):
            self.bad(key, Line("office.fault.table"))
            return []
        tables = [one for one in inside if isinstance(one, dict)]
        return [
            Section(self.file, (*self.path, key, number), values, self.lines, self.faults)
            for number, values in enumerate(tables)
        ]

    def only(self, *keys: str) -> None:
        """A key that is not known is more likely a slip than a wish."""
        for key in self.values:
            if key not in keys:
                self.bad(key, Line("office.fault.key_unknown"))

    def text(self, key: str, default: str | None = None) -> str:
        value = self.values.get(key, default)
        if isinstance(value, str) and value.isprintable():
            return value
        self.bad(key, Line("office.fault.empty") if value is None else Line("office.fault.string"))
        return ""

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.values.get(key, [])
        if isinstance(value, list) and all(isinstance(one, str) for one in value):
            return tuple(str(one) for one in value)
        self.bad(key, Line("office.fault.strings"))
        return ()

    def whole(self, key: str, least: int, most: int) -> int:
        """A whole number from least to most."""
        value = self.values.get(key)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.bad(key, Line("office.fault.whole", {"least": least, "most": most}))
        return least

    def flag(self, key: str) -> bool:
        value = self.values.get(key, False)
        if isinstance(value, bool):
            return value
        self.bad(key, Line("office.fault.flag"))
        return False

    def day(self, key: str) -> date | None:
        value = self.values.get(key)
        if value is None or type(value) is date:
            return value
        self.bad(key, Line("office.fault.day", {"value": str(value)[:20]}))
        return None


def parse(file: File, faults: list[Fault]) -> Section | None:
    """The whole file, or None if it is not TOML (noted with line and column)."""
    text = file.text.lstrip("\ufeff")
    try:
        return Section(file.name, (), tomllib.loads(text), dict(_lines(text)), faults)
    except tomllib.TOMLDecodeError as error:
        at = AT.search(str(error))
        line, column = (int(at[1]), at[2]) if at else (len(text.splitlines()), "")
        faults.append(Fault(file.name, line, column, Line("office.fault.toml")))
        return None


def quoted(text: str) -> str:
    """A string as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


def bare(key: str) -> str:
    """A key as TOML writes it."""
    return key if PLAIN.fullmatch(key) else quoted(key)


def _lines(text: str) -> Iterator[tuple[Path, int]]:
    """Where every table and every key of a line of its own stands."""
    here: Path = ()
    counts: dict[Path, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.fullmatch(line):
            here = _inside(tuple(_parts(header[2])), counts)
            if header[1] == "[[":
                counts[here] = counts.get(here, -1) + 1
                here = (*here, counts[here])
            yield here, number
        elif key := KEY.match(line):
            yield (*here, *_parts(key[1])), number


def _inside(path: Path, counts: Mapping[Path, int]) -> Path:
    """The same path with the numbers of the arrays it leads through (its own end left out)."""
    walked: Path = ()
    for part in path[:-1]:
        walked = (*walked, part)
        if walked in counts:
            walked = (*walked, counts[walked])
    return (*walked, *path[-1:])


def _parts(text: str) -> Iterator[str]:
    for match in PART.finditer(text):
        yield next(group for group in match.groups() if group is not None)
