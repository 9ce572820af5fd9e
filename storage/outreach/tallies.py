"""How many letters of a run are in which state, counted up and down as they change."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import bindparam, delete, func, literal_column, select
from sqlalchemy.dialects.postgresql import insert

from bot.domain.campaigns.subscribers import LetterState
from storage.tables import run_letters
from storage.tables import run_tallies as t
from storage.writer.db import Db, Prepared

_run: Final = t.c.run_id == bindparam("of_run")
_add = insert(t).values({name: bindparam(name) for name in ("run_id", "state", "why", "n")})
_ADD = Prepared(
    _add.on_conflict_do_update(
        index_elements=[t.c.run_id, t.c.state, t.c.why], set_={"n": t.c.n + _add.excluded.n}
    )
)
_OF = Prepared(select(t.c.state, t.c.why, t.c.n).where(_run, t.c.n != literal_column("0")))
_TO_COME = Prepared(select(func.coalesce(func.sum(t.c.n), 0)).where(_run, t.c.state < literal_column("2")))
_FROZEN = Prepared(
    select(run_letters.c.state, run_letters.c.why, func.count())
    .where(run_letters.c.run_id == bindparam("of_run"))
    .where(run_letters.c.subscriber_id > bindparam("after"), run_letters.c.subscriber_id <= bindparam("upto"))
    .group_by(run_letters.c.state, run_letters.c.why)
)
_DROP = Prepared(delete(t).where(_run))

State = tuple[int, int]
"""(state, code of the reason or 0)."""


@dataclass(slots=True)
class Moves:
    """What changed in one transaction, by run; written down in the same order by everybody."""

    _changes: dict[int, Counter[State]] = field(default_factory=dict)

    def move(self, run: int, was: LetterState, becomes: LetterState, n: int, why: int = 0) -> None:
        if n:
            changes = self._changes.setdefault(run, Counter())
            changes[was.value, 0] -= n
            changes[becomes.value, why] += n

    def rows(self) -> list[dict[str, int]]:
        return [
            {"run_id": run, "state": state, "why": why, "n": n}
            for run, changes in sorted(self._changes.items())
            for (state, why), n in sorted(changes.items())
            if n
        ]


class Tallies:
    def __init__(self, db: Db) -> None:
        self._db = db

    def write(self, moves: Moves) -> None:
        self._db.many(_ADD, moves.rows())

    def skipped(self, run: int, why: int, n: int) -> None:
        moves = Moves()
        moves.move(run, LetterState.WAITING, LetterState.SKIPPED, n, why)
        self.write(moves)

    def frozen(self, run: int, after: int, upto: int) -> int:
        """Count in the letters to the subscribers of one chunk; how many."""
        found = self._db.every(_FROZEN, of_run=run, after=after, upto=upto)
        rows = sorted((state, why or 0, n) for state, why, n in found)
        self._db.many(_ADD, ({"run_id": run, "state": s, "why": w, "n": n} for s, w, n in rows))
        return sum(n for _, _, n in rows)

    def of(self, run: int) -> Mapping[State, int]:
        return {(state, why): n for state, why, n in self._db.every(_OF, of_run=run)}

    def to_come(self, run: int) -> int:
        """Waiting and in flight."""
        return self._db.number(_TO_COME, of_run=run)
