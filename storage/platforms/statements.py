"""Statements of the contacts: compiled once."""

from typing import Final

from sqlalchemy import BindParameter, bindparam, case, delete, func, literal_column, null, select, update
from sqlalchemy.dialects.postgresql import insert

from storage.tables import contacts as t
from storage.tables import officer_addresses as at
from storage.writer.db import Prepared

_person = t.c.person == bindparam("who")
COLUMNS: Final = (
    "heard_at",
    "free_until",
    "window_until",
    "remain",
    "total",
    "asked_at",
    "blocked",
    "human_since",
    "reminded_at",
    "nudged_at",
    "held_at",
    "spent_at",
)
FREE_QUOTA: Final = "reply"
MOMENTS: Final = tuple(name for name in COLUMNS if name.endswith(("_at", "_until", "_since")))
_all = (t.c.address, *(t.c[name] for name in COLUMNS))
GET = Prepared(select(*_all).where(_person))
HELD = Prepared(select(t.c.held_at).where(_person))
ADD = Prepared(
    insert(t)
    .values(person=bindparam("who"), channel=bindparam("on"), address=bindparam("address"))
    .on_conflict_do_nothing()
)
# what was held back ends with any word; the windows never run backwards (words arrive out of order)
_later = (t.c.heard_at.is_(None)) | (t.c.heard_at < bindparam("since"))
TOUCH = Prepared(
    update(t)
    .where(_person)
    .values(
        blocked=case((_later, literal_column("0")), else_=t.c.blocked),
        held_at=case((_later, null()), else_=t.c.held_at),
        spent_at=case((_later, null()), else_=t.c.spent_at),
        remain=case((_later, null()), else_=t.c.remain),
        free_until=case((_later, bindparam("free_end")), else_=t.c.free_until),
        window_until=case((_later, bindparam("window_end")), else_=t.c.window_until),
        heard_at=case((_later, bindparam("since")), else_=t.c.heard_at),
    )
)
BLOCKED = Prepared(update(t).where(_person).values(blocked=literal_column("1")))
TOLD = Prepared(
    update(t)
    .where(_person)
    .values(
        asked_at=bindparam("now"),
        remain=func.coalesce(bindparam("left"), t.c.remain),
        total=func.coalesce(bindparam("of"), t.c.total),
    )
)
CLOSED = Prepared(
    update(t)
    .where(_person, t.c.window_until.is_(None) | (t.c.window_until > bindparam("now")))
    .values(window_until=bindparam("now"), free_until=bindparam("now"), asked_at=bindparam("now"))
)
HOLD = Prepared(update(t).where(_person, t.c.held_at.is_(None)).values(held_at=bindparam("now")))
THROUGH = Prepared(update(t).where(_person, t.c.held_at.is_not(None)).values(held_at=null(), spent_at=null()))
USED_UP = Prepared(update(t).where(_person).values(spent_at=bindparam("now")))
STEP_BACK = Prepared(update(t).where(_person, t.c.human_since.is_(None)).values(human_since=bindparam("now")))
HUMAN = Prepared(select(t.c.human_since).where(_person))
CALL_BACK = Prepared(update(t).where(_person, t.c.human_since.is_not(None)).values(human_since=null()))
REMINDED = Prepared(update(t).where(_person).values(reminded_at=bindparam("now")))
NUDGED = Prepared(update(t).where(_person).values(nudged_at=bindparam("now")))
LEFT = Prepared(
    update(t).where(_person).values(remain=bindparam("left"), total=func.coalesce(bindparam("of"), t.c.total))
)
CLOSING = Prepared(
    select(*_all)
    .join(at, at.c.person == t.c.person)
    .where(t.c.channel == bindparam("on"), at.c.dead == literal_column("0"))
    .where(t.c.window_until > bindparam("now"), t.c.window_until <= bindparam("until"))
    .where(t.c.blocked == literal_column("0"))
    .where(t.c.reminded_at.is_(None) | (t.c.reminded_at < t.c.heard_at))
    .order_by(t.c.window_until)
    .limit(bindparam("most"))
)
_now: BindParameter[int] = bindparam("now")
_is_free = (t.c.free_until > _now) & (t.c.blocked == literal_column("0"))
COUNTS = Prepared(
    select(
        func.count(),
        func.count().filter(t.c.window_until > _now, t.c.blocked == literal_column("0")),
        func.count().filter(_is_free),
        func.count().filter(t.c.blocked == literal_column("1")),
        func.count().filter(t.c.held_at.is_not(None)),
        func.count().filter(t.c.human_since.is_not(None)),
        func.max(t.c.heard_at),
        func.coalesce(func.sum(t.c.remain).filter(_is_free), literal_column("0")),
        func.count().filter(_is_free, t.c.remain == literal_column("0")),
    ).where(t.c.channel == bindparam("on"))
)
FORGET = Prepared(delete(t).where(_person))
