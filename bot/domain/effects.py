"""The closed list of what a citizen's turn may ask for; `services.recording` carries each of them out."""

from dataclasses import dataclass, field

from bot.domain.cases import CaseId, EntryKind
from bot.domain.conversation import Conversation, Report
from bot.domain.kinds import Urgency
from bot.domain.messages import Ask, Attachment, Choice, Line


@dataclass(frozen=True, slots=True)
class Say:
    """One message to the person: its lines are paragraphs."""

    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()
    ask: Ask | None = None
    nod: bool = False
    """Says no more than that it was heard: a sign under the person's message will do, which costs no reply."""


@dataclass(frozen=True, slots=True, repr=False)
class OpenCase:
    """Open a case with what is known: its words and attachments, kind, urgency, place; alert whom it concerns."""

    report: Report


@dataclass(frozen=True, slots=True)
class IssueReceipt:
    """Draw a receipt for the case just opened (or the present one) and tell it: random, so not decided here."""


@dataclass(frozen=True, slots=True, repr=False)
class UpdateCase:
    """What the open case's report has become: place, kind, answers, who is accused."""

    report: Report
    before: Report | None = field(default=None, compare=False)
    """What of it the case has already: what has not changed is not written again."""


@dataclass(frozen=True, slots=True, repr=False)
class AddWords:
    """Exact words for the case's timeline; `code` is the question's key for answers."""

    case: CaseId | None
    """None: the case opened in this same turn."""
    text: str
    kind: EntryKind = EntryKind.WORDS
    code: str = ""
    matters: bool = True
    """False for courtesies: a closed case reopens only for words that matter."""


@dataclass(frozen=True, slots=True, repr=False)
class AddAttachments:
    case: CaseId | None
    attachments: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class RaiseUrgency:
    """Later words made it worse: never lowers."""

    case: CaseId | None
    urgency: Urgency


@dataclass(frozen=True, slots=True)
class TellOfficer:
    """Something the officer of the case must know: "cancelled", "corrected", "erasure_asked", "blocked" …"""

    case: CaseId | None
    code: str


@dataclass(frozen=True, slots=True)
class JoinHazard:
    """This report is about a hazard already open: count it there."""

    case: CaseId


@dataclass(frozen=True, slots=True, repr=False)
class OpenReceipt:
    """Somebody typed something that looks like a receipt: 16 digits. Attempts are limited."""

    digits: str


@dataclass(frozen=True, slots=True)
class AskErasure:
    """A request to delete: an officer decides."""


@dataclass(frozen=True, slots=True, repr=False)
class Redeem:
    """A deep-link argument or code word that may be an invitation."""

    token: str


@dataclass(frozen=True, slots=True)
class LeaveCollaboration:
    """A collaborator stops (or hands over): one word on, one word off."""

    hand_over: bool


Effect = (
    Say
    | OpenCase
    | IssueReceipt
    | UpdateCase
    | AddWords
    | AddAttachments
    | RaiseUrgency
    | TellOfficer
    | JoinHazard
    | OpenReceipt
    | AskErasure
    | Redeem
    | LeaveCollaboration
)


@dataclass(frozen=True, slots=True, repr=False)
class Turn:
    """What became of the conversation, and what is asked for, in this order."""

    conversation: Conversation
    effects: tuple[Effect, ...] = ()
