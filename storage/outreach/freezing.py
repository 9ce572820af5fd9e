"""The audience of a run becomes letters: chunk by chunk, each in one statement that no person's data leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, bindparam, case, func, literal_column, null, select, true, update
from sqlalchemy.dialects.postgresql import Insert, insert

from bot.domain.campaigns.campaign import Audience
from bot.domain.campaigns.subscribers import RunState, Skipped
from storage.outreach.audience import closed, had_enough, meant, why_not
from storage.outreach.tallies import Tallies
from storage.rows import micros
from storage.tables import run_letters as letters
from storage.tables import run_texts as x
from storage.tables import runs as t
from storage.tables import subscribers as s
from storage.writer.db import Db, Prepared, Row

FIRST_LANGUAGE: Final = "vi"
_FIND = select(t.c.looked_at, t.c.ready, t.c.ended_at).where(t.c.id == bindparam("row"))
_GET = Prepared(_FIND)
_GET_LOCKED = Prepared(_FIND.with_for_update())
_next = select(s.c.id).where(s.c.id > bindparam("after")).order_by(s.c.id).limit(bindparam("most")).subquery()
_NEXT = Prepared(select(func.max(_next.c.id), func.count()))
_TEXTS = Prepared(
    select(x.c.id, x.c.lang, x.c.channel, x.c.windowed).where(x.c.run_id == bindparam("row")).order_by(x.c.id)
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
    lately = [id_ for (id_,) in db.every(_LATELY, since=micros(now - within), row=run)]
    db.execute(_chunk(run, db.every(_TEXTS, row=run), audience, (most, lately), (after, upto), now))
    db.run(_LOOKED, row=run, upto=upto, more=tallies.frozen(run, after, upto))
    return int(looked)


def _chunk(
    run: int,
    texts: Sequence[Row],
    audience: Audience,
    cap: tuple[int, Sequence[int]],
    between: tuple[int, int],
    now: datetime,
) -> Insert:
    """The letters to those of the audience among these subscribers; whoever cannot be reached gets the reason."""
    most, lately = cap
    after, upto = between
    channels = sorted({channel for _, _, channel, _ in texts})
    windowed = sorted({channel for _, _, channel, is_windowed in texts if is_windowed})
    text = _text(texts)
    why = why_not(
        (s.c.channel.not_in(channels), Skipped.CHANNEL),
        (text == 0 if _some_lack(texts) else None, Skipped.NO_TEXT),
        (closed(windowed, now), Skipped.WINDOW),
        (had_enough(lately, most), Skipped.CAP),
    )
    people = (
        select(s.c.id.label("id"), text.label("text"), why.label("why"))
        .where(s.c.id > after, s.c.id <= upto, s.c.stopped == literal_column("0"), *meant(audience))
        .order_by(s.c.id)
        .limit(upto - after)  # also keeps SQLite from working out the reason twice for each person
        .subquery()
    )
    found = select(
        literal_column(str(run)),
        people.c.id,
        people.c.text,
        case((people.c.why == literal_column("0"), literal_column("0")), else_=literal_column("6")),
        func.nullif(people.c.why, literal_column("0")),
    ).where(true())
    return (
        insert(letters)
        .from_select(["run_id", "subscriber_id", "text_id", "state", "why"], found, include_defaults=False)
        .on_conflict_do_nothing()
    )


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
