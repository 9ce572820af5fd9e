"""What platforms tell of a letter after they took it: it arrived, it was seen."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, null, select, update

from bot.domain.campaigns.subscribers import LetterState
from storage.outreach.numbers import parts_of
from storage.outreach.tallies import Moves, Tallies
from storage.rows import micros
from storage.tables import run_letters as t
from storage.writer.db import Db, Prepared

_one: Final = (t.c.run_id == bindparam("of_run"), t.c.subscriber_id == bindparam("row"))
_STATE = Prepared(select(t.c.state).where(*_one))
_TOLD = Prepared(
    update(t)
    .where(*_one, t.c.state == bindparam("was"))
    .values(state=bindparam("new_state"), why=null(), at=bindparam("moment"))
)
_KNOWN: Final = (LetterState.SENT, LetterState.DELIVERED, LetterState.UNKNOWN)
"""From these a letter goes on; what was seen does not become delivered again."""


def told(db: Db, letter: int, state: LetterState, now: datetime) -> bool:
    """False where it was known already, or is no letter that was sent."""
    run, subscriber = parts_of(letter)
    row = db.one(_STATE, of_run=run, row=subscriber)
    was = None if row is None else LetterState(row[0])
    if was not in _KNOWN or was is state:
        return False
    done = db.run(_TOLD, of_run=run, row=subscriber, was=was.value, new_state=state.value, moment=micros(now))
    moves = Moves()
    moves.move(run, was, state, done)
    Tallies(db).write(moves)
    return bool(done)
