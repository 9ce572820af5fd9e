"""Faults on demand: Zalo's error codes with HTTP 200, proxies' pages, slow and broken connections."""

from dataclasses import dataclass
from enum import StrEnum


class Cut(StrEnum):
    """A lost connection: before the call was carried out, or after (the answer is lost)."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong `times` times for calls whose path ends so ("": any) and a person ("": any)."""

    path: str = ""
    person: str = ""
    times: int = 1
    after: int = 0
    """So many calls that fit go well first."""
    code: int = 0
    """Zalo's, with HTTP 200."""
    message: str = ""
    status: int = 0
    """An HTTP status with a proxy's page instead of an envelope."""
    delay: float = 0.0
    """Seconds before the answer."""
    answered_first: bool = False
    """The delay comes after the call was carried out."""
    cut: Cut | None = None

    def fits(self, path: str, person: str) -> bool:
        return self.times > 0 and path.endswith(self.path) and self.person in ("", person)


class Faults:
    """Those that wait, first come first served."""

    def __init__(self) -> None:
        self.waiting: list[Fault] = []

    def take(self, path: str, person: str) -> Fault | None:
        for fault in self.waiting:
            if not fault.fits(path, person):
                continue
            if fault.after:
                fault.after -= 1
                continue
            fault.times -= 1
            return fault
        return None
