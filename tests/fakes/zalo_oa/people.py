"""People who know the Official Account, as Zalo knows them: when they last interacted, what they got."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

Json = dict[str, Any]
FREE_REPLIES = 8


@dataclass(frozen=True, slots=True)
class Sent:
    """One message that arrived at somebody's phone."""

    person: str
    path: str
    text: str
    at: datetime
    buttons: tuple[Mapping[str, Any], ...] = ()
    template: str = ""
    """The id of a ZBS template, with `data`."""
    data: Mapping[str, Any] = field(default_factory=dict)
    picture: str = ""
    shares: bool = False
    """The form that asks for contact details."""
    quota: str = ""


@dataclass(slots=True)
class Person:
    """Somebody with Zalo."""

    id: str
    last_interaction: datetime | None = None
    replies: int = 0
    """Sent to them since then."""
    blocks_us: bool = False
    gone: bool = False
    phone: str = ""
    letters: list[Sent] = field(default_factory=list)
    reactions: list[tuple[str, str]] = field(default_factory=list)
    """(message, icon)"""

    def interacts(self, at: datetime) -> None:
        self.last_interaction = at
        self.replies = 0

    @property
    def texts(self) -> list[str]:
        return [letter.text for letter in self.letters]
