"""One-time invitations: how an officer's or a collaborator's chat address becomes known."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.domain.messages import Address
from bot.domain.officers import Officer, Role
from bot.ports import NewReport, UnitOfWork
from bot.services.duty import telling
from bot.services.tools import Tools

INVITATION = "invitation"
LIFE = timedelta(days=7)
TRIES = 5
TRIES_ALL = 300
TRY_WINDOW = timedelta(hours=1)
"""So many wrong tokens from one address, and from all, within this time."""


@dataclass(frozen=True, slots=True, repr=False)
class Enrolled:
    officer: Officer


def invite(
    uow: UnitOfWork,
    tools: Tools,
    officer: int,
    now: datetime,
    *,
    by: str = "system",
    leaves: int | None = None,
) -> str:
    """A token that enrols one address of this officer, once, within a week.

    `leaves`: the conversation of the collaborator who goes; its cases come along to whoever redeems.
    """
    token = tools.signer.token()
    subject = f"officer:{officer}" if leaves is None else f"officer:{officer}:conversation:{leaves}"
    uow.links.put(INVITATION, tools.signer.digest(INVITATION, token), subject, now + LIFE)
    uow.ledger.note("officer.invited", actor=by, subject=f"officer:{officer}", at=now)
    return token


def redeem(uow: UnitOfWork, tools: Tools, address: Address, token: str, now: datetime) -> Enrolled | None:
    """Enrol this address; None for a token that is used, over, forged or meant for another channel."""
    who = _who(tools, address)
    if _too_many(uow, who, now):
        return None
    hashed = tools.signer.digest(INVITATION, token)
    subject = uow.links.peek(INVITATION, hashed, now)
    officer = named(uow, subject)
    if subject is None or officer is None or not _fits(tools, officer, address):
        uow.links.tried(INVITATION, who, now)
        return None
    if uow.links.take(INVITATION, hashed, now) is None:
        return None
    leaves = subject.partition(":conversation:")[2]
    if leaves:
        uow.office.leave(officer.id)
        _take_along(uow, int(leaves), address, now)
    uow.office.enrol(officer.id, address, now)
    uow.ledger.note(
        "officer.enrolled",
        actor=f"officer:{officer.id}",
        subject=f"officer:{officer.id}",
        detail=address.channel,
        at=now,
    )
    return Enrolled(officer)


def named(uow: UnitOfWork, subject: str | None) -> Officer | None:
    """The officer that "officer:12" or "officer:12:…" names, if still in office."""
    return None if subject is None else telling.in_office(uow, int(subject.split(":")[1]))


def _fits(tools: Tools, officer: Officer, address: Address) -> bool:
    """Collaborators enrol where citizens write, everybody else on the officers' channels."""
    traits = tools.traits.get(address.channel)
    if traits is not None and traits.mixed:
        return True
    return (officer.role is Role.COLLABORATOR) is not (address.channel in tools.officer_channels)


def _take_along(uow: UnitOfWork, old: int, address: Address, now: datetime) -> None:
    """The cases of who leaves are now the newcomer's to follow; who left hears no more of them."""
    known = uow.conversations.get(old)
    new, _ = uow.conversations.load(address)
    if known is None or new == old:
        return
    for case in uow.cases.of_conversation(old, limit=200):
        uow.cases.add_report(
            case.id,
            NewReport(
                conversation=new,
                assessment=None,
                answers={},
                source=address.channel,
                at=now,
                safe_to_write=None,
            ),
        )
        for report in uow.cases.reports(case.id):
            if report.conversation == old:
                uow.cases.save_report(case.id, old, report.answers, safe_to_write=False)
    uow.conversations.save(old, replace(known[1], case=None, earlier=(), report=None, question_open=False))


def _who(tools: Tools, address: Address) -> str:
    whole = f"{address.channel}|{address.account}|{address.person}"
    return tools.signer.digest("attempts", whole).hex()[:16]


def _too_many(uow: UnitOfWork, who: str, now: datetime) -> bool:
    since = now - TRY_WINDOW
    return (
        uow.links.attempts(INVITATION, who, since) >= TRIES
        or uow.links.attempts(INVITATION, "", since) >= TRIES_ALL
    )
