"""What an officer or the system may want to do with a case."""

from dataclasses import dataclass, field

from bot.domain.cases import Excluded, Result
from bot.domain.kinds import Kind, Urgency
from bot.domain.officers import Officer


@dataclass(frozen=True, slots=True)
class Take:
    """Tiếp nhận."""

    by: Officer


@dataclass(frozen=True, slots=True)
class Act:
    """Something was done for the child: đang xử lý. Whoever acts on a case that nobody has, takes it."""

    by: Officer


@dataclass(frozen=True, slots=True)
class Transfer:
    """Chuyển: to another officer of the office, who has to take it; until then the ladder rings."""

    by: Officer
    to: Officer
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class HandOn:
    """To another province or body: it is no longer this office's."""

    by: Officer
    reason: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Close:
    by: Officer
    result: Result


@dataclass(frozen=True, slots=True)
class Reopen:
    """Its writer added something that matters (`by` is None), or an officer had second thoughts."""

    by: Officer | None = None


@dataclass(frozen=True, slots=True)
class SetUrgency:
    """Raising is free, also for the triage (`by` is None); lowering asks for an officer and a reason."""

    urgency: Urgency
    by: Officer | None = None
    reason: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SetKind:
    by: Officer
    kind: Kind
    also: tuple[Kind, ...] = ()


@dataclass(frozen=True, slots=True)
class SetPlace:
    """Corrected communes; what is None stays."""

    by: Officer
    unit: str | None = None
    residence: str | None = None


@dataclass(frozen=True, slots=True)
class Listened:
    """An officer has listened to the voice message."""

    by: Officer


@dataclass(frozen=True, slots=True)
class Accuse:
    """Who must not receive it: added to those already excluded, never taken away here."""

    accused: Excluded
    owner: Officer | None = None
    """Who has the case now: loses it if accused."""


@dataclass(frozen=True, slots=True)
class WearOff:
    """Taken, but nothing was done in time: it is nobody's again."""


Action = (
    Take
    | Act
    | Transfer
    | HandOn
    | Close
    | Reopen
    | SetUrgency
    | SetKind
    | SetPlace
    | Listened
    | Accuse
    | WearOff
)
