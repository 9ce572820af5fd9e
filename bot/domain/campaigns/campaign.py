"""What a campaign is: content, audience, schedule, and who wrote and who approved it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.campaigns.schedule import Schedule
from bot.domain.campaigns.templates import Template

EVERY_CHANNEL = ""
"""In `Content.texts`: the text for channels without one of their own."""


class State(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"  # its author asks for approval
    APPROVED = "approved"  # runs by its schedule
    PAUSED = "paused"
    STOPPED = "stopped"  # for good; what is not yet sent is not sent
    DONE = "done"  # no further occurrence


class Group(StrEnum):
    """What a subscriber said to be."""

    CITIZEN = "citizen"
    PARENT = "parent"
    CHILD = "child"
    COLLABORATOR = "collaborator"
    TEACHER = "teacher"
    OFFICER = "officer"


class Topic(StrEnum):
    """What a subscriber wants to hear of."""

    DROWNING = "drowning"
    ABUSE = "abuse"
    CHILD_LABOUR = "child_labour"
    ONLINE_SAFETY = "online_safety"
    RIGHTS = "rights"
    EVENTS = "events"


@dataclass(frozen=True, slots=True)
class Picture:
    """A photo or video kept in the store of public files."""

    digest: str
    """SHA-256, hexadecimal."""
    mime: str
    size: int
    """Bytes."""
    alt: Mapping[str, str] = field(default_factory=dict)
    """By language, for people who do not see it."""


@dataclass(frozen=True, slots=True)
class Quiz:
    """One question; texts by language."""

    code: str
    question: Mapping[str, str]
    answers: tuple[Mapping[str, str], ...]
    right: int
    """Index in `answers`."""
    explanation: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Event:
    """A class or forum that people can say they will come to."""

    code: str
    name: Mapping[str, str]
    at: datetime
    """Aware UTC."""
    place: Mapping[str, str]
    seats: int | None = None
    remind: timedelta = timedelta(days=1)
    """Before it begins."""


@dataclass(frozen=True, slots=True)
class Content:
    """Texts by language and channel, with placeholders such as {commune} that are checked when saved."""

    texts: Mapping[str, Mapping[str, str]]
    """Language -> channel (or EVERY_CHANNEL) -> text."""
    picture: Picture | None = None
    links: Mapping[str, str] = field(default_factory=dict)
    """Code -> https address; {link:CODE} in a text becomes a counted short link of our own."""
    quiz: tuple[Quiz, ...] = ()
    event: Event | None = None
    templates: Mapping[str, Template] = field(default_factory=dict)
    """Channel -> what goes to people there whose reply window has closed; without one they get nothing."""


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom it is for; an empty filter means everybody."""

    groups: tuple[Group, ...] = ()
    units: tuple[str, ...] = ()
    """Commune codes (5 digits) and province codes (2 digits)."""
    tags: tuple[str, ...] = ()
    """Area tags of the office: river_bank, industrial_zone, border, ethnic_minority …; any of them."""
    languages: tuple[str, ...] = ()
    topics: tuple[Topic, ...] = ()
    channels: tuple[str, ...] = ()
    subscribed: date | None = None
    """Only who said yes on this local day: set for one run of a personal rule (`due.audience_of`), never saved."""
    born_in: int | None = None
    """Only those whose child was born in this year; set as `subscribed` is."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where an official slogan comes from."""

    title: str
    year: int | None = None
    address: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class Campaign:
    """One campaign with its whole state; `version` guards against two hands at once."""

    id: int
    code: str
    """The office's own short code, unique: what files and commands refer to."""
    title: str
    content: Content
    audience: Audience
    schedule: Schedule
    state: State = State.DRAFT
    author: int | None = None
    """Officer id; None: shipped or imported."""
    approver: int | None = None
    approved_at: datetime | None = None
    urgent: bool = False
    """An urgent notice goes ahead of every other campaign; quiet hours do not hold it up."""
    promotional: bool = False
    """Counts as advertising on platforms that restrict hours for it."""
    theme_year: int | None = None
    """Its text belongs to this year; in another year it needs a new approval."""
    sources: tuple[Source, ...] = ()
    next_at: datetime | None = None
    """The next occurrence, stored and indexed."""
    version: int = 0
