"""Letters of runs leave in batches: what may still be sent is looked up in the same statement."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

import msgspec
from sqlalchemy import Integer, bindparam, exists, literal_column, or_, select, update

from bot.domain.campaigns.subscribers import LetterState, RunState, Skipped
from bot.domain.messages import Approved, Button, Enclosure
from bot.ports.outreach import RunLetter
from storage.outreach.codes import reason_code
from storage.outreach.numbers import number_of, parts_of
from storage.outreach.people import address_of
from storage.outreach.tallies import Moves, Tallies
from storage.rows import micros
from storage.sealed import Seals
from storage.tables import campaigns, contacts
from storage.tables import run_letters as t
from storage.tables import run_tallies as n
from storage.tables import run_texts as x
from storage.tables import runs as r
from storage.tables import subscribers as s
from storage.writer.db import Db, Prepared, Row, Value

LOST_AT_ONCE: Final = 500

_held: Final = campaigns.c.state.in_([literal_column("'paused'"), literal_column("'stopped'")])
_SENDING = Prepared(
    select(
        r.c.id, r.c.campaign_id, campaigns.c.urgent, x.c.id, x.c.lang, x.c.windowed, x.c.text, x.c.buttons,
        x.c.picture, x.c.mime, x.c.template, r.c.latest,
    )
    .join(x, x.c.run_id == r.c.id)
    .join(campaigns, campaigns.c.id == r.c.campaign_id)
    .where(r.c.ended_at.is_(None), r.c.state == literal_column("'sending'"), r.c.ready == literal_column("1"))
    .where(x.c.channel == bindparam("on_channel"), ~_held)
    .where(campaigns.c.urgent >= bindparam("least", type_=Integer()))
    .order_by(campaigns.c.urgent.desc(), r.c.at, r.c.id, x.c.id)
)  # fmt: skip
_waiting = (
    select(
        t.c.subscriber_id, s.c.account, s.c.stopped, s.c.blocked, s.c.unsafe, s.c.unit, s.c.address,
        contacts.c.window_until, t.c.at,
    )
    .join(s, s.c.id == t.c.subscriber_id, isouter=True)
    .join(contacts, contacts.c.person == s.c.person, isouter=True)
    .where(t.c.text_id == bindparam("text"), t.c.state == literal_column("0"))
    .where(or_(t.c.at.is_(None), t.c.at <= bindparam("now")))
    .order_by(t.c.subscriber_id)
    .limit(bindparam("most"))
)  # fmt: skip
_WAITING = Prepared(_waiting)
_WAITING_LOCKED = Prepared(_waiting.with_for_update(of=t, skip_locked=True))
_one: Final = (t.c.run_id == bindparam("of_run"), t.c.subscriber_id == bindparam("row"))
_FLY = Prepared(update(t).where(*_one).values(state=1, at=bindparam("until")))
_SKIP = Prepared(update(t).where(*_one).values(state=6, why=bindparam("reason"), at=bindparam("now")))
_lost = (
    select(t.c.run_id, t.c.subscriber_id)
    .where(t.c.state == literal_column("1"), t.c.at <= bindparam("now"))
    .order_by(t.c.at)  # by the index of what is in flight; by number it would walk through all letters
    .limit(LOST_AT_ONCE)
)
_LOST = Prepared(_lost)
_LOST_LOCKED = Prepared(_lost.with_for_update(skip_locked=True))
_FORSAKE = Prepared(
    update(t).where(*_one, t.c.state == literal_column("1")).values(state=7, at=bindparam("now"))
)
_to_come = exists().where(n.c.run_id == r.c.id, n.c.state < literal_column("2"), n.c.n > literal_column("0"))
_FINISH = Prepared(
    update(r)
    .where(r.c.id == bindparam("row"), r.c.ended_at.is_(None), ~_to_come)
    .values(state=RunState.DONE.value, ended_at=bindparam("now"))
)
_STILL = Prepared(
    select(s.c.stopped, s.c.blocked, s.c.unsafe, r.c.state, campaigns.c.state)
    .select_from(t)
    .join(r, r.c.id == t.c.run_id)
    .join(campaigns, campaigns.c.id == r.c.campaign_id)
    .join(s, s.c.id == t.c.subscriber_id)
    .where(*_one, t.c.state == literal_column("1"))
)
_approved_from = msgspec.json.Decoder(Approved).decode
_buttons_from = msgspec.json.Decoder(tuple[tuple[Button, ...], ...]).decode


class Claiming:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._seals = seals

    def claim(
        self, channel: str, account: str, limit: int, now: datetime, lease: timedelta, *, urgent_only: bool
    ) -> Sequence[RunLetter]:
        self._forsake(now)
        moves = Moves()
        found: list[RunLetter] = []
        for text in self._db.every(_SENDING, on_channel=channel, least=int(urgent_only)):
            if len(found) < limit:
                found += self._claim_of(text, account, limit - len(found), now, lease, moves)
        Tallies(self._db).write(moves)
        return found

    def wanted(self, letter: int) -> bool:
        """Whether a claimed letter may still go: a moment has passed, somebody may have said stop."""
        run, subscriber = parts_of(letter)
        row = self._db.one(_STILL, of_run=run, row=subscriber)
        return (
            row is not None
            and not any(row[:3])
            and row[3] == "sending"
            and row[4] not in ("paused", "stopped")
        )

    def _forsake(self, now: datetime) -> None:
        """What was in flight when its process died: never repeated, for it may have arrived."""
        lost = self._db.every(_LOST_LOCKED if self._db.postgres else _LOST, now=micros(now))
        if not lost:
            return
        moves = Moves()
        self._db.many(_FORSAKE, ({"of_run": run, "row": row, "now": micros(now)} for run, row in lost))
        for run, _ in lost:
            moves.move(run, LetterState.IN_FLIGHT, LetterState.UNKNOWN, 1)
        Tallies(self._db).write(moves)

    def _claim_of(
        self, text: Row, account: str, limit: int, now: datetime, lease: timedelta, moves: Moves
    ) -> Sequence[RunLetter]:
        run, at = int(text[0]), micros(now)
        query = _WAITING_LOCKED if self._db.postgres else _WAITING
        rows = self._db.every(query, text=text[3], now=at, most=limit)
        if not rows:
            self._db.run(_FINISH, row=run, now=at)
            return ()
        windowed = bool(text[5]) and not text[10]
        go: list[Row] = []
        skip: list[dict[str, Value]] = []
        for row in rows:
            why = _why_not(row, account, at, windowed=windowed, latest=text[11])
            if why is None:
                go.append(row)
            else:
                skip.append({"of_run": run, "row": row[0], "reason": reason_code(why), "now": at})
                moves.move(run, LetterState.WAITING, LetterState.SKIPPED, 1, reason_code(why))
        self._db.many(_SKIP, skip)
        self._db.many(_FLY, ({"of_run": run, "row": row[0], "until": micros(now + lease)} for row in go))
        moves.move(run, LetterState.WAITING, LetterState.IN_FLIGHT, len(go))
        return [self._letter(text, row, at) for row in go]

    def _letter(self, text: Row, row: Row, now: int) -> RunLetter:
        run, campaign, urgent, _, lang, windowed, words, buttons, picture, mime, template, _ = text
        return RunLetter(
            id=number_of(run, row[0]),
            run=run,
            campaign=campaign,
            subscriber=row[0],
            to=address_of(row[6], self._seals),
            lang=lang,
            unit=row[5],
            text=words,
            buttons=_buttons_from(buttons) if buttons else (),
            picture=Enclosure(picture, mime) if picture else None,
            urgent=bool(urgent),
            approved=_approved_from(template) if template else None,
            outside=bool(windowed) and _is_closed(row[7], now),
        )


def _why_not(row: Row, account: str, now: int, *, windowed: bool, latest: int) -> Skipped | None:
    """What has changed since the audience was frozen; only what was put off before can come too late."""
    _, own_account, stopped, blocked, unsafe, _, address, window_until, put_off = row
    if address is None or stopped:
        return Skipped.NO_CONSENT
    if unsafe:
        return Skipped.UNSAFE
    if blocked:
        return Skipped.BLOCKED
    if own_account != account:
        return Skipped.CHANNEL
    if windowed and _is_closed(window_until, now):
        return Skipped.WINDOW
    if put_off is not None and now > latest:
        return Skipped.LATE
    return None


def _is_closed(window_until: int | None, now: int) -> bool:
    return window_until is None or window_until <= now
