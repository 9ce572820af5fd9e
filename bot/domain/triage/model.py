"""A linear model as one table of bytes: adding up packed rows adds up all classes at once, without rounding.

A row holds a feature's weights for every class of every question, one byte each. Spread over wider fields of one whole
number, rows are added at the speed of C, and the same message has the same score on every machine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp, sqrt
from operator import mul
from struct import Struct

_BYTES = 2
"""Width of a field: sums of as many rows as `_AT_ONCE` fit."""
_FIELD = (1 << 8 * _BYTES) - 1
_AT_ONCE = 250
ZERO = 128
"""The byte that stands for no weight."""


@dataclass(frozen=True, slots=True)
class Head:
    """One question the model answers, with its possible answers, and its bias in the same order."""

    name: str
    classes: tuple[str, ...]
    bias: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What was learnt. Scores are Σ weight × scale / √(Σ importance) + bias, over the features of a message."""

    heads: tuple[Head, ...]
    features: Sequence[str]
    scales: tuple[float, ...]
    """What one step of a byte is worth: of the importance first, then of every class of every head."""
    rows: bytes
    """Per feature a byte for each of `scales`."""
    fitting: Mapping[str, Mapping[str, float]]
    """How well each answer of the first head goes with each answer of the second, as a factor."""


class Model:
    """Likelihoods of all answers from the features of a message."""

    def __init__(self, table: Table) -> None:
        self._heads = table.heads
        self._scales = table.scales
        self._width = len(table.scales)
        self._packed = dict(zip(table.features, _spread(table.rows, self._width), strict=True))
        self._fields = Struct(f"<{self._width}H")
        self._bias = tuple(chain((0.0,), *(head.bias for head in table.heads)))
        one, other = table.heads[:2]
        self._fitting = [[table.fitting[name][answer] for answer in other.classes] for name in one.classes]
        self._fitted = list(zip(*self._fitting, strict=True))
        answers = [(head.name, answer) for head in table.heads for answer in head.classes]
        self._shifts = {answer: at * _BYTES * 8 for at, answer in enumerate(answers, start=1)}

    def scores(self, features: Iterable[str]) -> dict[str, dict[str, float]]:
        """Per head the probability of each class; the first two heads are answered together."""
        known = [row for row in map(self._packed.get, features) if row is not None]
        sums = self._sums(known)
        norm = sqrt(max(sums[0] + ZERO * len(known), 1) * self._scales[0])
        raw = [total * scale / norm + bias for total, scale, bias in zip(sums, self._scales, self._bias)]  # noqa: B905 - hot
        parted: list[list[float]] = []
        at = 1
        for head in self._heads:
            parted.append(_shares(raw[at : at + len(head.classes)]))
            at += len(head.classes)
        parted[:2] = self._together(*parted[:2])
        return {
            head.name: dict(zip(head.classes, shares, strict=True))
            for head, shares in zip(self._heads, parted, strict=True)
        }

    def rows(self, features: Iterable[str]) -> list[int | None]:
        """The packed row of each feature; None for an unknown one."""
        return list(map(self._packed.get, features))

    def weights(self, rows: Iterable[int], head: str, answer: str) -> list[int]:
        """What the features of these rows say for an answer, in steps."""
        shift = self._shifts[head, answer]
        return [(row >> shift & _FIELD) - ZERO for row in rows]

    def _sums(self, known: Sequence[int]) -> list[int]:
        if len(known) > _AT_ONCE:
            parts = (self._sums(known[:_AT_ONCE]), self._sums(known[_AT_ONCE:]))
            return [one + other for one, other in zip(*parts, strict=True)]
        packed = sum(known)
        none = ZERO * len(known)
        return [field - none for field in self._fields.unpack(packed.to_bytes(self._fields.size, "little"))]

    def _together(self, one: Sequence[float], other: Sequence[float]) -> tuple[list[float], list[float]]:
        """The first two heads again, now that each knows what the other makes of the message."""
        first = [share * sum(map(mul, fits, other)) for share, fits in zip(one, self._fitting, strict=True)]
        second = [share * sum(map(mul, fits, one)) for share, fits in zip(other, self._fitted, strict=True)]
        whole = sum(first)
        return [share / whole for share in first], [share / whole for share in second]


def _spread(rows: bytes, width: int) -> list[int]:
    """Every row as one number in which each byte has a field of its own."""
    wide = bytearray(len(rows) * _BYTES)
    wide[::_BYTES] = rows
    step = width * _BYTES
    return [int.from_bytes(wide[at : at + step], "little") for at in range(0, len(wide), step)]


def _shares(raw: Sequence[float]) -> list[float]:
    top = max(raw)
    powers = [exp(score - top) for score in raw]
    whole = sum(powers)
    return [power / whole for power in powers]
