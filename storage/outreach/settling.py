"""What became of a run's letters, in batches."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, bindparam, literal_column, update

from bot.domain.campaigns.subscribers import LetterState
from bot.ports.channels import Deferred, Delivered, Outcome, Refused, Why
from bot.ports.talk import Settled
from storage.outreach.codes import reason_code
from storage.outreach.numbers import parts_of
from storage.outreach.tallies import Moves, Tallies
from storage.rows import micros
from storage.sealed import Seals
from storage.tables import run_letters as t
from storage.tables import subscribers as s
from storage.tracks import SqlTracks
from storage.writer.db import Db, Prepared

UNREACHABLE: Final = frozenset({Why.BLOCKED, Why.GONE})
"""They get nothing more until they write again."""
_one: Final = (t.c.run_id == bindparam("of_run"), t.c.subscriber_id == bindparam("row"))
_becomes: Final[dict[str, ColumnElement[Any]]] = {
    "state": bindparam("new_state"),
    "why": bindparam("reason"),
    "at": bindparam("moment"),
}
_DONE = Prepared(update(t).where(*_one, t.c.state == literal_column("1")).values(_becomes))
_DONE_LATE = Prepared(update(t).where(*_one, t.c.state == literal_column("7")).values(_becomes))
_BLOCKED = Prepared(update(s).where(s.c.id == bindparam("row")).values(blocked=1))
Becomes = tuple[LetterState, int, int]
"""(state, code of the reason, microseconds)."""


class Settling:
    def __init__(self, db: Db, seals: Seals) -> None:
        self._db = db
        self._tracks = SqlTracks(db, seals)

    def settle(self, settled: Sequence[Settled], now: datetime) -> None:
        groups: dict[tuple[int, Becomes], list[int]] = defaultdict(list)
        for one in settled:
            run, subscriber = parts_of(one.letter)
            groups[run, becomes(one.outcome, now)].append(subscriber)
        moves = Moves()
        for (run, became), people in sorted(groups.items()):
            self._write(run, became, sorted(people), moves)
        self._db.many(_BLOCKED, ({"row": parts_of(one.letter)[1]} for one in settled if _unreachable(one)))
        Tallies(self._db).write(moves)
        for one in settled:
            if isinstance(one.outcome, Delivered) and one.outcome.tracked:
                self._tracks.add(one.letter, one.outcome.tracked, now)

    def _write(self, run: int, became: Becomes, people: Sequence[int], moves: Moves) -> None:
        """Also where the lease had ended and a letter counted as unknown: now it is known."""
        state, why, at = became
        common = {"of_run": run, "new_state": state.value, "reason": why or None, "moment": at}
        done = self._db.many(_DONE, ({**common, "row": person} for person in people))
        moves.move(run, LetterState.IN_FLIGHT, state, done, why)
        if done < len(people) and state not in (LetterState.WAITING, LetterState.UNKNOWN):
            late = self._db.many(_DONE_LATE, ({**common, "row": person} for person in people))
            moves.move(run, LetterState.UNKNOWN, state, late, why)


def becomes(outcome: Outcome, now: datetime) -> Becomes:
    """A letter whose answer was lost may have arrived: it is not sent again."""
    at = micros(now)
    match outcome:
        case Delivered():
            return LetterState.SENT, 0, at
        case Deferred(why=Why.NETWORK) | Refused(why=Why.UNKNOWN):
            return LetterState.UNKNOWN, 0, at
        case Refused(why=Why.WINDOW) | Deferred(why=Why.WINDOW):
            return LetterState.SKIPPED, reason_code(Why.WINDOW.value), at
        case Deferred(wait=wait):
            return LetterState.WAITING, 0, micros(now + wait)
        case Refused(why=Why.QUOTA):
            return LetterState.SKIPPED, reason_code(Why.QUOTA.value), at
        case Refused(why=why):
            return LetterState.REFUSED, reason_code(why.value), at


def _unreachable(one: Settled) -> bool:
    return isinstance(one.outcome, Refused) and one.outcome.why in UNREACHABLE
