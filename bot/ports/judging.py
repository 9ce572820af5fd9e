"""What was judged after the triage: by officers, kept beside the assessment, and by a second reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.cases import CaseId, OfficerId
from bot.domain.understanding import Assessment


class About(StrEnum):
    """What somebody judged otherwise."""

    URGENCY = "urgency"
    KIND = "kind"
    ALSO = "also"
    """Further kinds: codes separated by spaces."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """An officer sees it otherwise than it stood: who, when, what it was and what they say. Codes only."""

    case: CaseId
    officer: OfficerId
    at: datetime
    about: About
    was: str
    said: str
    assessment: int | None = None
    """The stored assessment that was the newest then; None: nothing was assessed."""
    version: str = ""
    """Of the rules and the model that made it."""
    id: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Assessed:
    """A stored assessment; None where its words were erased."""

    id: int
    case: CaseId
    at: datetime
    version: str
    assessment: Assessment | None


@dataclass(frozen=True, slots=True)
class Unread:
    """A case with words of its reporter that no second reader has read."""

    case: CaseId
    newest: int
    """The last entry with such words: read up to there, it is read."""
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """A conversation with words that no case holds and no second reader has read."""

    conversation: int
    heard_at: datetime


Readable = Unread | Draft


class Judgements(Protocol):
    def add(self, judgement: Judgement) -> int:
        """Its `assessment` and `version` are looked up: those of the newest assessment of the triage."""

    def of(self, case: CaseId) -> Sequence[Judgement]: ...

    def assessments(self, case: CaseId) -> Sequence[Assessed]:
        """Every one of the case, oldest first."""

    def cases(self, after: CaseId, limit: int) -> Sequence[CaseId]:
        """Cases with judgements, by number, after this one."""


class Readings(Protocol):
    def due(self, now: datetime, quiet: datetime, since: datetime, limit: int) -> Sequence[Unread]:
        """Open cases with new words, all from before `quiet` and the newest from after `since`, oldest first.

        Left out: restricted cases, those whose erasure was asked for, those put off to later than `now`.
        """

    def done(self, case: CaseId, upto: int) -> None:
        """Read, or given up, up to this entry."""

    def put_off(self, case: CaseId, until: datetime) -> int:
        """Try again then; returns how often it was tried."""
