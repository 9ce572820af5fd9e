"""Who agreed to hear from the office: addresses sealed, found by a keyed hash."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import BindParameter, bindparam, delete, func, literal, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.campaigns.campaign import Audience
from bot.domain.campaigns.subscribers import Reach, Skipped, Subscriber
from bot.domain.messages import Address
from storage.outreach import humans
from storage.outreach.audience import (
    FREE,
    PAID,
    TEMPLATE,
    among,
    closed,
    has_stopped,
    meant,
    price_of,
    why_not,
)
from storage.outreach.codes import reason_code, reason_name
from storage.outreach.people import COLUMNS, said, sealed_address, subscriber_from
from storage.outreach.tallies import Tallies
from storage.rows import micros
from storage.sealed import Seals
from storage.tables import comings, run_letters, runs
from storage.tables import subscribers as t
from storage.writer.db import Db, Prepared, Row

_who: BindParameter[bytes] = bindparam("who")
_row: BindParameter[int] = bindparam("row")

_AT = Prepared(select(*COLUMNS).where(t.c.person == _who))
_GET = Prepared(select(*COLUMNS).where(t.c.id == _row))
_SAID: Final = (
    "kind", "unit", "province", "tags", "lang", "topics", "since", "stopped", "blocked", "unsafe", "born",
    "source", "stopped_at",
)  # fmt: skip
_put = insert(t).values(
    {name: bindparam(name) for name in (*_SAID, "person", "human", "address", "channel", "account")}
)
_PUT = Prepared(
    _put.on_conflict_do_update(
        index_elements=[t.c.person], set_={name: _put.excluded[name] for name in _SAID}
    ).returning(t.c.id)
)
_STOP = Prepared(
    update(t)
    .where(t.c.human == _who, t.c.stopped == literal_column("0"))
    .values(stopped=1, stopped_at=bindparam("now"))
    .returning(t.c.id)
)
_OPEN_RUNS = Prepared(select(runs.c.id).where(runs.c.ended_at.is_(None)))
_SKIP = Prepared(
    update(run_letters)
    .where(run_letters.c.run_id == bindparam("of_run"), run_letters.c.subscriber_id == _row)
    .where(run_letters.c.state == literal_column("0"))
    .values(state=6, why=bindparam("reason"), at=bindparam("now"))
)
_BLOCK = Prepared(update(t).where(t.c.person == _who).values(blocked=bindparam("is_blocked")))
_SAME = Prepared(select(t.c.id).where(t.c.human == _who))
_FORGET = Prepared(delete(t).where(t.c.id == _row))
_UNNAMED = Prepared(update(comings).where(comings.c.subscriber_id == _row).values(name=None))
_NOT_COMING = Prepared(delete(comings).where(comings.c.subscriber_id == _row))
_SOURCES = Prepared(
    select(t.c.source, func.count())
    .where(t.c.stopped == literal_column("0"))
    .group_by(t.c.source)
    .order_by(t.c.source)
)
_STOPPED = Prepared(
    select(func.count())
    .where(t.c.stopped == literal_column("1"))
    .where(t.c.stopped_at >= bindparam("since"), t.c.stopped_at < bindparam("until"))
)


class SqlSubscribers:
    """See `bot.ports.outreach.Subscribers`."""

    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals

    def at(self, address: Address) -> Subscriber | None:
        return self._read(self._db.one(_AT, who=self._seals.person(address)))

    def get(self, id_: int) -> Subscriber | None:
        return self._read(self._db.one(_GET, row=id_))

    def put(self, subscriber: Subscriber, now: datetime) -> int:
        to = subscriber.address
        unsafe = subscriber.unsafe or humans.is_unsafe(self._db, self._seals, to)
        return self._db.number(
            _PUT,
            person=self._seals.person(to),
            human=humans.human(self._seals, to),
            address=sealed_address(to, self._seals),
            channel=to.channel,
            account=to.account,
            **{**said(subscriber, now), "unsafe": int(unsafe)},
        )

    def stop(self, address: Address, now: datetime) -> bool:
        stopped = self._db.every(_STOP, who=humans.human(self._seals, address), now=micros(now))
        for (row,) in stopped:
            self._drop_waiting(row, now)
            self._db.run(_UNNAMED, row=row)
        return bool(stopped)

    def mark(self, address: Address, *, blocked: bool | None = None, unsafe: bool | None = None) -> None:
        if blocked is not None:
            self._db.run(_BLOCK, who=self._seals.person(address), is_blocked=int(blocked))
        if unsafe is not None:
            humans.mark(self._db, self._seals, address, unsafe=unsafe)

    def forget(self, address: Address, now: datetime | None = None) -> None:
        for (row,) in self._db.every(_SAME, who=humans.human(self._seals, address)):
            self._drop_waiting(row, now)
            self._db.run(_NOT_COMING, row=row)
            self._db.run(_FORGET, row=row)

    def reach(
        self,
        audience: Audience,
        now: datetime,
        *,
        channels: Sequence[str] | None = None,
        windowed: Sequence[str] = (),
        templated: Sequence[str] = (),
    ) -> Reach:
        at = literal(micros(now))
        elsewhere = None if channels is None else ~among(t.c.channel, channels)
        why = why_not(
            (has_stopped(), Skipped.NO_CONSENT),
            (elsewhere, Skipped.CHANNEL),
            (closed([name for name in windowed if name not in templated], at), Skipped.WINDOW),
        ).label("why")
        how = price_of(windowed, templated, at).label("how")
        found = select(t.c.channel, t.c.lang, why, how).where(*meant(audience)).subquery()
        groups = (found.c.channel, found.c.lang, found.c.why, found.c.how)
        return _reach(self._db.execute(select(*groups, func.count()).group_by(*groups)))

    def by_source(self) -> Mapping[str, int]:
        return dict(self._db.every(_SOURCES))

    def stopped_between(self, since: datetime, until: datetime) -> int:
        return self._db.number(_STOPPED, since=micros(since), until=micros(until))

    def _drop_waiting(self, id_: int, now: datetime | None) -> None:
        """What is frozen for them but not sent: skipped, in every run that still goes on."""
        tallies, reason = Tallies(self._db), reason_code(Skipped.NO_CONSENT)
        for (run,) in self._db.every(_OPEN_RUNS):
            at = None if now is None else micros(now)
            moved = self._db.run(_SKIP, of_run=run, row=id_, reason=reason, now=at)
            tallies.skipped(run, reason, moved)

    def _read(self, row: Row | None) -> Subscriber | None:
        return None if row is None else subscriber_from(row, self._seals)


def _reach(rows: Sequence[Row]) -> Reach:
    channels, languages, left_out = Counter[str](), Counter[str](), Counter[Skipped]()
    how = {TEMPLATE: Counter[str](), PAID: Counter[str](), FREE: Counter[str]()}
    for channel, lang, why, price, count in rows:
        if why:
            left_out[Skipped(reason_name(why))] += count
        else:
            channels[channel] += count
            languages[lang] += count
            how[price][channel] += count
    whole = (channels.total(), dict(channels), dict(languages), dict(left_out))
    return Reach(*whole, by_template=dict(how[TEMPLATE]), paid=dict(how[PAID]))
