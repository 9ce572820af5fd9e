"""After the secret was mended: what was shut away and is rightly signed now goes into the inbox, exactly once."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.domain.messages import Heard
from bot.ports import Store, UnitOfWork
from bot.services import intake
from bot.services.duty import deliveries
from bot.services.intake import suspects
from handlers.traces import where
from handlers.zalo_oa.heard.event import read
from handlers.zalo_oa.heard.translate import OTHER_ACCOUNT, Ear, Nothing, Reached
from handlers.zalo_oa.signature import Keys, reading
from handlers.zalo_oa.traits import NAME

AT_ONCE = 100
"""Rows in one transaction."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many were fed into the inbox, how many needed no answer, and how many stay."""

    fed: int = 0
    nothing: int = 0
    stays: int = 0
    broken: tuple[int, ...] = ()
    """Numbers of rows that could not be taken in and stay as they are: damaged, or sealed with a key that is gone."""

    def plus(self, other: "Replayed") -> "Replayed":
        return Replayed(
            self.fed + other.fed,
            self.nothing + other.nothing,
            self.stays + other.stays,
            self.broken + other.broken,
        )


@dataclass(frozen=True, slots=True)
class Replay:
    """Each row is taken out and written down in one transaction, so that nothing is lost or heard twice."""

    store: Store
    keys: Keys
    account: str
    now: datetime

    def run(self) -> Replayed:
        done = Replayed()
        for rows in self._rows():
            done = done.plus(self._attempt(rows))
        self.store.write(_over)
        return done

    def _rows(self) -> Iterator[Sequence[int]]:
        last = 0
        while rows := self.store.read(partial(_behind, last)):
            yield rows
            last = rows[-1]

    def _attempt(self, rows: Sequence[int]) -> Replayed:
        """All in one commit; where one breaks it, each by itself."""
        try:
            return self.store.write(lambda uow: self._taken(uow, rows))
        except Exception as broken:  # noqa: BLE001 - one row that breaks must not keep the others shut away
            if len(rows) == 1:
                log.warning("quarantine: row %d stays as it is: %s", rows[0], where(broken))
                return Replayed(broken=tuple(rows))
        done = Replayed()
        for row in rows:
            done = done.plus(self._attempt((row,)))
        return done

    def _taken(self, uow: UnitOfWork, rows: Sequence[int]) -> Replayed:
        ear, done = Ear(self.account), Replayed()
        for row in rows:
            done = done.plus(self._one(uow, ear, row))
        return done

    def _one(self, uow: UnitOfWork, ear: Ear, row: int) -> Replayed:
        suspect = uow.quarantine.get(row)
        event = None if suspect is None else read(suspect.body)
        if suspect is None or event is None:
            return Replayed(stays=1)
        if reading(self.keys, suspect.body, event.timestamp, suspect.signature) is None:
            return Replayed(stays=1)
        understood = ear.understand(event, self.now)
        if understood == Nothing(OTHER_ACCOUNT):
            return Replayed(stays=1)
        if not uow.quarantine.drop(row):
            return Replayed()
        match understood:
            case Heard() as heard:
                return Replayed(fed=1) if intake.hear(uow, heard, self.now) else Replayed(nothing=1)
            case Reached(letters, at, seen):
                deliveries.reached(uow, letters, at, was_seen=seen)
        return Replayed(nothing=1)


def _behind(last: int, uow: UnitOfWork) -> Sequence[int]:
    return [row.id for row in uow.quarantine.listing(NAME, last, AT_ONCE)]


def _over(uow: UnitOfWork) -> None:
    if not uow.quarantine.count(NAME):
        suspects.mended(uow, NAME)
