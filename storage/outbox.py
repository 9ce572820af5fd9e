"""What is to be said, in its final words, until it has been said."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Final

from sqlalchemy import bindparam, exists, func, literal_column, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from bot.domain.cases import CaseId
from bot.domain.messages import Address, Ask, Lane, Letter
from bot.ports import Deferred, Delivered, NewLetter, Refused, Settled, Why
from storage.rows import LetterBody, encode, letter_from, micros, moment, moment_or_none
from storage.sealed import Seals
from storage.tables import outbox as t
from storage.tracks import SqlTracks
from storage.writer.db import Db, Prepared, Row, Value


class State(IntEnum):
    """Of a letter; up to IN_FLIGHT it is still to come."""

    WAITING = 0
    IN_FLIGHT = 1
    DELIVERED = 2
    REFUSED = 3
    UNKNOWN = 4  # a campaign letter that was in flight at a crash: never repeated
    DROPPED = 5


BODY: Final = "outbox.body"
_LANES: Final = {Lane.ALERT: 0, Lane.CONVERSATION: 1, Lane.CAMPAIGN: 2}
_LANE_OF: Final = {number: lane for lane, number in _LANES.items()}

_waiting = t.c.state == literal_column("0")  # literals lead to the partial indexes, parameters would not
_in_flight = t.c.state == literal_column("1")
_to_come = t.c.state < literal_column("2")
_queue = (
    t.c.channel == bindparam("channel"),
    t.c.account == bindparam("account"),
    t.c.lane == bindparam("in_lane"),
)
_letter = (t.c.id, t.c.lane, t.c.channel, t.c.account, t.c.alert_id, t.c.posted_at, t.c.case_id, t.c.body)

# `turn` keeps a person's letters in order: what was put off holds up what came after it,
# what was posted for a later hour holds up nothing before that hour
_before = t.alias("before")
_must_wait = exists().where(
    _before.c.person == t.c.person,
    _before.c.lane == t.c.lane,
    _before.c.state < literal_column("2"),
    or_(
        _before.c.state == literal_column("1"),
        _before.c.turn < t.c.turn,
        (_before.c.turn == t.c.turn) & (_before.c.id < t.c.id),
    ),
)

_POSTED = (t.c.lane, t.c.channel, t.c.account, t.c.person, t.c.posted_at, t.c.turn, t.c.due_at)
_WHAT = (t.c.alert_id, t.c.case_id, t.c.body)
_POST = Prepared(insert(t).values({c.name: bindparam(c.name) for c in (*_POSTED, *_WHAT)}).returning(t.c.id))
_DUE = (
    select(*_letter)
    .where(*_queue, _waiting, t.c.due_at <= bindparam("now"), ~_must_wait)
    .order_by(t.c.due_at, t.c.id)
    .limit(bindparam("most"))
)
_CLAIMABLE = Prepared(_DUE)
_CLAIMABLE_LOCKED = Prepared(_DUE.with_for_update(skip_locked=True))
_CLAIM = Prepared(
    update(t)
    .where(t.c.id == bindparam("row"))
    .values(state=literal_column("1"), until=bindparam("lease_end"), tries=t.c.tries + 1)
)
_lost = (*_queue, _in_flight, t.c.until <= bindparam("now"))
_AGAIN = Prepared(update(t).where(*_lost).values(state=literal_column("0"), until=null()))
_UNKNOWN = Prepared(
    update(t)
    .where(*_lost)
    .values(state=State.UNKNOWN.value, until=null(), body=null(), done_at=bindparam("now"))
)
_DONE = Prepared(
    update(t)
    .where(t.c.id == bindparam("row"), or_(_to_come, t.c.state == literal_column("4")))
    .values(
        state=bindparam("new_state"),
        why=bindparam("reason"),
        done_at=bindparam("now"),
        body=null(),
        until=null(),
    )
)
_PUT_OFF = Prepared(
    update(t)
    .where(t.c.id == bindparam("row"), _in_flight)
    .values(state=literal_column("0"), why=bindparam("reason"), due_at=bindparam("later"), until=null())
)
_FOR_PAGE = Prepared(
    select(*_letter)
    .where(t.c.person == bindparam("person"), _to_come, t.c.id > bindparam("after"))
    .where(t.c.due_at <= bindparam("now"))
    .order_by(t.c.id)
    .limit(bindparam("most"))
)
_SEEN = Prepared(
    update(t)
    .where(t.c.person == bindparam("person"), _to_come, t.c.id <= bindparam("upto"))
    .where(t.c.due_at <= bindparam("now"))
    .values(state=State.DELIVERED.value, body=null(), until=null(), done_at=bindparam("now"))
)
_NEXT_DUE = Prepared(
    select(t.c.due_at).where(*_queue, _waiting, ~_must_wait).order_by(t.c.due_at, t.c.id).limit(1)
)
_NEXT_LOST = Prepared(select(func.min(t.c.until)).where(*_queue, _in_flight))
_BACKLOG = Prepared(select(t.c.lane, func.count()).where(_waiting).group_by(t.c.lane))
_dropped = {"state": State.DROPPED.value, "body": null()}
# also what is on its way: if the platform puts it off, it must not come back
_DROP = Prepared(update(t).where(t.c.person == bindparam("person"), _to_come).values(_dropped))
_FLYING = Prepared(
    select(t.c.id).where(t.c.person == bindparam("person"), _to_come, _in_flight).limit(literal_column("1"))
)
_for_their_word = or_(t.c.why == Why.WINDOW.value, t.c.why == Why.QUOTA.value)
_RELEASE = Prepared(
    update(t)
    .where(t.c.person == bindparam("person"), _waiting, _to_come, _for_their_word)
    .values(due_at=bindparam("now"), why="")
)
_GIVE_UP = Prepared(
    update(t).where(_waiting, _to_come, _for_their_word, t.c.posted_at < bindparam("before")).values(_dropped)
)
_FORGET = Prepared(
    update(t)
    .where(t.c.channel == bindparam("in_channel"), _to_come, t.c.posted_at < bindparam("before"))
    .values(_dropped)
)
_CASE = Prepared(select(t.c.case_id).where(t.c.id == bindparam("letter")))
_ALWAYS: Final = 2**62
"""Microseconds: later than any date."""


class SqlOutbox:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals
        self._tracks = SqlTracks(db, seals)

    def post(self, letter: NewLetter, now: datetime) -> int:
        to, due = letter.to, micros(letter.due_at or now)
        body = LetterBody(
            to.person, letter.text, letter.buttons, letter.ask, letter.private, letter.react, letter.enclosure
        )
        return self._db.number(
            _POST,
            lane=_LANES[letter.lane],
            channel=to.channel,
            account=to.account,
            person=self._seals.person(to),
            posted_at=micros(now),
            turn=max(micros(now), due),
            due_at=due,
            alert_id=letter.alert,
            case_id=letter.case,
            body=self._seals.seal(encode(body), BODY),
        )

    def claim(
        self, channel: str, account: str, lane: Lane, limit: int, now: datetime, lease: timedelta
    ) -> Sequence[Letter]:
        queue: dict[str, Value] = {"channel": channel, "account": account, "in_lane": _LANES[lane]}
        at = micros(now)
        self._db.run(_UNKNOWN if lane is Lane.CAMPAIGN else _AGAIN, **queue, now=at)
        due = _CLAIMABLE_LOCKED if self._db.postgres else _CLAIMABLE
        rows = self._db.every(due, **queue, now=at, most=limit)
        self._db.many(_CLAIM, ({"row": row[0], "lease_end": micros(now + lease)} for row in rows))
        return [self._as_letter(row) for row in rows]

    def settle(self, settled: Sequence[Settled], now: datetime) -> None:
        at = micros(now)
        self._db.many(_DONE, _each(settled, lambda one: _done(one, at)))
        self._db.many(_PUT_OFF, _each(settled, lambda one: _put_off(one, now)))
        for one in settled:
            if isinstance(one.outcome, Delivered) and one.outcome.tracked:
                self._tracks.add(one.letter, one.outcome.tracked, now)

    def waiting_for(
        self, person: Address, after: int, limit: int = 50, now: datetime | None = None
    ) -> Sequence[Letter]:
        rows = self._db.every(
            _FOR_PAGE,
            person=self._seals.person(person),
            after=after,
            now=_ALWAYS if now is None else micros(now),
            most=limit,
        )
        return [self._as_letter(row) for row in rows]

    def seen(self, person: Address, upto: int, now: datetime) -> None:
        self._db.run(_SEEN, person=self._seals.person(person), upto=upto, now=micros(now))

    def next_due(self, channel: str, account: str, lane: Lane) -> datetime | None:
        queue: dict[str, Value] = {"channel": channel, "account": account, "in_lane": _LANES[lane]}
        rows = (self._db.one(_NEXT_DUE, **queue), self._db.one(_NEXT_LOST, **queue))
        found = [row[0] for row in rows if row is not None and row[0] is not None]
        return moment_or_none(min(found, default=None))

    def backlog(self) -> Mapping[Lane, int]:
        counts = {_LANE_OF[lane]: count for lane, count in self._db.every(_BACKLOG)}
        return {lane: counts.get(lane, 0) for lane in Lane}

    def release(self, person: Address, now: datetime) -> int:
        return self._db.run(_RELEASE, person=self._seals.person(person), now=micros(now))

    def drop_for(self, person: Address) -> int:
        return self._db.run(_DROP, person=self._seals.person(person))

    def case_of(self, letter: int) -> CaseId | None:
        row = self._db.one(_CASE, letter=letter)
        return None if row is None or row[0] is None else CaseId(row[0])

    def is_ours(self, person: Address, message: str) -> bool:
        if self._tracks.knows(message):
            return True
        return self._db.one(_FLYING, person=self._seals.person(person)) is not None

    def reached(self, messages: Sequence[str], at: datetime, *, seen: bool) -> Sequence[int]:
        return self._tracks.reached(messages, at, seen=seen)

    def give_up(self, before: datetime) -> int:
        """The words of letters that have waited for a reply window since before then; returns how many."""
        return self._db.run(_GIVE_UP, before=micros(before))

    def forget(self, channel: str, before: datetime) -> int:
        """For pull channels: the words of letters that no page has come for; returns how many."""
        return self._db.run(_FORGET, in_channel=channel, before=micros(before))

    def _as_letter(self, row: Row) -> Letter:
        id_, lane, channel, account, alert, posted, case, sealed = row
        body = letter_from(self._seals.unseal(sealed, BODY))
        return Letter(
            id_,
            _LANE_OF[lane],
            Address(channel, account, body.person),
            body.text,
            body.buttons,
            Ask(body.ask) if body.ask else None,
            alert,
            body.private,
            moment(posted),
            case,
            body.react,
            enclosure=body.enclosure,
        )


def _each(
    settled: Sequence[Settled], values: Callable[[Settled], dict[str, Value] | None]
) -> Sequence[dict[str, Value]]:
    return [found for one in settled if (found := values(one)) is not None]


def _done(one: Settled, at: int) -> dict[str, Value] | None:
    match one.outcome:
        case Delivered():
            return {"row": one.letter, "new_state": State.DELIVERED, "reason": "", "now": at}
        case Refused(why):
            return {"row": one.letter, "new_state": State.REFUSED, "reason": why.value, "now": at}
        case Deferred():
            return None


def _put_off(one: Settled, now: datetime) -> dict[str, Value] | None:
    match one.outcome:
        case Deferred(wait, _, why):
            return {"row": one.letter, "reason": why.value, "later": micros(now + wait)}
        case Delivered() | Refused():
            return None
