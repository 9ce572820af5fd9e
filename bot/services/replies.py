"""What a platform still lets us write to the reporters of a case, and what that has cost, in an officer's words."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.domain.cases import Case, CaseId
from bot.domain.messages import Address, Line
from bot.ports import Contact, UnitOfWork
from bot.services import reaching
from bot.services.duty import cards, telling
from bot.services.reaching import Way
from bot.services.tools import Tools


def of_case(uow: UnitOfWork, tools: Tools, case: Case, now: datetime) -> tuple[Line, ...]:
    """A sentence for each way to a reporter that we would write on, where its platform counts letters and days."""
    ways = (reaching.way(uow, to) for _, to, _ in telling.reporters(uow, case.id) if _counts(tools, to))
    return tuple(_told(way, way.contact, now) for way in ways if way.contact is not None)


def cost_of_talks(uow: UnitOfWork, tools: Tools, case: CaseId) -> Mapping[str, int]:
    """Messages by kind (`Spent.kind`) in the conversations with its reporters, also from before the case opened."""
    spent: Counter[str] = Counter()
    for to in _talks(uow, case):
        if _counts(tools, to):
            spent.update(uow.contacts.cost_of_person(to))
    return spent


def _talks(uow: UnitOfWork, case: CaseId) -> Iterator[Address]:
    for id_ in sorted({row.conversation for row in uow.cases.reports(case) if row.conversation is not None}):
        if (known := uow.conversations.get(id_)) is not None:
            yield known[0]


def _counts(tools: Tools, to: Address) -> bool:
    traits = tools.traits.get(to.channel)
    return traits is not None and traits.window is not None


def _told(way: Way, contact: Contact, now: datetime) -> Line:
    if contact.blocked:
        return Line("replies.blocked")
    if contact.window_until is None:
        return Line("replies.unknown")
    until = cards.clock(contact.window_until)
    if not contact.is_open(now):
        return Line("replies.closed", {"until": until})
    if way.nothing_left(now):
        return Line("replies.none", {"until": until})
    return Line("replies.open", {"until": until, "left": _left(way, contact, now)})


def _left(way: Way, contact: Contact, now: datetime) -> Line:
    """Free ones while there are any, then what the office pays for."""
    if contact.has_free(now) and contact.free_until is not None:
        free = cards.clock(contact.free_until)
        if contact.remain is None:
            return Line("replies.free", {"until": free})
        return Line("replies.free_left", {"until": free, "count": contact.remain})
    quota = way.quota
    if quota is None or not quota.kind or not quota.remain:
        return Line("replies.paid")  # of the other quotas nothing is known
    return Line("replies.paid_left", {"count": quota.remain})
