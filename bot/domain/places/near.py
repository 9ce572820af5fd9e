"""The communes that a pin may lie in: centroids tell where a commune is, never where it ends."""

import math
from array import array
from collections import defaultdict
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from bot.domain.places.table import UnitTable
from bot.domain.understanding import PlaceGuess, Places, Point

KM_PER_DEGREE = 111.2
STEP = 0.1
"""Degrees of a square of the grid in which centroids are looked up."""
REACH = 3
"""Squares looked at around the pin: about 33 km each way."""
STEEPNESS = 2.0
"""How fast a commune's weight falls with the distance in radii."""
WHOLE = 0.5
"""Weight of a commune of 2025 as one circle, beside those of its old parts."""
SURE = 0.85
"""Below this share nobody should be told alone."""
WORTH_TELLING = 0.08
MOST = 4
OUTSIDE = 3.5
"""A pin further than this many radii from every commune lies at sea or abroad."""
SMALLEST_KM = 0.5


class Circle(NamedTuple):
    """A unit as a circle of its area."""

    lat: float
    lon: float
    radius: float
    """km"""
    units: tuple[str, ...]
    """Communes of 2025."""
    weight: float


class Cells:
    """Old and new communes as circles: ten thousand small ones say more than the 3,321 large ones."""

    def __init__(self, table: UnitTable) -> None:
        squares: dict[tuple[int, int], list[Circle]] = defaultdict(list)
        for one in _circles(table):
            squares[_square(one.lat, one.lon)].append(one)
        circles = [one for group in squares.values() for one in group]
        # numbers side by side: kept as objects, the circles would take five times the room
        self._lat = array("d", (one.lat for one in circles))
        self._lon = array("d", (one.lon for one in circles))
        self._radius = array("d", (one.radius for one in circles))
        self._weight = array("d", (one.weight for one in circles))
        self._units = [one.units for one in circles]
        ends = accumulate(len(group) for group in squares.values())
        self._grid = {
            square: range(end - len(group), end)
            for (square, group), end in zip(squares.items(), ends, strict=True)
        }

    def near(self, point: Point) -> Places:
        """Best first; needs "which" unless one is clearly nearest, "where" for a pin outside the country."""
        blur = (point.accuracy or 0.0) / 1000
        parts: dict[str, float] = defaultdict(float)
        wholes: dict[str, float] = defaultdict(float)
        nearest = math.inf
        for circle in self._around(point):
            ratio = _km(point, circle) / math.hypot(circle.radius, blur)
            nearest = min(nearest, ratio)
            weight = circle.weight * math.exp(-STEEPNESS * ratio * ratio) / len(circle.units)
            found = parts if circle.weight == 1.0 else wholes
            for unit in circle.units:
                found[unit] = max(found[unit], weight)
        if nearest > OUTSIDE:
            return Places(needs="where")
        return _told({unit: parts[unit] + wholes[unit] for unit in {*parts, *wholes}})

    def _around(self, point: Point) -> Iterator[Circle]:
        row, column = _square(point.lat, point.lon)
        for north in range(row - REACH, row + REACH + 1):
            for east in range(column - REACH, column + REACH + 1):
                yield from map(self._circle, self._grid.get((north, east), ()))

    def _circle(self, at: int) -> Circle:
        return Circle(self._lat[at], self._lon[at], self._radius[at], self._units[at], self._weight[at])


def _circles(table: UnitTable) -> Iterator[Circle]:
    for old in table.old:
        yield _circle(old.lat, old.lon, old.area_km2, old.successors, 1.0)
    for unit in table.communes:
        yield _circle(unit.lat, unit.lon, unit.area_km2, (unit.code,), WHOLE)


def _circle(lat: float, lon: float, area: float, units: tuple[str, ...], weight: float) -> Circle:
    return Circle(lat, lon, max(SMALLEST_KM, math.sqrt(area / math.pi)), units, weight)


def _square(lat: float, lon: float) -> tuple[int, int]:
    return math.floor(lat / STEP), math.floor(lon / STEP)


def _km(point: Point, circle: Circle) -> float:
    east = (point.lon - circle.lon) * math.cos(math.radians(circle.lat))
    return math.hypot(east, point.lat - circle.lat) * KM_PER_DEGREE


def _told(weights: dict[str, float]) -> Places:
    total = sum(weights.values())
    ranked = sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST]
    guesses = tuple(
        PlaceGuess(code, round(weight / total, 3))
        for code, weight in ranked
        if weight / total >= WORTH_TELLING
    )
    return Places(guesses, None if guesses and guesses[0].confidence >= SURE else "which")
