"""One thing that is wrong with a campaign, and what a check may look at besides it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from bot.domain.campaigns.occurrences import Dates
from bot.domain.campaigns.preview import Say, Surface
from bot.domain.campaigns.subscribers import Reach
from bot.domain.messages import Line


class Level(IntEnum):
    NOTE = 0
    """To think of."""
    HINDERS = 1
    """May be saved as a draft, may not be proposed or approved."""
    WRONG = 2
    """Is not even saved."""


@dataclass(frozen=True, slots=True)
class Finding:
    level: Level
    code: str
    """For programs: "text.too_long"."""
    line: Line
    """For whoever wrote it."""
    field: str = ""
    """Where: "texts.vi.zalo_oa", "schedule", "picture", "quiz.1" …"""


@dataclass(frozen=True, slots=True)
class Known:
    """What a check may look at besides the campaign."""

    now: datetime
    surfaces: Mapping[str, Surface]
    """By channel name, of the channels that are configured and that campaigns go out on."""
    dates: Dates
    values: Mapping[str, str]
    """Of the run's placeholders, as far as the office can fill them."""
    units: frozenset[str]
    """Every commune and province code; empty: not checked."""
    languages: tuple[str, ...]
    say: Mapping[str, Say] = field(default_factory=dict)
    """By language."""
    reach: Reach | None = None
    """Where it was counted."""
    commune: str = ""
    """The longest name that {commune} becomes; "": not known."""
