"""What one person and we have said so far, as far as the next turn needs it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.cases import CaseId, Hazard, Status
from bot.domain.desk import OfficerState
from bot.domain.kinds import Kind
from bot.domain.messages import Attachment, Voice
from bot.domain.understanding import Assessment, Places, Point


@dataclass(frozen=True, slots=True, repr=False)
class Report:
    """A report in the making: each answer is kept as it comes, in the reporter's exact words."""

    started_at: datetime
    """The first message that held reportable information."""
    words: tuple[str, ...] = ()
    """Free text so far that no case holds yet; emptied into the case's timeline when it opens."""
    assessment: Assessment | None = None
    kind: Kind | None = None
    """Chosen by the person or understood."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """Question id → exact words, or "-" for skipped."""
    unit: str | None = None
    residence: str | None = None
    places: Places = Places()
    """The guesses while the place is unsure."""
    point: Point | None = None
    attachments: tuple[Attachment, ...] = ()
    """Received before a case holds them."""
    case: CaseId | None = None
    """Once opened."""
    accused: tuple[str, ...] = ()
    """Roles of people who must not receive it ("police", "chair", "commune_officer", "teacher" …)."""
    hazard_same: CaseId | None = None
    """The open hazard that this report adds to."""
    opened: bool = False
    """A case holds it; `case` is filled in from the conversation once its number is known."""
    receipt: bool = False
    """The receipt was told (not yet: the case opened while nobody was there to read it)."""
    restricted: bool = False
    """Pictures came with a report of sexual abuse: no preview, named access only."""


@dataclass(frozen=True, slots=True, repr=False)
class Conversation:
    """State of one person's conversation; sealed at rest."""

    lang: str = "vi"
    voice: Voice = Voice.UNKNOWN
    greeted: bool = False
    asking: str = ""
    """Id of the question that waits for an answer; empty: none."""
    asked_at: int = 0
    """Counts our questions: a button of an older one is known by its number."""
    report: Report | None = None
    case: CaseId | None = None
    """The case that further words belong to."""
    earlier: tuple[CaseId, ...] = ()
    question_open: bool = False
    """An officer has asked something and waits."""
    question_waits: CaseId | None = None
    """An officer of this case has asked something that could not be told here."""
    question_waits_too: tuple[CaseId, ...] = ()
    """Officers of these cases as well, in the order in which they asked: theirs are put one after the other."""
    question_named: bool = False
    """They were told that something waits, where writing what it is was called unsafe."""
    same_as: int | None = None
    """The conversation that this reporter began with, where they came back by its receipt."""
    safe_to_write: bool | None = None
    contact: str = ""
    """How and when it is safe to write back, in the person's own words."""
    wake_at: datetime | None = None
    """After this quiet time an unfinished report becomes a case."""
    heard_at: datetime | None = None
    album: str = ""
    """The album whose photos are still arriving: answered once."""
    blocked: bool = False
    withheld: int = 0
    """How often lately the platform told us that they wrote, and kept back what."""
    withheld_at: datetime | None = None
    jokes: int = 0
    """Messages in a row that were nothing: the answers get shorter."""
    second_read: datetime | None = None
    """The `heard_at` up to which a second reader has read the draft."""
    officer: OfficerState | None = None
    """What an officer is in the middle of; None: nothing, or not an officer."""


@dataclass(frozen=True, slots=True)
class Collaborator:
    """An enrolled village collaborator (cộng tác viên)."""

    id: int
    unit: str
    """Own commune: the default place."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """What a conversation may know of its case; nothing of it identifies anybody."""

    id: CaseId
    kind: Kind
    status: Status
    unit: str | None
    opened_at: datetime
    taken_at: datetime | None = None
    asked: bool = False
    """An officer's question waits for an answer."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision may look at besides the conversation; functions here are pure."""

    assess: Callable[[Assessment | None, tuple[str, ...]], Assessment]
    """(earlier, texts) → all taken together; later words can only raise."""
    find: Callable[[str], Places]
    answer: Callable[[str], Places]
    """As `find`, for what somebody says when asked where: a bare name is a place then."""
    near: Callable[[Point], Places]
    hazards: Callable[[Point], tuple[Hazard, ...]]
    """Open drowning hazards within 250 m, nearest first."""
    unit_name: Callable[[str], str]
    numbers: Mapping[str, str] = field(default_factory=dict)
    office: str = ""
    web: str = ""
    """Address of the web chat page."""
    oa: str = ""
    """Address of the office's Official Account on Zalo, where it has one."""
    withholds: bool = False
    """The channel keeps back all that some people write (traits)."""
    collaborator: Collaborator | None = None
    mine: tuple[CaseView, ...] = ()
    """A collaborator's reports, newest first."""
    case: CaseView | None = None
    languages: tuple[str, ...] = ("vi", "en")
    crowded: bool = False
    """This person writes faster than the limit: short answers, but an emergency is never held back."""
    location: bool = True
    photos_kept: int = 20_000_000
    """Largest file in bytes that the channel hands over."""
