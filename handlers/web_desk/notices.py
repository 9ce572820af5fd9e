"""Letters to an officer: shown on the open page, read, and then their words go."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.domain import desk as talk
from bot.domain.cases import CaseId
from bot.domain.desk import OfficerState
from bot.domain.messages import Heard, HeardKind, Letter
from bot.domain.officers import Officer
from bot.ports import Delivered, UnitOfWork
from bot.services import duty
from bot.services.duty import cards
from handlers.web_desk.channel import address
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import Form, see_other
from handlers.web_wire.numbers import number

NOTICES = 30


@dataclass(frozen=True, slots=True, repr=False)
class Notice:
    """A letter to the officer, and the cases that it speaks of."""

    id: int
    text: str
    at: str
    alert: bool
    cases: tuple[CaseId, ...]


async def read(desk: Desk, visit: Visit, form: Form) -> web.Response:
    """The notices have been read: their words go."""
    now, upto = desk.clock(), number(form.get("upto", "")) or 0

    def work(uow: UnitOfWork) -> None:
        to = address(visit.officer.id)
        for letter in uow.outbox.waiting_for(to, 0, NOTICES):
            if letter.alert is not None and letter.id <= upto:
                duty.seen(uow, letter.alert, now)
        uow.outbox.seen(to, upto, now)

    if upto:
        await desk.door.ask(work)
    return see_other("/desk")


async def delivered(desk: Desk, officer: Officer, after: int = 0) -> Sequence[Letter]:
    """Letters that wait for this officer; the alerts among them have now reached somebody's screen."""
    to, now = address(officer.id), desk.clock()
    letters = await desk.door.look(lambda uow: uow.outbox.waiting_for(to, after, NOTICES))
    alerts = [letter.alert for letter in letters if letter.alert is not None]
    if alerts:

        def work(uow: UnitOfWork) -> None:
            for alert in alerts:
                duty.alert_settled(uow, desk.tools, alert, Delivered(), now)

        await desk.door.ask(work)
    return letters


def notice(desk: Desk, officer: Officer, letter: Letter) -> Notice:
    return Notice(
        id=letter.id,
        text=letter.text,
        at=cards.clock(letter.at) if letter.at else "",
        alert=letter.alert is not None,
        cases=tuple(dict.fromkeys(_cases(desk, officer, letter))),
    )


def _cases(desk: Desk, officer: Officer, letter: Letter) -> list[CaseId]:
    """What the letter's own buttons would open."""
    to = address(officer.id)
    sign = cards.signer(desk.tools, officer.id, to)
    found = []
    for button in (button for row in letter.buttons for button in row if button.tap):
        heard = Heard(to, "", HeardKind.TAP, desk.clock(), tap=button.tap)
        match talk.parse(heard, OfficerState(), sign):
            case talk.Open(case) | talk.Take(case):
                found.append(case)
            case _:
                pass
    return found
