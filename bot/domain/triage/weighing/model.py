"""A linear model as one table of bytes: adding up packed rows adds up all classes at once, without rounding.

A row holds a feature's weights for every class of every question, one byte each. Spread over wider fields of one whole
number, rows are added at the speed of C, and the same message has the same score on every machine.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from math import exp, sqrt
from operator import mul
from struct import Struct
from sys import intern

from bot.domain.triage.weighing.features import EDGE, MARKED, Features

_BYTES = 2
"""Width of a field: sums of as many rows as `_AT_ONCE` fit."""
_AT_ONCE = 250
ZERO = 128
"""The byte that stands for no weight."""


_Rows = dict[str, int]
_NO_ROWS: _Rows = {}


@dataclass(frozen=True, slots=True)
class Head:
    """One question the model answers, with its possible answers, and its bias in the same order."""

    name: str
    classes: tuple[str, ...]
    bias: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What was learnt; the second head has four classes.

    Scores are Σ weight × scale / √(Σ importance) + bias, over the features of a message.
    """

    heads: tuple[Head, ...]
    features: Collection[str]
    scales: tuple[float, ...]
    """What one step of a byte is worth: of the importance first, then of every class of every head."""
    rows: bytes | bytearray
    """Per feature a byte for each of `scales`."""
    fitting: Mapping[str, Mapping[str, float]]
    """How well each answer of the first head goes with each answer of the second, as a factor."""


@dataclass(frozen=True, slots=True)
class Answers:
    """How likely each class of the first head is, and of the second; the likeliest class of every other."""

    first: Mapping[str, float]
    second: Mapping[str, float]
    others: Mapping[str, str]


class Model:
    """Likelihoods of all answers from the features of a message."""

    def __init__(self, table: Table) -> None:
        self._scales = table.scales
        self._width = len(table.scales)
        self._single, self._marked, self._paired = _sorted_out(
            table.features, _spread(table.rows, self._width)
        )
        self._parts = list(zip(table.heads, _slices(table.heads), strict=True))
        self._fields = Struct(f"<{self._width}H")
        self._said = _Said(self._single, self._fields.size)
        self._bias = tuple(chain((0.0,), *(head.bias for head in table.heads)))
        one, other = table.heads[:2]
        self._fitting = [[table.fitting[name][answer] for answer in other.classes] for name in one.classes]
        self._fitted = [[table.fitting[name][answer] for name in one.classes] for answer in other.classes]
        answers = [(head.name, answer) for head in table.heads for answer in head.classes]
        self._places = {answer: at * _BYTES for at, answer in enumerate(answers, start=1)}

    def answers(self, features: Features) -> Answers:
        """Answers every question; the first two are answered together."""
        known = self._known(features)
        sums, none = self._sums(known), ZERO * len(known)
        norm = sqrt(max(sums[0], 1) * self._scales[0])
        weighed = zip(sums, self._scales, self._bias, strict=True)
        raw = [(total - none) * scale / norm + bias for total, scale, bias in weighed]
        (one, first), (other, second), *others = self._parts
        shares, further = self._together(_shares(raw[first]), _shares(raw[second]))
        return Answers(
            dict(zip(one.classes, shares, strict=True)),
            dict(zip(other.classes, further, strict=True)),
            {head.name: _loudest(head.classes, raw[part]) for head, part in others},
        )

    def rows(self, names: Iterable[str]) -> list[bytes | None]:
        """What each feature that is no pair says, in bytes; None for an unknown one."""
        return list(map(self._said.__getitem__, names))

    def steps(self, rows: Iterable[bytes], answers: Iterable[tuple[str, str]]) -> list[bytes]:
        """For each answer (head, class) what the rows say for it: a byte per row, where ZERO says nothing."""
        said = b"".join(rows)
        return [said[self._places[answer] :: self._fields.size] for answer in answers]

    def _known(self, features: Features) -> list[int]:
        """The packed row of every feature that the table has."""
        single = map(self._single.get, (*features.words, *features.others))
        marked = map(self._marked.get, features.marked)
        firsts, seconds = zip(*features.pairs, strict=True) if features.pairs else ((), ())
        pairs = map(dict.get, map(self._paired.get, firsts, repeat(_NO_ROWS)), seconds)
        return list(filter(None, chain(single, marked, pairs)))

    def _sums(self, known: Sequence[int]) -> Sequence[int]:
        """Per answer the sum of the bytes of all rows."""
        if len(known) > _AT_ONCE:
            parts = (self._sums(known[:_AT_ONCE]), self._sums(known[_AT_ONCE:]))
            return [one + other for one, other in zip(*parts, strict=True)]
        return self._fields.unpack(sum(known).to_bytes(self._fields.size, "little"))

    def _together(self, one: Sequence[float], other: Sequence[float]) -> tuple[list[float], list[float]]:
        """The first two heads again, now that each knows what the other makes of the message."""
        a, b, c, d = other
        fitting = [w * a + x * b + y * c + z * d for w, x, y, z in self._fitting]
        first = list(map(mul, one, fitting))
        second = [share * sum(map(mul, fits, one)) for share, fits in zip(other, self._fitted, strict=True)]
        whole = sum(first)
        return [share / whole for share in first], [share / whole for share in second]


class _Said(dict[str, bytes | None]):
    """Rows as bytes: made when they are first asked for, since a reason rests on few of all features."""

    __slots__ = ("_rows", "_size")

    def __init__(self, rows: _Rows, size: int) -> None:
        super().__init__()
        self._rows, self._size = rows, size

    def __missing__(self, name: str) -> bytes | None:
        if (row := self._rows.get(name)) is None:
            return None
        self[name] = said = row.to_bytes(self._size, "little")
        return said


def _sorted_out(names: Iterable[str], rows: Iterable[int]) -> tuple[_Rows, _Rows, dict[str, _Rows]]:
    """Single features, words with their marks, and pairs by their first word; equal rows and words are kept once."""
    single: _Rows = {}
    marked: _Rows = {}
    paired: dict[str, _Rows] = {}
    same_row: dict[int, int] = {}
    for name, row in zip(names, rows, strict=True):
        row = same_row.setdefault(row, row)
        first, space, second = name.partition(" ")
        if name.startswith(MARKED):
            marked[intern(name.removeprefix(MARKED))] = row
        elif space and not first.startswith(EDGE):
            paired.setdefault(intern(first), {})[intern(second)] = row
        else:
            single[intern(name)] = row
    return single, marked, paired


def _spread(rows: bytes | bytearray, width: int) -> Iterator[int]:
    """Every row as one number in which each byte has a field of its own."""
    step = width * _BYTES
    wide = bytearray(step)
    for at in range(0, len(rows), width):
        wide[::_BYTES] = rows[at : at + width]
        yield int.from_bytes(wide, "little")


def _slices(heads: Iterable[Head]) -> Iterator[slice]:
    """Where the classes of each head stand among all, behind the importance."""
    at = 1
    for head in heads:
        yield slice(at, at + len(head.classes))
        at += len(head.classes)


def _loudest(classes: Sequence[str], raw: Sequence[float]) -> str:
    return classes[raw.index(max(raw))]


def _shares(raw: Sequence[float]) -> list[float]:
    top = max(raw)
    powers = [exp(score - top) for score in raw]
    whole = sum(powers)
    return [power / whole for power in powers]
