"""What the database knows of the Official Account, in sentences."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.domain.duty import LOCAL
from bot.domain.messages import Line
from bot.ports import UnitOfWork
from bot.settings import Settings

MONTH = timedelta(days=30)
STANDING = timedelta(days=7)


def status_lines(uow: UnitOfWork, chosen: Settings, now: datetime) -> tuple[Line, ...]:
    """What the database knows of the account."""
    from handlers.zalo_oa.traits import NAME

    account = chosen.zalo_oa_account
    counts = uow.contacts.counts(NAME, now)
    windows = Line(
        "zalo.status.windows",
        {
            "known": counts.known,
            "open": counts.open,
            "free": counts.free,
            "blocked": counts.blocked,
            "held": counts.held,
            "stepped": counts.stepped_back,
        },
    )
    return (
        Line("zalo.status.account", {"account": account}),
        *_tokens(uow, NAME, account),
        windows,
        Line("zalo.status.replies", {"left": counts.replies, "used_up": counts.used_up}),
        _paid(uow, NAME, account),
        _webhook(uow, NAME, counts.last_heard),
        *_costs(uow.contacts.cost_since(NAME, now - MONTH)),
        *_alarms(uow, NAME, now),
    )


def _tokens(uow: UnitOfWork, channel: str, account: str) -> tuple[Line, ...]:
    row = uow.tokens.get(channel, account)
    if row is None:
        return (Line("zalo.status.no_token"),)
    told = Line(
        "zalo.status.token",
        {
            "until": moment(row.pair.access_until),
            "refresh": moment(row.pair.refresh_until),
            "taken": moment(row.taken_at),
        },
    )
    if row.failed_at is None:
        return (told,)
    failed = {"since": moment(row.failed_at), "why": row.failed_why}
    return told, Line("zalo.status.token_failed", failed)


def _paid(uow: UnitOfWork, channel: str, account: str) -> Line:
    quota = uow.contacts.quota(channel, account)
    if quota is None:
        return Line("zalo.status.paid_unknown")
    return Line("zalo.status.paid", {"left": quota.remain, "told": moment(quota.told_at)})


def _webhook(uow: UnitOfWork, channel: str, last: datetime | None) -> Line:
    """Whether Zalo still tells us anything, and what it told with a wrong signature."""
    shut = uow.quarantine.count(channel)
    if last is None:
        return Line("zalo.status.unheard", {"shut": shut})
    return Line("zalo.status.heard", {"last": moment(last), "shut": shut})


def _costs(spent: Mapping[str, int]) -> tuple[Line, ...]:
    if not spent:
        return (Line("zalo.status.no_cost"),)
    return tuple(Line("zalo.status.cost", {"kind": kind, "count": n}) for kind, n in sorted(spent.items()))


def _alarms(uow: UnitOfWork, channel: str, now: datetime) -> tuple[Line, ...]:
    found = [one for one in uow.alarms.standing(now - STANDING) if one.code.startswith(channel)]
    if not found:
        return (Line("zalo.status.no_alarm"),)
    return tuple(
        Line("zalo.status.alarm", {"code": one.code, "times": one.times, "last": moment(one.last_at)})
        for one in found
    )


def moment(at: datetime) -> str:
    return at.astimezone(LOCAL).strftime("%H:%M %d/%m/%Y")
