"""The administrative units as data: those of 2025, and the old ones that people still name."""

from dataclasses import dataclass, field
from datetime import date

from bot.domain.understanding import Unit


@dataclass(frozen=True, slots=True)
class OldUnit:
    """A commune as it was until `UnitTable.until`, and the communes of 2025 that took it over."""

    code: str
    """5-digit code of the time; five island districts had no commune: they carry their successor's."""
    name: str
    """With its type: "Xã Ea Kao", "Thị trấn Quảng Phú", "Phường 5"."""
    district: str
    """3-digit code."""
    lat: float
    lon: float
    area_km2: float
    """Estimated (half of the bounding box): good for telling near from far, for nothing else."""
    successors: tuple[str, ...]
    """5-digit codes of 2025; the one that took most of it, or its office, first."""
    also: tuple[str, ...] = ()
    """Still older names, folded and written together ("dinhxuyen"), merged into it from 2019 on."""
    valid_to: date = date(2025, 6, 30)


@dataclass(frozen=True, slots=True)
class District:
    """A district (huyện, quận, thị xã, thành phố), abolished on 2025-07-01 (Luật 72/2025/QH15)."""

    code: str
    name: str
    province: str
    """2-digit code of the old province."""
    also: tuple[str, ...] = ()
    """Older names, folded and written together, with their type ("quan9", "huyenlongdien")."""


@dataclass(frozen=True, slots=True)
class OldProvince:
    """One of the 63 provinces until 2025-06-30 and the province of 2025 that it went into."""

    code: str
    name: str
    successor: str


@dataclass(frozen=True, slots=True, repr=False)
class UnitTable:
    """All units: 34 provinces and 3,321 communes from `since`, 63 / 696 / 10,040 old ones until `until`."""

    since: date
    until: date
    provinces: tuple[Unit, ...]
    communes: tuple[Unit, ...]
    old_provinces: tuple[OldProvince, ...] = ()
    districts: tuple[District, ...] = ()
    old: tuple[OldUnit, ...] = field(default=())
