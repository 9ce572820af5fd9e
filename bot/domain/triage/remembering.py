"""A bounded memory for what single words mean, read at the speed of a dictionary; messages are never kept."""

from collections.abc import Callable
from sys import intern
from typing import TypeVar

_V = TypeVar("_V")
_MOST = 4096
_LONGEST = 7
"""Letters of the longest Vietnamese syllable."""


class Remembered(dict[str, _V]):
    """Words to what was found out about them. Full, it forgets all: cheaper than minding which word was used last."""

    __slots__ = ("_find_out",)

    def __init__(self, find_out: Callable[[str], _V]) -> None:
        super().__init__()
        self._find_out = find_out

    def __missing__(self, word: str) -> _V:
        found = self._find_out(word)
        if _tells_nothing(word):
            if len(self) >= _MOST:
                self.clear()
            self[intern(word)] = found
        return found

    def __repr__(self) -> str:
        return f"<{len(self)} words>"


def _tells_nothing(word: str) -> bool:
    """Numbers and long words may tell who wrote: they are found out each time anew. "d9anh1" is typed in VNI."""
    return len(word) == 1 or (len(word) <= _LONGEST and 2 * sum(map(str.isalpha, word)) > len(word))
