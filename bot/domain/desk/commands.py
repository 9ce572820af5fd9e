"""The closed list of what an officer may want, and what an officer is in the middle of."""

from dataclasses import dataclass

from bot.domain.cases import CaseId, OfficerId, Result, Status
from bot.domain.kinds import Urgency
from bot.domain.messages import Attachment


@dataclass(frozen=True, slots=True, repr=False)
class Album:
    """Where the first piece of an album went: the others, which come one by one, go there too."""

    id: str
    """The platform's."""
    case: CaseId | None = None
    """None: nobody knew which."""
    answer: str = ""
    """The key of what was said; said of a further piece only where that fares otherwise."""


@dataclass(frozen=True, slots=True, repr=False)
class OfficerState:
    """What an officer is in the middle of."""

    asking: str = ""
    """The action that waits for words: "pass", "note", "ask", "close", "hand" or "urg"; empty: none."""
    case: CaseId | None = None
    """The case in hand: what is typed without a number means this one."""
    arg: str = ""
    """What was chosen before the words were asked for: an officer's id, a result, an urgency."""
    words: str = ""
    """Typed before the choice that they belong to was made."""
    album: Album | None = None
    """The newest one, whose pieces may still be arriving."""

    def hand(self, album: str) -> CaseId | None:
        """The case that a picture belongs to whose words name none; `album`: of which it is a piece, or empty."""
        return self.album.case if self.album is not None and self.album.id == album else self.case


# --- the closed list of commands ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Help:
    pass


@dataclass(frozen=True, slots=True)
class MyCases:
    """/viec"""


@dataclass(frozen=True, slots=True)
class Duty:
    """/truc and /nghi"""

    on: bool


@dataclass(frozen=True, slots=True)
class Open:
    case: CaseId


@dataclass(frozen=True, slots=True)
class Take:
    case: CaseId
    alert: int | None = None
    """The alert whose card was pressed."""


@dataclass(frozen=True, slots=True)
class Phoned:
    """111 was phoned: the last rung records it."""

    case: CaseId


@dataclass(frozen=True, slots=True, repr=False)
class Transfer:
    case: CaseId
    to: OfficerId | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Note:
    case: CaseId
    text: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Attach:
    """Pictures and files for a case, sent as they are; what stands below them is a note."""

    case: CaseId
    attachments: tuple[Attachment, ...]
    text: str = ""
    perhaps: CaseId | None = None
    """Another case that the words may name: they do where this officer may know of a case with that number."""
    leads: bool = False
    """The words begin with it: then it is meant; named further on it must be asked for."""


@dataclass(frozen=True, slots=True, repr=False)
class AskReporter:
    case: CaseId
    text: str = ""


@dataclass(frozen=True, slots=True)
class SetStatus:
    case: CaseId
    status: Status | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Close:
    case: CaseId
    result: Result | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class HandOn:
    """To another province or body: `words` say where and why."""

    case: CaseId
    words: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class SetUrgency:
    case: CaseId
    urgency: Urgency | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """Everything that this officer has, to one other."""

    to: OfficerId | None = None
    sure: bool = False


@dataclass(frozen=True, slots=True)
class LogIn:
    """A one-time link to the desk page."""


@dataclass(frozen=True, slots=True)
class Devices:
    """The open sessions; `drop` ends one of them."""

    drop: int | None = None


@dataclass(frozen=True, slots=True)
class Campaigns:
    """/chien_dich: what runs today; with `act` ("approve", "pause", "resume", "ask_stop", "stop") one of them."""

    act: str = ""
    campaign: int = 0
    version: int = 0
    """What the officer saw when agreeing."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A button of a campaign's test letter."""


@dataclass(frozen=True, slots=True, repr=False)
class Redeem:
    token: str


@dataclass(frozen=True, slots=True)
class Cancel:
    pass


@dataclass(frozen=True, slots=True)
class BadButton:
    """Forged, of somebody else, or of a time before: does nothing and says so."""


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing that we know; `why` is a key below "desk.unclear."."""

    why: str


@dataclass(frozen=True, slots=True)
class Away:
    """The officer blocked us: this address no longer reaches them."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Wants no answer."""


OfCase = (
    Open | Take | Phoned | Transfer | Note | Attach | AskReporter | SetStatus | Close | HandOn | SetUrgency
)
Command = (
    OfCase
    | Help
    | MyCases
    | Duty
    | HandOver
    | LogIn
    | Devices
    | Campaigns
    | Tried
    | Redeem
    | Cancel
    | BadButton
    | Unclear
    | Away
    | Nothing
)
