"""A linear model as one dictionary: every feature's weights for all classes packed into one whole number.

Adding up such numbers adds up all classes at once, at the speed of C and without rounding: the same message has
the same score on every machine.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp, sqrt
from struct import Struct

FIELD = 32
"""Bits per class, the "I" of struct; weights are whole thousandths, so sums of thousands of features fit."""
UNIT = 1000.0
_HALF = 1 << (FIELD - 1)
_MASK = (1 << FIELD) - 1


def pack(weights: Sequence[int]) -> int:
    """One number from the weights of all classes, the first in the lowest bits."""
    return sum(weight << (FIELD * at) for at, weight in enumerate(weights))


def to_row(weights: Sequence[int]) -> bytes:
    """Packed weights as they stand in a file: a whole row is read as one number, in no time."""
    return pack(weights).to_bytes(len(weights) * FIELD // 8, "little", signed=True)


def from_row(row: bytes) -> int:
    return int.from_bytes(row, "little", signed=True)


@dataclass(frozen=True, slots=True)
class Head:
    """One question the model answers, with its possible answers, and its bias in the same order."""

    name: str
    classes: tuple[str, ...]
    bias: tuple[float, ...]


class Model:
    """Scores of all heads from the features of a message.

    `weights` maps a feature to its packed weights: the square of its importance first, then every class of every
    head.
    """

    def __init__(self, heads: Sequence[Head], weights: Mapping[str, int]) -> None:
        self._heads = tuple(heads)
        self._get = weights.get
        self._count = 1 + sum(len(head.classes) for head in heads)
        self._fields = Struct(f"<{self._count}I")
        self._lift = pack([_HALF] * self._count)

    def scores(self, features: Iterable[str]) -> dict[str, dict[str, float]]:
        """Per head the probability of each class."""
        known = [packed for packed in map(self._get, features) if packed is not None]
        sums = self._unpacked(sum(known))
        norm = sqrt(max(sums[0], 1) / UNIT) * UNIT
        answers: dict[str, dict[str, float]] = {}
        at = 1
        for head in self._heads:
            raw = [total / norm + bias for total, bias in zip(sums[at:], head.bias, strict=False)]
            answers[head.name] = dict(zip(head.classes, _shares(raw), strict=True))
            at += len(head.classes)
        return answers

    def weigh(self, head: str, answer: str, lifted: Iterable[int]) -> list[int]:
        """What packed weights (see `lifted`) say for an answer, in thousandths."""
        shift = FIELD * self._place(head, answer)
        return [(one >> shift & _MASK) - _HALF for one in lifted]

    def lifted(self, features: Iterable[str]) -> list[int]:
        """The packed weights of each feature, raised so that none is negative; an unknown feature weighs 0."""
        get, lift = self._get, self._lift
        return [get(feature, 0) + lift for feature in features]

    def _place(self, head: str, answer: str) -> int:
        at = 1
        for one in self._heads:
            if one.name == head:
                return at + one.classes.index(answer)
            at += len(one.classes)
        raise KeyError(head)

    def _unpacked(self, packed: int) -> list[int]:
        raw = (packed + self._lift).to_bytes(self._fields.size, "little")
        return [field - _HALF for field in self._fields.unpack(raw)]


def _shares(raw: Sequence[float]) -> list[float]:
    top = max(raw)
    powers = [exp(score - top) for score in raw]
    whole = sum(powers)
    return [power / whole for power in powers]
