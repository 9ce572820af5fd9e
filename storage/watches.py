"""Watches with the snapshot of their ladder, and the alerts that were raised on it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import BindParameter, and_, bindparam, insert, literal_column, null, select, update

from bot.domain.cases import Alert, AlertState, CaseId, OfficerId, Watch, WatchState
from bot.domain.kinds import Urgency
from storage.rows import encode, ladder_from, micros, micros_or_none, moment, moment_or_none
from storage.tables import alerts as a
from storage.tables import watches as w
from storage.writer.db import Db, Prepared, Row, Value

_WATCH = (
    w.c.id,
    w.c.case_id,
    w.c.state,
    w.c.urgency,
    w.c.ladder,
    w.c.raised_at,
    w.c.rung,
    w.c.rounds,
    w.c.again_at,
    w.c.taken_by,
    w.c.taken_at,
    w.c.due_at,
    w.c.alarms,
    w.c.ring_at,
)
_ALERT = (
    a.c.id,
    a.c.watch_id,
    a.c.case_id,
    a.c.officer_id,
    a.c.channel,
    a.c.rung,
    a.c.state,
    a.c.raised_at,
    a.c.sent_at,
    a.c.bundle_at,
    a.c.carried_by,
    a.c.urgency,
)
_watch_values: dict[str, BindParameter[Value]] = {
    column.name: bindparam(column.name) for column in _WATCH[1:]
}
_alert_values: dict[str, BindParameter[Value]] = {
    column.name: bindparam(column.name) for column in _ALERT[1:]
}

_ADD = Prepared(insert(w).values(_watch_values).returning(w.c.id))
_SAVE = Prepared(update(w).where(w.c.id == bindparam("watch")).values(_watch_values))
_OF_CASE = Prepared(select(*_WATCH).where(w.c.case_id == bindparam("case")).order_by(w.c.id.desc()).limit(1))
_DUE = Prepared(
    select(*_WATCH)
    .where(w.c.again_at.is_not(None), w.c.state != literal_column("'done'"), w.c.again_at <= bindparam("now"))
    .order_by(w.c.again_at)
    .limit(bindparam("most"))
)

_ADD_ALERT = Prepared(insert(a).values(_alert_values).returning(a.c.id))
_ONE_ALERT = Prepared(select(*_ALERT).where(a.c.id == bindparam("alert")))
_SET_STATE = Prepared(
    update(a)
    .where(a.c.id == bindparam("alert"))
    .values(state=bindparam("new_state"), changed_at=bindparam("now"))
)
_SET_SENT = Prepared(
    update(a)
    .where(a.c.id == bindparam("alert"))
    .values(state=bindparam("new_state"), changed_at=bindparam("now"), sent_at=bindparam("now"))
)
_ALERTS = Prepared(select(*_ALERT).where(a.c.case_id == bindparam("case")).order_by(a.c.id))
_RUNG_SINCE = Prepared(
    select(*_ALERT)
    .where(a.c.officer_id == bindparam("officer"), a.c.raised_at >= bindparam("since"))
    .order_by(a.c.raised_at, a.c.id)
)
_rang = (
    a.c.officer_id == bindparam("officer"),
    a.c.raised_at >= bindparam("since"),
    a.c.channel == bindparam("on"),
    a.c.state != literal_column("'failed'"),
)
_RANG = Prepared(select(a.c.urgency).where(*_rang).limit(1))
_EMERGENCY_RANG = Prepared(
    select(a.c.urgency).where(*_rang, a.c.urgency == literal_column("'emergency'")).limit(1)
)
_ripe = a.alias("ripe")
_RIPE_PAIRS = (
    select(_ripe.c.officer_id, _ripe.c.channel)
    .where(_ripe.c.bundle_at.is_not(None), _ripe.c.bundle_at <= bindparam("now"))
    .distinct()
    .order_by(_ripe.c.officer_id, _ripe.c.channel)
    .limit(bindparam("most"))
    .subquery()
)
_BUNDLED_ALERTS = (
    select(*_ALERT)
    .join(_RIPE_PAIRS, and_(a.c.officer_id == _RIPE_PAIRS.c.officer_id, a.c.channel == _RIPE_PAIRS.c.channel))
    .where(a.c.bundle_at.is_not(None))
    .order_by(a.c.officer_id, a.c.channel, a.c.id)
)
_BUNDLED = Prepared(_BUNDLED_ALERTS)
_BUNDLED_LOCKED = Prepared(_BUNDLED_ALERTS.with_for_update(skip_locked=True, of=a))
_CARRY = Prepared(
    update(a).where(a.c.id == bindparam("alert")).values(bundle_at=null(), carried_by=bindparam("by"))
)
_CARRIED = Prepared(
    select(*_ALERT)
    .where(a.c.carried_by.is_not(None), a.c.carried_by == bindparam("by"), a.c.id != bindparam("by"))
    .order_by(a.c.id)
)


class SqlWatches:
    def __init__(self, db: Db) -> None:
        self._db = db
        self._lock = db.postgres and db.writing

    def add(self, watch: Watch) -> int:
        return self._db.number(_ADD, **_watch_row(watch))

    def of_case(self, case: CaseId) -> Watch | None:
        row = self._db.one(_OF_CASE, case=case)
        return None if row is None else _watch(row)

    def save(self, watch: Watch) -> None:
        self._db.run(_SAVE, watch=watch.id, **_watch_row(watch))

    def due(self, now: datetime, limit: int) -> Sequence[Watch]:
        return [_watch(row) for row in self._db.every(_DUE, now=micros(now), most=limit)]

    def add_alert(self, alert: Alert) -> int:
        return self._db.number(_ADD_ALERT, **_alert_row(alert))

    def alert(self, id_: int) -> Alert | None:
        row = self._db.one(_ONE_ALERT, alert=id_)
        return None if row is None else _alert(row)

    def set_alert(self, id_: int, state: AlertState, at: datetime) -> None:
        statement = _SET_SENT if state is AlertState.SENT else _SET_STATE
        self._db.run(statement, alert=id_, new_state=state.value, now=micros(at))

    def alerts(self, case: CaseId) -> Sequence[Alert]:
        return [_alert(row) for row in self._db.every(_ALERTS, case=case)]

    def rung_since(self, officer: OfficerId, since: datetime) -> Sequence[Alert]:
        return [_alert(row) for row in self._db.every(_RUNG_SINCE, officer=officer, since=micros(since))]

    def rang(self, officer: OfficerId, channel: str, since: datetime) -> Urgency | None:
        about: dict[str, Value] = {"officer": officer, "on": channel, "since": micros(since)}
        row = self._db.one(_EMERGENCY_RANG, **about) or self._db.one(_RANG, **about)
        return None if row is None else Urgency(row[0])

    def bundled(self, now: datetime, limit: int) -> Sequence[Alert]:
        statement = _BUNDLED_LOCKED if self._lock else _BUNDLED
        return [_alert(row) for row in self._db.every(statement, now=micros(now), most=limit)]

    def carry(self, alerts: Sequence[int], by: int) -> None:
        self._db.many(_CARRY, ({"alert": alert, "by": by} for alert in alerts))

    def carried(self, by: int) -> Sequence[Alert]:
        return [_alert(row) for row in self._db.every(_CARRIED, by=by)]


def _watch_row(watch: Watch) -> dict[str, Value]:
    return {
        "case_id": watch.case,
        "state": watch.state.value,
        "urgency": watch.urgency.value,
        "ladder": encode(watch.ladder).decode(),
        "raised_at": micros(watch.raised_at),
        "rung": watch.rung,
        "rounds": watch.rounds,
        "again_at": micros_or_none(watch.again_at),
        "ring_at": micros_or_none(watch.ring_at),
        "taken_by": watch.taken_by,
        "taken_at": micros_or_none(watch.taken_at),
        "due_at": micros_or_none(watch.due_at),
        "alarms": watch.alarms,
    }


def _watch(row: Row) -> Watch:
    return Watch(
        id=row[0],
        case=CaseId(row[1]),
        state=WatchState(row[2]),
        urgency=Urgency(row[3]),
        ladder=ladder_from(row[4]),
        raised_at=moment(row[5]),
        rung=row[6],
        rounds=row[7],
        again_at=moment_or_none(row[8]),
        taken_by=None if row[9] is None else OfficerId(row[9]),
        taken_at=moment_or_none(row[10]),
        due_at=moment_or_none(row[11]),
        alarms=row[12],
        ring_at=moment_or_none(row[13]),
    )


def _alert_row(alert: Alert) -> dict[str, Value]:
    return {
        "watch_id": alert.watch,
        "case_id": alert.case,
        "officer_id": alert.officer,
        "channel": alert.channel,
        "rung": alert.rung,
        "state": alert.state.value,
        "raised_at": micros(alert.raised_at),
        "sent_at": micros_or_none(alert.sent_at),
        "bundle_at": micros_or_none(alert.bundle_at),
        "carried_by": alert.carried_by,
        "urgency": alert.urgency.value,
    }


def _alert(row: Row) -> Alert:
    return Alert(
        id=row[0],
        watch=row[1],
        case=CaseId(row[2]),
        officer=OfficerId(row[3]),
        channel=row[4],
        rung=row[5],
        state=AlertState(row[6]),
        raised_at=moment(row[7]),
        sent_at=moment_or_none(row[8]),
        bundle_at=moment_or_none(row[9]),
        carried_by=row[10],
        urgency=Urgency(row[11]),
    )
