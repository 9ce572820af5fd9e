"""A small invented office for the tests of duty rules: one commune, its people, and a province behind it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.cases import Case, CaseId, Excluded, Status
from bot.domain.kinds import Kind, Urgency
from bot.domain.officers import Officer, Policy, PolicyStep, Role, Roster

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
"""Friday, 12:00 in Vietnam."""
HERE, ELSEWHERE, ABROAD, HOME = "24163", "24169", "00004", "66"
FIVE = timedelta(minutes=5)


def officer(id_: int, code: str, role: Role, *units: str, **fields: object) -> Officer:
    """Reachable on the desk unless the test says otherwise."""
    made = Officer(
        id_, code, f"Người {code}", role, units=units, channels=("desk",), reachable=frozenset({"desk"})
    )
    return replace(made, **fields)  # type: ignore[arg-type]


HOA = officer(1, "HOA", Role.COMMUNE_OFFICER, HERE, deputy="MINH", supervisor="SUP")
MINH = officer(2, "MINH", Role.COMMUNE_OFFICER, ELSEWHERE)
CHAIR = officer(3, "CHAIR", Role.CHAIR, HERE)
POLICE = officer(4, "POLICE", Role.POLICE, HERE)
DUTY = officer(5, "DUTY", Role.PROVINCE_DUTY, HOME)
SUP = officer(6, "SUP", Role.SUPERVISOR, HOME)
RAD = officer(7, "RAD", Role.SPEAKER, HOME, languages=("vi", "rad"))

EVERYBODY = (HOA, MINH, CHAIR, POLICE, DUTY, SUP, RAD)

STEPS = (
    PolicyStep("responsible", FIVE),
    PolicyStep("police", timedelta(0), kinds=(Kind.VIOLENCE, Kind.SEXUAL_ABUSE)),
    PolicyStep("deputy", FIVE),
    PolicyStep("chair", FIVE),
    PolicyStep("province_duty", FIVE, phone_111=True),
)

OFFICE = Roster(
    officers=EVERYBODY,
    policies={
        urgency: Policy(urgency, STEPS, timedelta(minutes=10), timedelta(minutes=30)) for urgency in Urgency
    },
    default_route=("DUTY",),
    home=HOME,
    province_of={HERE: HOME, ELSEWHERE: HOME, ABROAD: "01"},
)


def with_officers(*changed: Officer, roster: Roster = OFFICE) -> Roster:
    """The office with these officers in place of those with the same code."""
    new = {one.code: one for one in changed}
    kept = tuple(new.pop(one.code, one) for one in roster.officers)
    return replace(roster, officers=kept + tuple(new.values()))


def case(**fields: object) -> Case:
    """A child beaten now in the commune HERE."""
    made = Case(
        id=CaseId(1),
        kind=Kind.VIOLENCE,
        urgency=Urgency.EMERGENCY,
        status=Status.NEW,
        opened_at=NOON,
        clock_from=NOON,
        due_at=NOON + timedelta(hours=12),
        unit=HERE,
        excluded=Excluded(),
    )
    return replace(made, **fields)  # type: ignore[arg-type]
