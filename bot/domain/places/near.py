"""The communes that a pin may lie in: centroids tell where a commune is, never where it ends."""

import math
from collections import defaultdict

from bot.domain.places.table import UnitTable
from bot.domain.understanding import PlaceGuess, Places, Point

KM_PER_DEGREE = 111.2
STEP = 0.1
"""Degrees of a square of the grid in which centroids are looked up."""
REACH = 3
"""Squares looked at around the pin: about 33 km each way."""
SURE = 0.85
"""Below this share nobody should be told alone."""
WORTH_TELLING = 0.08
MOST = 4
OUTSIDE = 3.5
"""A pin further than this many radii from every commune lies at sea or abroad."""

Cell = tuple[float, float, float, tuple[str, ...]]
"""Latitude, longitude, radius (km), communes of 2025."""


class Cells:
    """The old communes as cells: ten thousand small ones say more than the 3,321 large ones."""

    def __init__(self, table: UnitTable) -> None:
        self._grid: dict[tuple[int, int], list[Cell]] = defaultdict(list)
        whole = {one.successors[0] for one in table.old if len(one.successors) == 1}
        for old in table.old:
            self._add(old.lat, old.lon, old.area_km2, old.successors)
        for unit in table.communes:
            if unit.code not in whole:
                self._add(unit.lat, unit.lon, unit.area_km2, (unit.code,))

    def _add(self, lat: float, lon: float, area: float, units: tuple[str, ...]) -> None:
        cell = (lat, lon, max(0.5, math.sqrt(area / math.pi)), units)
        self._grid[math.floor(lat / STEP), math.floor(lon / STEP)].append(cell)

    def near(self, point: Point) -> Places:
        """Best first; needs "which" unless one is clearly nearest, "where" for a pin outside the country."""
        blur = (point.accuracy or 0.0) / 1000
        weights: dict[str, float] = defaultdict(float)
        nearest = math.inf
        for lat, lon, radius, units in self._around(point):
            east = (point.lon - lon) * math.cos(math.radians(lat))
            apart = math.hypot(east, point.lat - lat) * KM_PER_DEGREE
            ratio = apart / math.hypot(radius, blur)
            nearest = min(nearest, ratio)
            for unit in units:
                weights[unit] = max(weights[unit], math.exp(-2.0 * ratio * ratio) / len(units))
        if nearest > OUTSIDE:
            return Places(needs="where")
        return _told(weights)

    def _around(self, point: Point) -> list[Cell]:
        row, column = math.floor(point.lat / STEP), math.floor(point.lon / STEP)
        return [
            cell
            for north in range(row - REACH, row + REACH + 1)
            for east in range(column - REACH, column + REACH + 1)
            for cell in self._grid.get((north, east), ())
        ]


def _told(weights: dict[str, float]) -> Places:
    total = sum(weights.values()) or 1.0
    ranked = sorted(weights.items(), key=lambda item: -item[1])[:MOST]
    guesses = tuple(
        PlaceGuess(code, round(weight / total, 3))
        for code, weight in ranked
        if weight / total >= WORTH_TELLING
    )
    return Places(guesses, None if guesses and guesses[0].confidence >= SURE else "which")
