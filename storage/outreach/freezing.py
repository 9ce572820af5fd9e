"""The audience of a run becomes letters: chunk by chunk, each in one statement that no person's data leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    null,
    select,
    true,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.domain.campaigns.campaign import Audience
from bot.domain.campaigns.subscribers import RunState, Skipped
from storage.outreach.audience import among, closed, had_lately, has_stopped, meant, why_not
from storage.outreach.tallies import Tallies
from storage.rows import micros
from storage.tables import run_letters as letters
from storage.tables import run_texts as x
from storage.tables import runs as t
from storage.tables import subscribers as s
from storage.writer.db import Db, Prepared, Row

FIRST_LANGUAGE: Final = "vi"
KEPT: Final = 32
"""Statements, of as many runs that freeze side by side."""
_FIND = select(t.c.looked_at, t.c.ready, t.c.ended_at).where(t.c.id == bindparam("row"))
_GET = Prepared(_FIND)
_GET_LOCKED = Prepared(_FIND.with_for_update())
_next = select(s.c.id).where(s.c.id > bindparam("after")).order_by(s.c.id).limit(bindparam("most")).subquery()
_NEXT = Prepared(select(func.max(_next.c.id), func.count()))
_TEXTS = Prepared(
    select(x.c.id, x.c.lang, x.c.channel, case((x.c.template.is_(None), x.c.windowed), else_=0))
    .where(x.c.run_id == bindparam("row"))
    .order_by(x.c.id)
)
_LATELY = Prepared(
    select(t.c.id).where(t.c.at > bindparam("since"), t.c.id != bindparam("row"), t.c.frozen > 0)
)
_LOOKED = Prepared(
    update(t)
    .where(t.c.id == bindparam("row"))
    .values(looked_at=bindparam("upto"), frozen=t.c.frozen + bindparam("more"))
)
_READY = Prepared(
    update(t)
    .where(t.c.id == bindparam("row"), t.c.ended_at.is_(None))
    .values(
        ready=1,
        state=case(
            (bindparam("nothing") == 1, RunState.DONE.value),
            (t.c.state == RunState.FREEZING.value, RunState.SENDING.value),
            else_=t.c.state,
        ),
        ended_at=case((bindparam("nothing") == 1, bindparam("now", type_=t.c.at.type)), else_=null()),
    )
)


def freeze(
    db: Db, run: int, audience: Audience, cap: tuple[int, timedelta], limit: int, now: datetime
) -> int:
    """How many subscribers were looked at; 0: nobody is left, and sending may begin."""
    row = db.one(_GET_LOCKED if db.postgres else _GET, row=run)
    if row is None or row[1] or row[2] is not None:
        return 0
    after = row[0]
    upto, looked = db.every(_NEXT, after=after, most=limit)[0]
    tallies = Tallies(db)
    if not looked:
        db.run(_READY, row=run, nothing=int(not tallies.to_come(run)), now=micros(now))
        return 0
    most, within = cap
    lately = tuple(id_ for (id_,) in db.every(_LATELY, since=micros(now - within), row=run))
    chunk = _chunk(tuple(map(tuple, db.every(_TEXTS, row=run))), audience, most, lately)
    db.run(chunk, of_run=run, after=after, upto=upto, most=upto - after, now=micros(now))
    db.run(_LOOKED, row=run, upto=upto, more=tallies.frozen(run, after, upto))
    return int(looked)


@lru_cache(KEPT)
def _chunk(texts: tuple[Row, ...], audience: Audience, most: int, lately: tuple[int, ...]) -> Prepared:
    """The letters to those of the audience among these subscribers; whoever cannot be reached gets the reason.

    Made once for a run: the same statement freezes all its chunks.
    """
    channels = sorted({channel for _, _, channel, _ in texts})
    windowed = sorted({channel for _, _, channel, is_windowed in texts if is_windowed})
    text = _text(texts)
    after, upto = bindparam("after", type_=BigInteger()), bindparam("upto", type_=BigInteger())
    had = had_lately(lately, after, upto) if len(lately) >= most else None
    why = why_not(
        (~among(s.c.channel, channels), Skipped.CHANNEL),
        (text == 0 if _some_lack(texts) else None, Skipped.NO_TEXT),
        (closed(windowed, bindparam("now", type_=BigInteger())), Skipped.WINDOW),
        (None if had is None else had.c.n >= most, Skipped.CAP),
    )
    people = (
        select(s.c.id.label("id"), text.label("text"), why.label("why"))
        .select_from(s if had is None else s.join(had, had.c.subscriber_id == s.c.id, isouter=True))
        .where(s.c.id > after, s.c.id <= upto, ~has_stopped(), *meant(audience))
        .order_by(s.c.id)
        .limit(bindparam("most"))  # also keeps SQLite from working out the reason twice for each person
        .subquery()
    )
    found = select(
        bindparam("of_run", type_=BigInteger()),
        people.c.id,
        people.c.text,
        case((people.c.why == literal_column("0"), literal_column("0")), else_=literal_column("6")),
        func.nullif(people.c.why, literal_column("0")),
    ).where(true())
    columns = ["run_id", "subscriber_id", "text_id", "state", "why"]
    letters_to = insert(letters).from_select(columns, found, include_defaults=False)
    return Prepared(letters_to.on_conflict_do_nothing())


def _some_lack(texts: Sequence[Row]) -> bool:
    """Whether a channel has a text, but none in the first language."""
    first = {channel for _, lang, channel, _ in texts if lang == FIRST_LANGUAGE}
    return any(channel not in first for _, _, channel, _ in texts)


def _text(texts: Sequence[Row]) -> ColumnElement[int]:
    """A person's text: in their language on their channel, else in the first language; 0: there is none."""
    own: list[tuple[ColumnElement[bool], ColumnElement[int]]] = [
        (and_(s.c.lang == lang, s.c.channel == channel), literal_column(str(id_)))
        for id_, lang, channel, _ in texts
        if lang != FIRST_LANGUAGE
    ]
    first: list[tuple[ColumnElement[bool], ColumnElement[int]]] = [
        (s.c.channel == channel, literal_column(str(id_)))
        for id_, lang, channel, _ in texts
        if lang == FIRST_LANGUAGE
    ]
    if not texts:
        return literal_column("0")
    return case(*own, *first, else_=literal_column("0"))
