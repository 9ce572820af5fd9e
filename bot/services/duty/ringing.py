"""Rings officers: alert rows, the cards that carry them, and bundles for whoever is rung very often."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import assert_never

from bot.domain import escalation
from bot.domain.cases import (
    Alert,
    AlertState,
    Case,
    OfficerId,
    Rung,
    Status,
    Watch,
    WatchState,
)
from bot.domain.duty import excluded
from bot.domain.escalation import Alarm, Ring, WornOff
from bot.domain.messages import Address, Lane
from bot.domain.officers import Officer
from bot.domain.replacing import replace
from bot.ports import UnitOfWork
from bot.services import letters
from bot.services.duty import bundling, cards, sounding, telling
from bot.services.tools import Tools

Known = Collection[tuple[OfficerId, str]]
"""Officers and channels that were rung for this case already."""


def climb(
    uow: UnitOfWork, tools: Tools, case: Case, watch: Watch, now: datetime, known: Known = frozenset()
) -> Watch:
    """Carry out whatever the watch asks for by now, and save it; `known` are not rung a second time."""
    while (due := escalation.next_move(watch, now)) is not None:
        watch = due.watch
        match due:
            case Ring(_, rungs, supervisors, repeated):
                watch = ring(uow, tools, case, watch, rungs, now, known)
                if repeated:
                    sounding.silence(uow, tools, case, watch, supervisors, now)
            case WornOff(_, rungs, taken_by):
                case = sounding.worn_off(uow, tools, case, taken_by, now)
                watch = ring(uow, tools, case, watch, rungs, now)
            case Alarm(_, rungs, left):
                sounding.alarm(uow, tools, case, rungs, left, now)
            case _:
                assert_never(due)
    uow.watches.save(watch)
    return watch


def ring(
    uow: UnitOfWork,
    tools: Tools,
    case: Case,
    watch: Watch,
    rungs: Sequence[Rung],
    now: datetime,
    known: Known = frozenset(),
) -> Watch:
    """Ring these rungs; where one cannot be rung at all the next goes out at once."""
    last_failed = False
    for rung in rungs:
        if (rung.officer, rung.channel) not in known:
            last_failed = not _ring_one(uow, tools, case, watch, rung, now)
    if not last_failed:
        return watch
    following = escalation.refused(watch, watch.rung, now)
    return watch if following is None else climb_on(uow, tools, case, following, now)


def climb_on(uow: UnitOfWork, tools: Tools, case: Case, following: Ring, now: datetime) -> Watch:
    """A rung was refused: ring what follows."""
    watch = ring(uow, tools, case, following.watch, following.rungs, now)
    if following.repeated:
        sounding.silence(uow, tools, case, watch, following.supervisors, now)
    return watch


def _ring_one(uow: UnitOfWork, tools: Tools, case: Case, watch: Watch, rung: Rung, now: datetime) -> bool:
    """One alert row and its card; False where this officer has no address there (any more)."""
    officer = uow.office.officer(rung.officer)
    address = telling.address_on(uow, rung.officer, rung.channel)
    if officer is None or excluded(officer, case.excluded):
        return False
    wait = None if address is None else bundling.wait_for(uow, tools, case, rung, address, now)
    alert = Alert(
        id=0,
        watch=watch.id,
        case=case.id,
        officer=rung.officer,
        channel=rung.channel,
        rung=escalation.index_of(watch, rung),
        state=AlertState.FAILED if address is None else AlertState.RAISED,
        raised_at=now,
        bundle_at=None if wait is None else now + wait,
        urgency=case.urgency,
    )
    id_ = uow.watches.add_alert(alert)
    sounding.record(
        uow, case, "alerted", rung.officer, f"alert:{id_} {rung.channel} {rung.who} {alert.state}", now
    )
    if address is None:
        return False
    if wait is None:
        _send(uow, tools, case, officer, rung, address, id_, now)
    return True


def _send(
    uow: UnitOfWork,
    tools: Tools,
    case: Case,
    officer: Officer,
    rung: Rung,
    to: Address,
    alert: int,
    now: datetime,
) -> None:
    card = cards.alert_card(tools, case, officer.id, to, now, alert=alert, phone_111=rung.phone_111)
    letters.say(
        uow,
        tools,
        to,
        card.lines,
        now,
        lang=telling.lang_of(tools, officer),
        choices=card.choices,
        case=case.id,
        lane=Lane.ALERT,
        alert=alert,
    )


def is_over(case: Case | None, watch: Watch) -> bool:
    """Whether nothing is left to watch over."""
    return case is None or case.status in (Status.CLOSED, Status.HANDED_ON) or watch.state is WatchState.DONE


def without_owner(case: Case) -> Case:
    """Nobody has it (any more)."""
    return replace(case, status=Status.NEW, owner=None, taken_at=None)
