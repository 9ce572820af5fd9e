"""What we answer an officer, the same on every channel."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain import desk
from bot.domain.cases import Case, CaseId, Status
from bot.domain.desk import OfficerState, Sign
from bot.domain.duty import excluded
from bot.domain.messages import Address, Button, Choice, Lane, Line
from bot.domain.officers import Officer, Role
from bot.domain.titles import ROLE, STATUS
from bot.ports import UnitOfWork
from bot.services import letters
from bot.services.duty import cards, permits, telling
from bot.services.officers import access
from bot.services.tools import Tools

PEOPLE = 8
"""Names offered at once; whoever is not among them is chosen on the desk page."""


@dataclass(frozen=True, slots=True, repr=False)
class Link:
    label: Line
    url: str


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """Lines, choices and links; `state` is what the officer is in the middle of afterwards."""

    lines: tuple[Line, ...]
    choices: tuple[Choice, ...] = ()
    links: tuple[Link, ...] = ()
    state: OfficerState = field(default_factory=OfficerState)
    keeps_numbers: bool = False
    """What the numbers shown before mean still holds."""


@dataclass(frozen=True, slots=True, repr=False)
class Scene:
    """One turn of one officer."""

    uow: UnitOfWork
    tools: Tools
    officer: Officer
    person: Address
    state: OfficerState
    sign: Sign
    now: datetime


def speak(scene: Scene, reply: Reply) -> OfficerState:
    """Put the reply into the outbox; returns the state."""
    lang = telling.lang_of(scene.tools, scene.officer)
    if not reply.keeps_numbers:
        scene.uow.offers.end_numbers(scene.person)
    letters.say(
        scene.uow,
        scene.tools,
        scene.person,
        reply.lines,
        scene.now,
        lang=lang,
        choices=reply.choices,
        links=_buttons(scene, reply.links, lang),
        case=reply.state.case,
        lane=Lane.CONVERSATION,
    )
    return reply.state


def _buttons(scene: Scene, links: Sequence[Link], lang: str) -> list[Button]:
    return [Button(scene.tools.words.render(link.label, lang), url=link.url) for link in links]


def said(line: Line, case: CaseId | None = None) -> Reply:
    """One sentence, nothing asked."""
    return Reply((line,), state=OfficerState(case=case))


def choice(
    scene: Scene, label: Line, action: str, case: CaseId | None = None, arg: str = "", *, once: bool = False
) -> Choice:
    """`once`: pressing it does something at once, and not only shows or asks (`Choice.once`)."""
    return Choice(label, desk.tap(scene.sign, action, case, arg), once=once)


def case_card(scene: Scene, case: Case, first: Line | None = None) -> Reply:
    """The case as a card with what this officer may do now; details open on the desk page."""
    lines = [*([first] if first else []), *cards.facts(scene.tools, case, scene.now)]
    owner = None if case.owner is None else scene.uow.office.officer(case.owner)
    if owner is None:
        lines.append(Line("card.status", {"status": STATUS[case.status]}))
    else:
        lines.append(Line("card.owner", {"status": STATUS[case.status], "name": owner.name}))
    return Reply(
        (cards.stack(lines),), tuple(_actions(scene, case)), _details(scene, case), OfficerState(case=case.id)
    )


def _details(scene: Scene, case: Case) -> tuple[Link, ...]:
    if not scene.tools.public_url or not permits.reads(scene.uow, case, scene.officer):
        return ()
    url = access.case_link(scene.uow, scene.tools, scene.officer, case.id, scene.now)
    return (Link(Line("button.details"), url),)


def _actions(scene: Scene, case: Case) -> list[Choice]:
    if case.status is Status.CLOSED:
        return []
    if case.owner is None:
        return cards.card_choices(scene.sign, case)[:2]
    if case.owner != scene.officer.id:
        return []
    return [
        choice(scene, Line("button.status"), "status", case.id),
        choice(scene, Line("button.note"), "note", case.id),
        choice(scene, Line("button.ask"), "ask", case.id),
        choice(scene, Line("button.urgency"), "urg", case.id),
        choice(scene, Line("button.transfer"), "pass", case.id),
        choice(scene, Line("button.close"), "close", case.id),
    ]


def people(scene: Scene, case: Case | None) -> list[Officer]:
    """To whom a case (or everything) may go: colleagues around it who are not accused, nearest first."""
    roster, mine = scene.uow.office.roster(), set(scene.officer.units)
    fit = [
        other
        for other in roster.officers
        if other.id != scene.officer.id
        and other.role not in (Role.COLLABORATOR, Role.ADMIN)
        and (case is None or not excluded(other, case.excluded))
        and (case is None or permits.in_area(case, other, roster) or roster.home in other.units)
    ]
    home = {roster.home}

    def far(other: Officer) -> tuple[bool, bool, bool]:
        """Colleagues of the same commune, then the province; other communes' people only behind them."""
        return mine.isdisjoint(other.units), home.isdisjoint(other.units), not other.on_duty

    return sorted(fit, key=far)[:PEOPLE]


def officer_choice(
    scene: Scene, other: Officer, action: str, case: CaseId | None = None, *, once: bool = False
) -> Choice:
    label = Line("button.officer", {"name": other.name, "role": ROLE[other.role]})
    return choice(scene, label, action, case, str(other.id), once=once)
