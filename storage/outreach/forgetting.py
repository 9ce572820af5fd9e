"""Who got which letter is not kept for ever: after a time only the numbers of a run remain."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, exists, null, select, tuple_, update

from storage.rows import micros
from storage.tables import comings, quiz_takers
from storage.tables import run_letters as t
from storage.tables import runs as r
from storage.writer.db import Db, Prepared

KEPT: Final = timedelta(days=90)
"""Longer than any cap looks back, and than the four weeks after a campaign in which its effect is counted."""
NAMED: Final = timedelta(days=180)
"""By then the class that somebody gave a name for is over."""
STEP: Final = 2_000
"""Letters in one transaction: a turn that comes meanwhile waits for no more than these."""
_RUN = Prepared(
    select(r.c.id)
    .where(r.c.at < bindparam("before"), r.c.ended_at.is_not(None))
    .where(exists().where(t.c.run_id == r.c.id))
    .order_by(r.c.at)
    .limit(1)
)
_some = (
    select(t.c.run_id, t.c.subscriber_id)
    .where(t.c.run_id == bindparam("of_run"))
    .order_by(t.c.subscriber_id)
    .limit(STEP)
)
_FORGET = Prepared(delete(t).where(tuple_(t.c.run_id, t.c.subscriber_id).in_(_some)))
_TAKERS = Prepared(delete(quiz_takers).where(quiz_takers.c.run_id == bindparam("of_run")))

_NAMES = Prepared(
    update(comings).where(comings.c.name.is_not(None), comings.c.at < bindparam("before")).values(name=null())
)


def forget_letters(db: Db, now: datetime) -> int:
    """The next letters of the oldest run whose time has come; 0: nothing is left to forget."""
    db.run(_NAMES, before=micros(now - NAMED))
    row = db.one(_RUN, before=micros(now - KEPT))
    if row is None:
        return 0
    db.run(_TAKERS, of_run=row[0])
    return db.run(_FORGET, of_run=row[0])
