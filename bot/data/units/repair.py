"""Finds what is wrong in the source: misplaced centroids, and successors that lie far from the old commune.

The source joins split communes by their names, so that two communes called Tân Thạnh in one new
province each got the other's successor, up to 100 km away; and some centroids were looked up for
another place of the same name. Each finding is returned, to be listed beside the data.
"""

import math
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import median

KM_PER_DEGREE = 111.2
FAR_KM = 15.0
FAR_RATIO = 2.5
"""A successor is far when it is both further than FAR_KM and than FAR_RATIO times both radii."""
AREA_FITS = 2.0
"""How many times larger or smaller than its parts a unit may be."""
ENOUGH_PARTS = 3
OLD_TRUSTED = {"06967"}
"""Single cases decided by hand: Cái Chiên's new centroid lies in Hạ Long, 84 km from the island."""


@dataclass(slots=True)
class Spot:
    """A unit while it is worked on: where it is, how large, and whether the place can be trusted."""

    code: str
    name: str
    district: str
    lat: float
    lon: float
    area: float
    trusted: bool = True
    successors: list[str] = field(default_factory=list)

    @property
    def radius(self) -> float:
        """Of a circle of the same area, km."""
        return math.sqrt(self.area / math.pi)


@dataclass(frozen=True, slots=True)
class Finding:
    """One departure from the source."""

    what: str
    code: str
    name: str
    source: str
    ours: str
    reason: str


def km(one: Spot, other: Spot) -> float:
    """Distance of the centroids; flat earth, good for what is near."""
    east = (other.lon - one.lon) * math.cos(math.radians((one.lat + other.lat) / 2))
    return math.hypot(east, other.lat - one.lat) * KM_PER_DEGREE


def far(old: Spot, new: Spot) -> bool:
    """Too far from each other for the one to have become part of the other."""
    apart = km(old, new)
    return apart > FAR_KM and apart > FAR_RATIO * (old.radius + new.radius)


def repair(old: list[Spot], new: dict[str, Spot]) -> list[Finding]:
    """Corrects both in place; in this order, since each step leans on the one before."""
    districts = _by_district(old)
    for siblings in districts.values():
        _distrust_strays(siblings)
    findings = _move_new(old, new)
    _distrust_lone(old, new)
    findings += [
        finding for one in old if len(one.successors) > 1 for finding in _drop_far(one, new, districts)
    ]
    findings += [_move_old(one, new[one.successors[0]]) for one in old if not one.trusted]
    return findings


def _by_district(old: list[Spot]) -> dict[str, list[Spot]]:
    districts: dict[str, list[Spot]] = defaultdict(list)
    for one in old:
        districts[one.district].append(one)
    return districts


def _distrust_strays(siblings: list[Spot]) -> None:
    """A commune that lies far outside the cluster of its district was looked up in another one."""
    placed = [one for one in siblings if one.trusted]
    if len(placed) < 4:
        return
    middle = Spot("", "", "", median(one.lat for one in placed), median(one.lon for one in placed), 0.0)
    usual = median(km(one, middle) for one in placed)
    for one in placed:
        if km(one, middle) > 4 * usual + 8:
            one.trusted = False


def _members(old: list[Spot]) -> dict[str, list[Spot]]:
    members: dict[str, list[Spot]] = defaultdict(list)
    for one in old:
        if one.trusted and len(one.successors) == 1:
            members[one.successors[0]].append(one)
    return members


def _move_new(old: list[Spot], new: dict[str, Spot]) -> list[Finding]:
    """A new centroid far from all its parts, which lie close together, gives way to their middle."""
    findings = []
    for code, parts in _members(old).items():
        unit = new[code]
        middle = Spot("", "", "", median(one.lat for one in parts), median(one.lon for one in parts), 0.0)
        apart, spread = km(unit, middle), max(km(one, middle) for one in parts)
        agreed = (len(parts) > 1 and spread < apart / 2) or code in OLD_TRUSTED
        if agreed and apart > 3 * unit.radius:
            findings.append(
                _moved(
                    "new centroid", unit, middle, f"{apart:.0f} km from the middle of its {len(parts)} parts"
                )
            )
            unit.lat, unit.lon = middle.lat, middle.lon
            findings += _resized(unit, [one.area for one in parts])
    return findings


def _resized(unit: Spot, parts: list[float]) -> list[Finding]:
    """The area of a misplaced unit may be another place's too; few parts tell nothing (an island's box is sea)."""
    whole = sum(parts)
    if len(parts) < ENOUGH_PARTS or whole / AREA_FITS < unit.area < whole * AREA_FITS:
        return []
    finding = Finding(
        "area", unit.code, unit.name, f"{unit.area:.1f}", f"{whole:.1f}", "sum of its parts' boxes"
    )
    unit.area = whole
    return [finding]


def _moved(what: str, unit: Spot, to: Spot, reason: str) -> Finding:
    return Finding(
        what, unit.code, unit.name, f"{unit.lat:.4f} {unit.lon:.4f}", f"{to.lat:.4f} {to.lon:.4f}", reason
    )


def _distrust_lone(old: list[Spot], new: dict[str, Spot]) -> None:
    """An unsplit commune far from its only successor was misplaced; but islands of a đặc khu are far apart."""
    for one in old:
        unit = new[one.successors[0]]
        if len(one.successors) == 1 and far(one, unit) and not unit.name.startswith("Đặc khu"):
            one.trusted = False


def _drop_far(one: Spot, new: dict[str, Spot], districts: dict[str, list[Spot]]) -> list[Finding]:
    """Keeps the successors beside the old commune; where its place is unknown, those beside its neighbours'."""
    keep = [code for code in one.successors if one.trusted and not far(one, new[code])]
    one.trusted = bool(keep)
    if not keep:
        neighbours = {
            code for two in districts[one.district] if len(two.successors) == 1 for code in two.successors
        }
        anchors = [new[code] for code in one.successors if code in neighbours] or [new[one.successors[0]]]
        keep = [code for code in one.successors if any(km(new[code], anchor) <= FAR_KM for anchor in anchors)]
    if keep == one.successors:
        return []
    lost = ", ".join(
        f"{new[code].name} ({_apart(one, new[code])})" for code in one.successors if code not in keep
    )
    finding = Finding(
        "successors", one.code, one.name, " ".join(one.successors), " ".join(keep), f"not: {lost}"
    )
    one.successors = keep
    return [finding]


def _apart(one: Spot, unit: Spot) -> str:
    return f"{km(one, unit):.0f} km away" if one.trusted else "took nothing else of its district"


def _move_old(one: Spot, unit: Spot) -> Finding:
    finding = _moved("old centroid", one, unit, f"not found by the source's geocoder: stands at {unit.name}")
    one.lat, one.lon = unit.lat, unit.lon
    return finding
