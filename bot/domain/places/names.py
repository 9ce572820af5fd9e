"""A unit under one of its names, and the index in which names are looked up."""

import re
from dataclasses import dataclass
from enum import IntEnum

_TYPES = {
    kind: kind.lower()
    for kind in ("Xã", "Phường", "Thị trấn", "Đặc khu", "Huyện", "Quận", "Thị xã", "Thành phố", "Tỉnh")
}
_TYPE = re.compile(rf"({'|'.join(_TYPES)}) (.+)")


class Level(IntEnum):
    """What is named."""

    COMMUNE = 0
    DISTRICT = 1
    PROVINCE = 2


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """One unit under one of its names."""

    level: Level
    type: str
    """xã, phường, thị trấn, đặc khu; huyện, quận, thị xã, thành phố; tỉnh, thành phố. Empty for a nickname."""
    name: str
    """Lower-case words without the type."""
    old: bool
    units: tuple[str, ...]
    """The communes of 2025 that it is or went into; empty for a province."""
    districts: frozenset[str]
    provinces: frozenset[str]
    """2-digit codes of 2025."""
    old_provinces: frozenset[str]
    """2-digit codes until 2025."""


@dataclass(frozen=True, slots=True, repr=False)
class Index:
    """All names by their key."""

    named: dict[str, tuple[Named, ...]]
    beginnings: dict[str, str]
    """Every beginning of a key, with the letters that go on: where a text leaves them, no name can follow."""
    dashed: frozenset[str]
    """Keys of the names that are written with a spaced hyphen: Bà Rịa - Vũng Tàu."""
    firsts: frozenset[str] = frozenset()
    """First words of the communes' names."""
    wide: "Index | None" = None
    """The districts and provinces alone: the fewer names, the quicker a slip is found."""

    def grows(self, key: str) -> bool:
        """Some name is or begins with these letters."""
        return key in self.beginnings or key in self.named


def split_type(name: str) -> tuple[str, str]:
    """ "Xã Ea Kao" → ("xã", "Ea Kao")."""
    match = _TYPE.fullmatch(name)
    return (_TYPES[match[1]], match[2]) if match else ("", name)
