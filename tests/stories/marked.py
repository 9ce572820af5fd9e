"""Marked words of people, and everywhere that they must not turn up: logs, cards, ledger, metrics, raw files."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path

from handlers.telegram_wire.logs import HideTokens, quiet

WORD = "zqxwtu"
NAME = "Zqxwten"
PHONE = "0987651243"
CHAT, OTHER_CHAT, STRANGER = 5550001919, 5550002828, 5550003737
LAT, LON = 12.687654, 108.043219
FILE = "zqxwanh.jpg"
POISON = "zqxwdoc"
OFFICERS_OWN = 5550009090
"""The officer's chat id, which is nobody's business either."""
MARKS = (
    "zqxw",
    PHONE,
    *map(str, (CHAT, OTHER_CHAT, STRANGER, OFFICERS_OWN)),
    str(LAT),
    str(LON),
)
OURS = ("bot", "handlers", "storage", "locales")


@dataclass
class Watched:
    """What the program has written where others could read it."""

    folder: Path
    log: StringIO = field(default_factory=StringIO)
    marks: list[str] = field(default_factory=lambda: list(MARKS))

    def places(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the program but its keys, and the log."""
        for path in self.folder.rglob("*"):
            if path.is_file() and path.name != "keys.json":
                yield str(path.relative_to(self.folder)), path.read_bytes()
        yield "log", self.log.getvalue().encode()

    def found(self, **more: str) -> list[tuple[str, str]]:
        """(where, which mark) of everything that stands where it must not."""
        places = [*self.places(), *((name, text.encode()) for name, text in more.items())]
        assert any(name.endswith(".db-wal") for name, _ in places), "looked at the wrong folder"
        return [
            (name, mark)
            for name, content in places
            for mark in self.marks
            if mark.lower().encode() in content.lower() or mark.lower().encode("utf-16-le") in content.lower()
        ]


@contextmanager
def watched(folder: Path) -> Iterator[Watched]:
    """Logs as the program keeps them, but ours down to every detail; libraries as it silences them."""
    seen = Watched(folder)
    handler = logging.StreamHandler(seen.log)
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    levels = {name: logging.getLogger(name).level for name in OURS}
    for name in OURS:
        logging.getLogger(name).setLevel(logging.DEBUG)
    quiet()
    try:
        yield seen
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
        for other in root.handlers:
            other.filters[:] = [one for one in other.filters if not isinstance(one, HideTokens)]
