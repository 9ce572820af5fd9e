"""Invented officers and citizens, and the policies of their office."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Address
from bot.domain.officers import Officer, Policy, PolicyStep, Role, Roster
from bot.domain.understanding import Assessment
from bot.ports import Traits
from locales.catalogue import load

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
"""Friday, 12:00 in Vietnam."""
HERE, ELSEWHERE, ABROAD, HOME = "24163", "24169", "00004", "66"
MINUTE, FIVE = timedelta(minutes=1), timedelta(minutes=5)
TELEGRAM = "telegram_officers"
NAMES = {HERE: "Phường An Khánh", ELSEWHERE: "Xã Bình Tân", HOME: "Tỉnh Đắk Lắk", ABROAD: "Phường Ba Đình"}
WORDS = load()
ASSESSED = Assessment(Kind.VIOLENCE, Urgency.URGENT, version="test")

STEPS = (
    PolicyStep("responsible", FIVE),
    PolicyStep("chair", FIVE),
    PolicyStep("province_duty", FIVE, phone_111=True),
)
_messages = count(1)


def an_officer(code: str, name: str, role: Role, *units: str, **fields: object) -> Officer:
    made = Officer(0, code, name, role, units=units, channels=(TELEGRAM,))
    return replace(made, **fields)  # type: ignore[arg-type]


PEOPLE = (
    an_officer("HOA", "Trần Thị Hoa", Role.COMMUNE_OFFICER, HERE, supervisor="SUP"),
    an_officer("CHU", "Lê Văn Chủ", Role.CHAIR, HERE),
    an_officer("CAN", "Phạm Công An", Role.POLICE, HERE),
    an_officer("MINH", "Lê Minh", Role.COMMUNE_OFFICER, ELSEWHERE),
    an_officer("TRUC", "Đỗ Trực", Role.PROVINCE_DUTY, HOME),
    an_officer("SUP", "Võ Phụ Trách", Role.SUPERVISOR, HOME),
    an_officer("CTV", "H'Lan Niê", Role.COLLABORATOR, HERE),
)
ROSTER = Roster(
    officers=PEOPLE,
    policies={
        urgency: Policy(urgency, STEPS, timedelta(minutes=10), timedelta(minutes=30)) for urgency in Urgency
    },
    default_route=("TRUC",),
    name="Trung tâm Bảo vệ trẻ em",
    home=HOME,
    province_of={HERE: HOME, ELSEWHERE: HOME, ABROAD: "01"},
)
BUTTONS = Traits(4096, 12, location=True, media=True, download_limit=20_000_000, may_write_first=True)


PEOPLE_BY_CODE = [one.code for one in PEOPLE]
AN = Address("telegram_public", "main", "700100200")
