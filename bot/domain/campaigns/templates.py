"""Templates that a platform has approved: what may go to people outside its reply window, word for word the same."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from bot.domain.campaigns.placeholders import fill
from bot.domain.messages import Approved, Gap


class Tag(IntEnum):
    """What Zalo has approved a template as."""

    TRANSACTION = 1
    CARE = 2
    PROMOTION = 3  # from 06:00 to 21:59 only


class ParamKind(StrEnum):
    """What a parameter was registered as: Zalo limits each."""

    NAME = "name"
    ADDRESS = "address"
    CODE = "code"
    STATUS = "status"
    LABEL = "label"


LIMITS: Mapping[ParamKind, int] = {
    ParamKind.NAME: 30,
    ParamKind.ADDRESS: 200,
    ParamKind.CODE: 30,
    ParamKind.STATUS: 30,
    ParamKind.LABEL: 30,
}
"""Characters (Zalo Notification Service, parameters of a template)."""


@dataclass(frozen=True, slots=True)
class Param:
    """One gap of a template, made of the campaign's placeholders."""

    value: str
    kind: ParamKind = ParamKind.LABEL

    @property
    def most(self) -> int:
        return LIMITS[self.kind]


@dataclass(frozen=True, slots=True)
class Template:
    """The office's own: its id comes from Zalo, which approved its words."""

    id: str
    params: Mapping[str, Param] = field(default_factory=dict)
    tag: Tag = Tag.CARE

    def filled(self, values: Mapping[str, str]) -> Approved:
        """With what is the same for a whole run; {commune} stays until the letter goes."""
        gaps = {name: Gap(fill(param.value, values), param.most) for name, param in self.params.items()}
        return Approved(self.id, gaps, promotional=self.tag is Tag.PROMOTION)
