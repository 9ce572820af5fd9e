"""Invented people and what they say."""

from datetime import UTC, datetime, timedelta
from itertools import count

from bot.domain.cases import Case, CaseId, Ladder, OfficerId, Rung, Status, Watch, WatchState
from bot.domain.kinds import Kind, Urgency
from bot.domain.messages import Address, Heard, HeardKind, Lane
from bot.domain.officers import Officer, Policy, PolicyStep, Role, Roster
from bot.ports import NewLetter

NOW = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
AN = Address("telegram_public", "main", "700100200")
BI = Address("telegram_public", "main", "700100201")
HOA = Address("telegram_officers", "main", "900900001")
MINH = Address("telegram_officers", "main", "900900002")
_messages = count(1)


def heard(sender: Address, text: str, message: str = "", at: datetime = NOW) -> Heard:
    return Heard(sender, message or f"m{next(_messages)}", HeardKind.TEXT, at, text=text)


def letter(
    to: Address, text: str, lane: Lane = Lane.CONVERSATION, due_at: datetime | None = None
) -> NewLetter:
    return NewLetter(lane, to, text, due_at=due_at)


def a_case(
    kind: Kind = Kind.VIOLENCE,
    urgency: Urgency = Urgency.URGENT,
    opened_at: datetime = NOW,
    unit: str | None = "24163",
) -> Case:
    due = opened_at + timedelta(hours=12)
    return Case(CaseId(0), kind, urgency, Status.NEW, opened_at, opened_at, due, unit=unit)


def a_watch(case: CaseId, again_at: datetime | None) -> Watch:
    rungs = (Rung(OfficerId(1), "telegram_officers", 5 * MINUTE, "responsible"),)
    ladder = Ladder(rungs, 10 * MINUTE, 60 * MINUTE, reasons=("absent:MINH",))
    return Watch(0, case, WatchState.RINGING, Urgency.URGENT, ladder, NOW, again_at=again_at)


def a_roster() -> Roster:
    hoa = Officer(0, "HOA", "Trần Thị Hoa", Role.COMMUNE_OFFICER, "0900000001", units=("24163",))
    minh = Officer(0, "MINH", "Lê Minh", Role.POLICE, "0900000002", units=("24163",))
    lan = Officer(0, "LAN", "Nguyễn Lan", Role.COLLABORATOR, "0900000003", units=("24163",))
    policy = Policy(Urgency.URGENT, (PolicyStep("responsible", 5 * MINUTE),), 10 * MINUTE, 60 * MINUTE)
    return Roster((hoa, minh, lan), policies={Urgency.URGENT: policy}, default_route=("HOA",), home="66")
