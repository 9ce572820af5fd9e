"""Who answers for a case: the ladder of officers for its place, kind, language and this hour."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.domain.cases import Case, Ladder, OfficerId, Rung
from bot.domain.duty import DESK, channels, excluded, indexed
from bot.domain.kinds import Urgency
from bot.domain.officers import Officer, Policy, PolicyStep, Role, Roster
from bot.domain.replacing import replace
from bot.domain.staff import Staff, concerns

PATIENCE = timedelta(minutes=5)
REPEAT = timedelta(minutes=15)
WEARS_OFF = timedelta(hours=1)
"""Of an office without any policy: only its default route answers then."""

COMMUNE_STEPS = frozenset({"deputy", Role.CHAIR, Role.POLICE, Role.COMMUNE_OFFICER})
"""Steps that nobody can take while the place is unknown or outside the province."""


def responsible(case: Case, roster: Roster, now: datetime) -> Ladder:
    """The ladder for this case at this moment.

    Rungs follow the policy of the case's urgency: each step's people (of the unit, for the kind, on duty, not
    accused), each on all their channels before the next person. Whoever was passed over is named in the
    reasons. Empty only if nobody at all may be asked: the default route rings even off duty and without an
    enrolled address (then on the desk), rather than nobody.
    """
    policy, reasons = _policy(roster, case.urgency)
    staff = Staff(case, indexed(roster), now, reasons)
    staff.find()
    climb = _Climb(staff)
    for step in _steps(policy, case):
        climb.step(step)
    climb.default_route(policy)
    climb.phone_111(policy)
    return Ladder(
        rungs=tuple(climb.rungs),
        repeat=policy.repeat,
        wears_off=policy.wears_off,
        supervisors=climb.supervisors(),
        reasons=tuple(dict.fromkeys(reasons)),
        quiet=None if case.urgency.rank >= Urgency.URGENT.rank else policy.quiet,
    )


def handed_to(case: Case, officer: Officer, roster: Roster, now: datetime) -> Ladder:
    """The ladder after a transfer: this officer first, then everybody who answers anyway."""
    ladder = responsible(case, roster, now)
    why = excluded(officer, case.excluded) or ("" if officer.reachable else f"unreachable:{officer.code}")
    if why:
        return replace(ladder, reasons=(*ladder.reasons, why))
    policy, _ = _policy(roster, case.urgency)
    patience = max((step.wait for step in policy.steps[:2]), default=PATIENCE)
    rest = tuple(rung for rung in ladder.rungs if rung.officer != officer.id)
    return replace(
        ladder,
        rungs=(*_rungs(officer, "transferred", patience), *rest),
        reasons=(*ladder.reasons, f"transferred:{officer.code}"),
    )


def _policy(roster: Roster, urgency: Urgency) -> tuple[Policy, list[str]]:
    """The policy of this urgency, else of the nearest one (the more urgent first), else a bare default."""
    by_nearness = sorted(
        Urgency, key=lambda other: (other.rank < urgency.rank, abs(other.rank - urgency.rank))
    )
    found = next((roster.policies[other] for other in by_nearness if other in roster.policies), None)
    if found is None:
        return Policy(urgency, (), REPEAT, WEARS_OFF), [f"policy_missing:{urgency}"]
    return found, [] if found.urgency is urgency else [f"policy_missing:{urgency}:{found.urgency}"]


def _steps(policy: Policy, case: Case) -> Iterator[PolicyStep]:
    """The steps that concern this case; speakers come first for a language that is not the office's."""
    foreign = case.language != "vi"
    if foreign and all(step.who != "speaker" for step in policy.steps):
        yield PolicyStep("speaker", timedelta(0))
    for step in policy.steps:
        if concerns(case, step.kinds) and (foreign or step.who != "speaker"):
            yield step


def _rungs(officer: Officer, who: str, wait: timedelta, *, phone_111: bool = False) -> list[Rung]:
    """All channels of one person share the person's time, so that a long list of channels delays nobody."""
    ways = channels(officer) or (DESK,)
    return [Rung(OfficerId(officer.id), way, wait / len(ways), who, phone_111) for way in ways]


@dataclass(slots=True)
class _Climb:
    """The ladder while it is being built."""

    staff: Staff
    rungs: list[Rung] = field(default_factory=list)
    asked: dict[int, Officer] = field(default_factory=dict)
    ended: bool = False
    """Whether the policy's last step found somebody."""

    def step(self, step: PolicyStep) -> None:
        """Add the rungs of one step; an empty one is named and skipped."""
        self.ended = False
        if not self.staff.placed and step.who in COMMUNE_STEPS:
            self.staff.reasons.append(f"no_unit:{step.who}")
            return
        people = self.staff.ready(self.staff.meant(step.who, self.asked.values()))
        self.ended = bool(people)
        if not people:
            self.staff.reasons.append(f"empty:{step.who}")
        for officer in people:
            self._ring(officer, step.who, step.wait, phone_111=step.phone_111)

    def default_route(self, policy: Policy) -> None:
        """Whatever the policy does not bring to an end, ends here."""
        if self.ended:
            return
        wait = (policy.steps[-1].wait if policy.steps else None) or PATIENCE
        for officer, why in self.staff.default_route(alone=not self.rungs):
            self.staff.reasons += [f"default:{officer.code}", *([why] if why else [])]
            self._ring(officer, "default", wait)

    def phone_111(self, policy: Policy) -> None:
        """Whoever turns out to be last is told to phone 111, also where the policy's last step is empty."""
        told = any(rung.phone_111 for rung in self.rungs)
        if self.rungs and not told and any(step.phone_111 for step in policy.steps):
            last = self.rungs[-1].who
            self.rungs = [replace(rung, phone_111=True) if rung.who == last else rung for rung in self.rungs]

    def supervisors(self) -> tuple[Rung, ...]:
        """All channels at once: they are told, not waited for."""
        people = self.staff.supervisors(self.asked.values())
        return tuple(rung for officer in people for rung in _rungs(officer, "supervisor", timedelta(0)))

    def _ring(self, officer: Officer, who: str, wait: timedelta, *, phone_111: bool = False) -> None:
        if officer.id not in self.asked:
            self.asked[officer.id] = officer
            self.rungs += _rungs(officer, who, wait, phone_111=phone_111)
