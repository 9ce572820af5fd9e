"""A reminder to those who come to an event: letters like any others, so that each is looked at again when it goes."""

from datetime import datetime
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
    update,
)
from sqlalchemy.dialects.postgresql import insert

from bot.domain.campaigns.subscribers import RunState, Skipped
from storage.outreach.codes import reason_code
from storage.outreach.tallies import Tallies
from storage.rows import micros
from storage.tables import comings as c
from storage.tables import run_letters as letters
from storage.tables import run_texts as x
from storage.tables import runs as t
from storage.tables import subscribers as s
from storage.writer.db import Db, Prepared

EVERYBODY: Final = 2**62
_run: Final = bindparam("of_run", type_=BigInteger())
_own, _first = x.alias("own"), x.alias("first")
_text: Final = func.coalesce(_own.c.id, _first.c.id, literal_column("0"))
_channel: Final[ColumnElement[int]] = literal_column(str(reason_code(Skipped.CHANNEL)))
_people = (
    select(
        _run,
        c.c.subscriber_id,
        _text,
        case((_text == literal_column("0"), literal_column("6")), else_=literal_column("0")),
        case((_text == literal_column("0"), _channel), else_=null()),
        # as if put off before: what could not go before the event begins is too late
        bindparam("now", type_=BigInteger()),
    )
    .select_from(c)
    .join(s, s.c.id == c.c.subscriber_id)
    .join(
        _own,
        and_(_own.c.run_id == _run, _own.c.lang == s.c.lang, _own.c.channel == s.c.channel),
        isouter=True,
    )
    .join(
        _first,
        and_(
            _first.c.run_id == _run, _first.c.lang == literal_column("'vi'"), _first.c.channel == s.c.channel
        ),
        isouter=True,
    )
    .where(c.c.event == bindparam("of_event"), c.c.yes == literal_column("1"))
)
_REMIND = Prepared(
    insert(letters)
    .from_select(
        ["run_id", "subscriber_id", "text_id", "state", "why", "at"], _people, include_defaults=False
    )
    .on_conflict_do_nothing()
)
_READY = Prepared(
    update(t)
    .where(t.c.id == bindparam("row"))
    .values(ready=1, state=bindparam("new_state"), ended_at=bindparam("ended"))
)


def remind(db: Db, run: int, event: str, now: datetime) -> int:
    """A letter of this run, whose words are given, to each who said yes; how many there are to send."""
    db.run(_REMIND, of_run=run, of_event=event, now=micros(now))
    tallies = Tallies(db)
    tallies.frozen(run, 0, EVERYBODY)
    waiting = tallies.to_come(run)
    state = RunState.SENDING if waiting else RunState.DONE
    db.run(_READY, row=run, new_state=state.value, ended=None if waiting else micros(now))
    return waiting
