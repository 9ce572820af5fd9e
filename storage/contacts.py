"""The way to each person on a channel with a reply window; who it is stays sealed."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import BindParameter, bindparam, case, delete, func, literal_column, null, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.cases import CaseId
from bot.domain.messages import Address
from bot.ports import Contact, Spent, WindowCounts
from storage.rows import AddressBody, address_from, encode, micros, moment_or_none
from storage.sealed import Seals
from storage.spending import Spendings
from storage.tables import contacts as t
from storage.tables import officer_addresses as at
from storage.writer.db import Db, Prepared, Row

ADDRESS: Final = "contact.address"
_person = t.c.person == bindparam("who")
_COLUMNS: Final = (
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
)
FREE_QUOTA: Final = "reply"
_MOMENTS: Final = tuple(name for name in _COLUMNS if name.endswith(("_at", "_until", "_since")))
_all = (t.c.address, *(t.c[name] for name in _COLUMNS))
_GET = Prepared(select(*_all).where(_person))
_HELD = Prepared(select(t.c.held_at).where(_person))
_ADD = Prepared(
    insert(t)
    .values(person=bindparam("who"), channel=bindparam("on"), address=bindparam("address"))
    .on_conflict_do_nothing()
)
# what was held back ends with any word; the windows never run backwards (words arrive out of order)
_later = (t.c.heard_at.is_(None)) | (t.c.heard_at < bindparam("since"))
_TOUCH = Prepared(
    update(t)
    .where(_person)
    .values(
        blocked=case((_later, literal_column("0")), else_=t.c.blocked),
        held_at=case((_later, null()), else_=t.c.held_at),
        remain=case((_later, null()), else_=t.c.remain),
        free_until=case((_later, bindparam("free_end")), else_=t.c.free_until),
        window_until=case((_later, bindparam("window_end")), else_=t.c.window_until),
        heard_at=case((_later, bindparam("since")), else_=t.c.heard_at),
    )
)
_BLOCKED = Prepared(update(t).where(_person).values(blocked=literal_column("1")))
_TOLD = Prepared(
    update(t)
    .where(_person)
    .values(
        asked_at=bindparam("now"),
        remain=func.coalesce(bindparam("left"), t.c.remain),
        total=func.coalesce(bindparam("of"), t.c.total),
    )
)
_CLOSED = Prepared(
    update(t)
    .where(_person, t.c.window_until.is_(None) | (t.c.window_until > bindparam("now")))
    .values(window_until=bindparam("now"), free_until=bindparam("now"), asked_at=bindparam("now"))
)
_HOLD = Prepared(update(t).where(_person, t.c.held_at.is_(None)).values(held_at=bindparam("now")))
_STEP_BACK = Prepared(
    update(t).where(_person, t.c.human_since.is_(None)).values(human_since=bindparam("now"))
)
_HUMAN = Prepared(select(t.c.human_since).where(_person))
_CALL_BACK = Prepared(update(t).where(_person, t.c.human_since.is_not(None)).values(human_since=null()))
_REMINDED = Prepared(update(t).where(_person).values(reminded_at=bindparam("now")))
_NUDGED = Prepared(update(t).where(_person).values(nudged_at=bindparam("now")))
_LEFT = Prepared(
    update(t).where(_person).values(remain=bindparam("left"), total=func.coalesce(bindparam("of"), t.c.total))
)
_CLOSING = Prepared(
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
_COUNTS = Prepared(
    select(
        func.count(),
        func.count().filter(t.c.window_until > _now, t.c.blocked == literal_column("0")),
        func.count().filter(t.c.free_until > _now, t.c.blocked == literal_column("0")),
        func.count().filter(t.c.blocked == literal_column("1")),
        func.count().filter(t.c.held_at.is_not(None)),
        func.count().filter(t.c.human_since.is_not(None)),
        func.max(t.c.heard_at),
    ).where(t.c.channel == bindparam("on"))
)
_FORGET = Prepared(delete(t).where(_person))


class SqlContacts:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals
        self._costs = Spendings(db)

    def get(self, person: Address) -> Contact | None:
        row = self._db.one(_GET, who=self._seals.person(person))
        return None if row is None else self._contact(row)

    def touched(
        self, person: Address, at: datetime, window: timedelta, free: timedelta | None = None
    ) -> bool:
        who = self._seals.person(person)
        was = self._db.one(_HELD, who=who)
        if was is None:
            self._row(person)
        self._db.run(
            _TOUCH,
            who=who,
            since=micros(at),
            window_end=micros(at + window),
            free_end=None if free is None else micros(at + free),
        )
        if was is None or was[0] is None:
            return False
        now = self._db.one(_HELD, who=who)
        return now is not None and now[0] is None

    def blocked(self, person: Address, at: datetime) -> None:  # noqa: ARG002 - the port keeps the moment
        self._db.run(_BLOCKED, who=self._row(person))

    def told(
        self,
        person: Address,
        now: datetime,
        *,
        remain: int | None = None,
        total: int | None = None,
    ) -> None:
        self._db.run(_TOLD, who=self._row(person), now=micros(now), left=remain, of=total)

    def closed(self, person: Address, now: datetime) -> None:
        self._db.run(_CLOSED, who=self._row(person), now=micros(now))

    def held(self, person: Address, now: datetime) -> bool:
        return self._db.run(_HOLD, who=self._row(person), now=micros(now)) == 1

    def stepped_back(self, person: Address, at: datetime) -> bool:
        return self._db.run(_STEP_BACK, who=self._row(person), now=micros(at)) == 1

    def human_since(self, person: Address) -> datetime | None:
        row = self._db.one(_HUMAN, who=self._seals.person(person))
        return None if row is None else moment_or_none(row[0])

    def called_back(self, person: Address) -> bool:
        return self._db.run(_CALL_BACK, who=self._seals.person(person)) == 1

    def reminded(self, person: Address, now: datetime) -> None:
        self._db.run(_REMINDED, who=self._row(person), now=micros(now))

    def nudged(self, person: Address, now: datetime) -> None:
        self._db.run(_NUDGED, who=self._row(person), now=micros(now))

    def closing(self, channel: str, now: datetime, within: timedelta, limit: int) -> Sequence[Contact]:
        rows = self._db.every(_CLOSING, on=channel, now=micros(now), until=micros(now + within), most=limit)
        return [self._contact(row) for row in rows]

    def counts(self, channel: str, now: datetime) -> WindowCounts:
        row = self._db.one(_COUNTS, on=channel, now=micros(now))
        known, open_, free, blocked, held, aside, last = (*(0,) * 6, None) if row is None else row
        return WindowCounts(known, open_, free, blocked, held, aside, moment_or_none(last))

    def forget(self, person: Address) -> None:
        self._db.run(_FORGET, who=self._seals.person(person))

    # --- what it cost ---

    def spent(
        self,
        person: Address,
        spent: Sequence[Spent],
        now: datetime,
        *,
        case: CaseId | None = None,
        letter: int | None = None,
        campaign: int | None = None,
    ) -> None:
        who = self._seals.person(person)
        self._costs.add(person.channel, who, spent, now, case, letter, campaign)
        for one in spent:
            if one.remain is not None and one.quota == FREE_QUOTA:
                self._db.run(_LEFT, who=who, left=one.remain, of=one.total)

    def cost_of_case(self, case: CaseId) -> Mapping[str, int]:
        return self._costs.of_case(case)

    def cost_of_person(self, person: Address) -> Mapping[str, int]:
        return self._costs.of_person(self._seals.person(person))

    def cost_of_campaign(self, campaign: int) -> Mapping[str, int]:
        return self._costs.of_campaign(campaign)

    def cost_since(self, channel: str, since: datetime) -> Mapping[str, int]:
        return self._costs.since(channel, since)

    def _row(self, person: Address) -> bytes:
        """Its key, after making sure that the row is there."""
        who = self._seals.person(person)
        if self._db.one(_HELD, who=who) is None:
            body = AddressBody(person.channel, person.account, person.person)
            self._db.run(_ADD, who=who, on=person.channel, address=self._seals.seal(encode(body), ADDRESS))
        return who

    def _contact(self, row: Row) -> Contact:
        body = address_from(self._seals.unseal(row[0], ADDRESS))
        told = dict(zip(_COLUMNS, row[1:], strict=True))
        return Contact(
            Address(body.channel, body.account, body.person),
            remain=told["remain"],
            total=told["total"],
            blocked=bool(told["blocked"]),
            **{name: moment_or_none(told[name]) for name in _MOMENTS},
        )
