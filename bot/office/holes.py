"""Where a case would find nobody: what must be mended before an office may rely on its ladder."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.cases import Ladder
from bot.domain.duty import DAY, LOCAL, WEEK
from bot.domain.kinds import Kind, Urgency
from bot.domain.officers import Role, Roster
from bot.domain.routing import responsible
from bot.office.situations import situations

NATIONAL = ("111", "112", "113", "114", "115")
"""Told in emergencies: an office without them cannot answer one."""

TRUST = timedelta(days=365)
"""How long a local number is believed after somebody last called it."""

LONGEST = {Urgency.EMERGENCY: timedelta(hours=1), Urgency.URGENT: timedelta(hours=12)}
"""Until the last person of the ladder is asked."""

FAILED = ("off_duty_rung", "no_address", "last_resort")
UNWATCHED = frozenset({Role.ADMIN, Role.COLLABORATOR})
"""Not on any ladder, so they need no address for alerts."""


@dataclass(frozen=True, slots=True, order=True)
class Hole:
    """One kind of hole; `who` is a word of the policy, an officer's code, a number's name or an urgency."""

    what: str
    who: str = ""
    urgency: str = ""
    serious: bool = True
    """False: worth knowing, but everybody is still reached."""


@dataclass(slots=True)
class Where:
    """Where and when a hole shows."""

    units: dict[str | None, None]
    kinds: dict[Kind, None]
    first: datetime | None = None


Holes = dict[Hole, Where]


def find_holes(roster: Roster, now: datetime) -> Holes:
    """Every hole with the units and kinds it concerns; looks one week ahead."""
    holes: Holes = {hole: Where({}, {}) for hole in _of_the_office(roster, now)}
    for situation in situations(roster, now):
        ladder = responsible(situation.case, roster, situation.at)
        for hole in of_a_ladder(ladder, situation.case.urgency):
            where = holes.setdefault(hole, Where({}, {}, situation.at))
            where.units[situation.case.unit] = None
            where.kinds |= dict.fromkeys(situation.kinds)
            where.first = min(where.first or situation.at, situation.at)
    return holes


def of_a_ladder(ladder: Ladder, urgency: Urgency) -> Iterator[Hole]:
    """What one ladder lacks, read from its reasons; a missing speaker is named for the office as a whole."""
    if not ladder.rungs:
        yield Hole("nobody", "", urgency)
    for reason in ladder.reasons:
        what, _, who = reason.partition(":")
        if what == "empty" and who != "speaker":
            yield Hole("empty", who, urgency)
        elif what in FAILED:
            yield Hole(what, who, urgency)
    whole = sum((rung.wait for rung in ladder.rungs[:-1]), timedelta())
    if whole > LONGEST.get(urgency, whole):
        yield Hole("slow", "", urgency, serious=False)


def _of_the_office(roster: Roster, now: datetime) -> Iterator[Hole]:
    yield from _default_route(roster)
    yield from (Hole("policy", "", urgency) for urgency in Urgency if urgency not in roster.policies)
    yield from _people(roster, now)
    yield from _numbers(roster, now.astimezone(LOCAL).date())
    spoken = {language for officer in roster.officers for language in officer.languages}
    if not spoken.difference(("vi", "en")):
        yield Hole("speaker", serious=False)


def _default_route(roster: Roster) -> Iterator[Hole]:
    officers = {officer.code: officer for officer in roster.officers}
    route = [officers[code] for code in roster.default_route if code in officers]
    yield from (Hole("default_unknown", code) for code in roster.default_route if code not in officers)
    if not any(officer.reachable for officer in route):
        yield Hole("default_route")


def _people(roster: Roster, now: datetime) -> Iterator[Hole]:
    deputies = {officer.deputy: officer.code for officer in roster.officers if officer.deputy}
    codes = {officer.code for officer in roster.officers}
    for officer in roster.officers:
        if not officer.reachable and officer.role not in UNWATCHED:
            yield Hole("unreachable", officer.code)
        if officer.deputy and officer.deputy not in codes:
            yield Hole("deputy_unknown", officer.code)
    end = now + WEEK * DAY
    for absence in roster.absences:
        if absence.officer in deputies and absence.start < end and now < absence.end:
            yield Hole("deputy_away", absence.officer)


def _numbers(roster: Roster, today: date) -> Iterator[Hole]:
    yield from (Hole("number_missing", name) for name in NATIONAL if name not in roster.numbers)
    for name in roster.numbers:
        fact = roster.number_facts.get(name)
        if fact is not None and fact.expires is not None and fact.expires <= today:
            yield Hole("number_expired", name)
        elif name not in NATIONAL and (
            fact is None or fact.verified is None or today - fact.verified > TRUST
        ):
            yield Hole("number_old", name, serious=False)
