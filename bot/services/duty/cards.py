"""The officer's card: number, kind, urgency, commune and time left; never the child's words or a name."""

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain import desk
from bot.domain.cases import Case
from bot.domain.duty import LOCAL
from bot.domain.messages import Address, Choice, Line
from bot.domain.officers import Officer
from bot.domain.titles import KIND, URGENCY
from bot.services.tools import Tools

MAC_BYTES = 9
"""72 bits: twelve characters of a button's 64 bytes."""
ROWS = 20
"""Cases listed in one bundle; the rest is named by its number of cases."""
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Card:
    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()


def signer(tools: Tools, officer: int, address: Address) -> desk.Sign:
    """Signs buttons for one officer at one address: nobody else can press them."""

    def sign(said: str) -> str:
        whole = f"{said}|{officer}|{address.channel}|{address.account}|{address.person}"
        return urlsafe_b64encode(tools.signer.digest("tap", whole)[:MAC_BYTES]).decode()

    return sign


def headline(tools: Tools, case: Case) -> Line:
    """One line that says which case: "Vụ 7 · khẩn cấp · bạo lực · Phường An Khánh"."""
    return Line(
        "card.headline",
        {
            "case": case.id,
            "urgency": URGENCY[case.urgency],
            "kind": KIND[case.kind],
            "place": place(tools, case),
        },
    )


def place(tools: Tools, case: Case) -> Line:
    unit = case.unit or case.residence
    return Line("card.place", {"place": tools.unit_name(unit)}) if unit else Line("card.no_place")


def time_left(case: Case, now: datetime) -> Line | None:
    """How long until the 12 hours end, and since when they run; None where the law sets no limit."""
    if case.due_at is None:
        return None
    since = clock(case.clock_from)
    left = case.due_at - now
    if left <= timedelta(0):
        return Line("card.overdue", {"since": since})
    if left < HOUR:
        return Line("card.left_minutes", {"minutes": left // MINUTE, "since": since})
    return Line("card.left", {"hours": left // HOUR, "minutes": left % HOUR // MINUTE, "since": since})


def clock(at: datetime) -> str:
    """Local hour and day, as people here write it."""
    return at.astimezone(LOCAL).strftime("%H:%M %d/%m")


def facts(tools: Tools, case: Case, now: datetime) -> list[Line]:
    """What a card may say."""
    lines = [headline(tools, case)]
    if (left := time_left(case, now)) is not None:
        lines.append(left)
    if case.needs_listening:
        lines.append(Line("card.listen"))
    if case.restricted:
        lines.append(Line("card.restricted"))
    if case.reports > 1:
        lines.append(Line("card.reports", {"count": case.reports}))
    return lines


def stack(lines: Sequence[Line]) -> Line:
    """The lines one below the other, as one paragraph."""
    first, *rest = lines
    return Line("card.stack", {"first": first, "rest": stack(rest)}) if rest else first


def alert_card(
    tools: Tools, case: Case, officer: int, to: Address, now: datetime, *, alert: int | None, phone_111: bool
) -> Card:
    """The card that rings."""
    sign = signer(tools, officer, to)
    lines, choices = facts(tools, case, now), card_choices(sign, case, alert)
    if not has_buttons(tools, to):
        if phone_111:
            lines.append(Line("card.phone_111_reply", {"case": case.id}))
        return Card((stack(lines), Line("card.reply", {"case": case.id})))
    if phone_111:
        lines.append(Line("card.phone_111"))
        choices.append(Choice(Line("button.phoned"), desk.tap(sign, "phone", case.id), once=True))
    return Card((stack(lines),), tuple(choices))


def card_choices(sign: desk.Sign, case: Case, alert: int | None = None) -> list[Choice]:
    return [
        Choice(
            Line("button.take"),
            desk.tap(sign, "take", case.id, "" if alert is None else str(alert)),
            once=True,
        ),
        Choice(Line("button.transfer"), desk.tap(sign, "pass", case.id)),
        Choice(Line("button.open"), desk.tap(sign, "open", case.id)),
    ]


def bundle_card(tools: Tools, cases: Sequence[Case], officer: Officer, to: Address, now: datetime) -> Card:
    """Several alerts in one message, the most urgent first."""
    sign = signer(tools, officer.id, to)
    first = sorted(
        cases, key=lambda case: (-case.urgency.rank, case.due_at is None, case.due_at or now, case.id)
    )
    lines = [Line("bundle.title", {"count": len(first)}), *(row(tools, case, now) for case in first[:ROWS])]
    if len(first) > ROWS:
        lines.append(Line("bundle.more", {"count": len(first) - ROWS}))
    if not has_buttons(tools, to):
        return Card((stack(lines), Line("card.reply", {"case": first[0].id})))
    room = tools.traits[to.channel].buttons - 1 if to.channel in tools.traits else ROWS
    choices = [
        Choice(Line("button.take_case", {"case": case.id}), desk.tap(sign, "take", case.id), once=True)
        for case in first[:ROWS][:room]
    ]
    return Card((stack(lines),), (*choices, Choice(Line("button.cases"), desk.tap(sign, "cases"))))


def row(tools: Tools, case: Case, now: datetime, status: Line | None = None) -> Line:
    """The case in one line of a list."""
    parts = [headline(tools, case), *([status] if status else []), *_short_left(case, now)]
    if case.needs_listening:
        parts.append(Line("row.listen"))
    if case.restricted:
        parts.append(Line("row.restricted"))
    return _beside(parts)


def _short_left(case: Case, now: datetime) -> list[Line]:
    if case.due_at is None:
        return []
    left = case.due_at - now
    if left <= timedelta(0):
        return [Line("row.overdue")]
    return [Line("row.left", {"hours": left // HOUR, "minutes": left % HOUR // MINUTE})]


def _beside(parts: Sequence[Line]) -> Line:
    first, *rest = parts
    return Line("row.beside", {"first": first, "rest": _beside(rest)}) if rest else first


def has_buttons(tools: Tools, to: Address) -> bool:
    traits = tools.traits.get(to.channel)
    return traits is None or traits.buttons > 0
