"""What a message is understood to say: the values that triage and place finding hand to the conversation."""

from dataclasses import dataclass, field
from datetime import date

from bot.domain.kinds import Environment, Kind, Reporter, Urgency


@dataclass(frozen=True, slots=True, repr=False)
class Reason:
    """One step of the judgement: the rule's name (a key of the catalogue) and the words it rests on.

    The words are the citizen's own: they are sealed with the case and shown on the desk only.
    """

    rule: str
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class Assessment:
    """Kind, urgency and why; labels as an intake officer would set them from the text alone."""

    kind: Kind
    urgency: Urgency
    also: tuple[Kind, ...] = ()
    environment: Environment = Environment.UNKNOWN
    reporter: Reporter = Reporter.UNKNOWN
    ages: tuple[int, ...] = ()
    children: int | None = None
    place: str | None = None
    """The exact substring of the text that names the place."""
    confidence: float = 0.0
    """0 to 1, for the kind."""
    reasons: tuple[Reason, ...] = ()
    likeliest: tuple[Kind, ...] = ()
    """The two likeliest kinds, best first, when the kind is unsure; else empty."""
    language: str = "vi"
    """vi, en, or "other" for a text that is in neither."""
    version: str = ""
    """Of rules and model: kept with every stored assessment."""


@dataclass(frozen=True, slots=True)
class PlaceGuess:
    """One commune of 2025 that the words or the pin may mean."""

    unit: str
    """5-digit commune code (Quyết định 19/2025/QĐ-TTg)."""
    confidence: float
    words: str = field(default="", repr=False)
    """The words (as typed) it rests on; empty for a pin."""


@dataclass(frozen=True, slots=True)
class Places:
    """The communes that a text or a pin may mean, best first, and what to ask where that is not enough."""

    units: tuple[PlaceGuess, ...] = ()
    needs: str | None = None
    """None (sure enough), or "which" (several fit: ask or tell all), "where" (nothing certain was named)."""
    beside: str = field(default="", repr=False)
    """School, market, hamlet: words kept beside the unit."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the map, WGS 84 degrees; accuracy in metres where the phone tells it."""

    lat: float = field(repr=False)
    lon: float = field(repr=False)
    accuracy: float | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A province (2 digits) or a commune (5 digits) as of 2025-07-01, or an old commune with its district."""

    code: str
    name: str
    """With its type: "Phường Buôn Ma Thuột", "Xã Ea Kao", "Tỉnh Đắk Lắk"."""
    province: str
    """2-digit code of the province; for a province, its own."""
    lat: float
    lon: float
    area_km2: float
    valid_from: date = date(2025, 7, 1)
    """Luật Tổ chức chính quyền địa phương 72/2025/QH15."""
