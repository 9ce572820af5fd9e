"""Everything that one officer has goes to another: a leave, a new post, a lost telephone."""

from datetime import datetime

from bot.domain.cases import OfficerId
from bot.domain.messages import Line
from bot.domain.officers import Officer
from bot.ports import Queue, UnitOfWork
from bot.services import duty
from bot.services.casework import acts, steps
from bot.services.casework.outcome import Done, Outcome, Refusal
from bot.services.duty import telling
from bot.services.tools import Tools

MOST = 500
"""Open cases of one officer in one step."""
PAGE = 200


def hand_over_all(
    uow: UnitOfWork, tools: Tools, from_: Officer, to: int, now: datetime, reason: str = ""
) -> Outcome:
    """Each open case is transferred and rung (bundled); what the other must not have stays and is named."""
    other = telling.in_office(uow, to)
    if other is None or other.id == from_.id:
        return Refusal(Line("desk.no_such_officer"))
    words = reason.strip() or tools.words.render(Line("desk.hand_over_reason"), "vi")
    owned = uow.cases.queue(Queue(owner=OfficerId(from_.id), limit=MOST))
    left = 0
    for case in owned:
        outcome = acts.transfer(uow, tools, case.id, from_, to, words, now)
        left += isinstance(outcome, Refusal)
    values: dict[str, str | int | Line] = {"count": len(owned) - left, "name": other.name, "left": left}
    uow.ledger.note(
        "officer.handed_over",
        actor=f"officer:{from_.id}",
        subject=f"officer:{from_.id}",
        detail=f"to:officer:{to} cases:{len(owned) - left} left:{left}",
        at=now,
    )
    return Done(Line("desk.handed_over_some" if left else "desk.handed_over", values))


def release_left(uow: UnitOfWork, tools: Tools, now: datetime) -> int:
    """After an import: what somebody who left the office still has is nobody's again and rings. How many."""
    here = {officer.id for officer in uow.office.roster().officers}
    released, after = 0, None
    while page := uow.cases.queue(Queue(after=after, limit=PAGE)):
        after = page[-1].id
        for case in page:
            if case.owner is not None and case.owner not in here:
                steps.record(uow, case.id, None, "owner_left", now, detail=f"officer:{case.owner}")
                duty.reopen(uow, tools, case, now)
                released += 1
    return released
