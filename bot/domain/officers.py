"""Who answers for children here: officers, absences, duty hours, and the policies that climb the ladder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.kinds import Kind, Urgency


class Role(StrEnum):
    """A part that somebody plays in the office.

    Nghị định 56/2017 Điều 25-32: the commune chair decides, the commune's child-protection worker does the
    work, commune police receive too; Sở Y tế answers for the province (Thông tư 20/2025/TT-BYT).
    """

    COMMUNE_OFFICER = "commune_officer"
    CHAIR = "chair"
    POLICE = "police"
    PROVINCE = "province"
    PROVINCE_DUTY = "province_duty"
    SPEAKER = "speaker"  # speaks a language that the office does not
    COLLABORATOR = "collaborator"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, repr=False)
class Officer:
    """One person of the office, as imported; chat addresses come from enrolment and stand apart."""

    id: int
    code: str
    """The office's own short code: what deputies, shifts and absences refer to."""
    name: str
    role: Role
    phone: str = ""
    units: tuple[str, ...] = ()
    """Commune codes; a 2-digit province code means the whole province."""
    kinds: tuple[Kind, ...] = ()
    """Empty: every kind."""
    languages: tuple[str, ...] = ("vi",)
    channels: tuple[str, ...] = ()
    """In order of preference."""
    deputy: str = ""
    supervisor: str = ""
    reachable: frozenset[str] = frozenset()
    """Channels with a working, enrolled address."""
    on_duty: bool = True
    """/truc and /nghi."""

    def __repr__(self) -> str:
        return f"Officer({self.id}, {self.role})"


@dataclass(frozen=True, slots=True)
class Absence:
    """From `start` to `end` (aware, end excluded) this officer is not asked."""

    officer: str
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Shift:
    """Weekly duty hours, local time; one that ends before it starts runs past midnight."""

    officer: str
    weekdays: tuple[int, ...]
    """Monday is 0."""
    start: time
    end: time


@dataclass(frozen=True, slots=True)
class PolicyStep:
    """Whom to alert next and how long to wait for an answer before the step after it."""

    who: str
    """A role, or "responsible", "deputy", "supervisor", "speaker"."""
    wait: timedelta
    """What each person has, shared among their channels. Zero: goes out together with the next step."""
    phone_111: bool = False
    """This person is told to phone 111 and to record it."""
    kinds: tuple[Kind, ...] = ()
    """Only for these kinds; empty: every kind."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How silence climbs for one urgency."""

    urgency: Urgency
    steps: tuple[PolicyStep, ...]
    repeat: timedelta
    """Between repeats of the last step: it never just stops."""
    wears_off: timedelta
    """An acknowledgement without action lasts this long."""
    quiet: tuple[time, time] | None = None
    """Local hours (from, to) in which this can wait until morning; only below urgent."""


@dataclass(frozen=True, slots=True)
class NumberFact:
    """How far a telephone number can be trusted."""

    verified: date | None = None
    """The day somebody last called it and it answered."""
    expires: date | None = None
    """From this day on it must not be told any more."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """The office at one moment; immutable, loaded once per version."""

    officers: tuple[Officer, ...]
    absences: tuple[Absence, ...] = ()
    shifts: tuple[Shift, ...] = ()
    policies: Mapping[Urgency, Policy] = field(default_factory=dict)
    default_route: tuple[str, ...] = ()
    """Officer codes that answer for whatever nobody else does; compulsory."""
    numbers: Mapping[str, str] = field(default_factory=dict)
    """Telephone numbers: "111", "113", "114", "115", "112", "office", by what they are for."""
    number_facts: Mapping[str, NumberFact] = field(default_factory=dict)
    """When each of `numbers` was last verified, under the same key."""
    limits_hours: Mapping[str, int] = field(default_factory=dict)
    """Local, shorter limits for the 12 hours, by unit code ("" for all); never longer than the law's."""
    name: str = ""
    """The office's public name."""
    home: str = ""
    """2-digit code of its province."""
    province_of: Mapping[str, str] = field(default_factory=dict)
    """Commune code → province code, from the table of units; empty: communes that officers name are home."""
    version: int = 0
