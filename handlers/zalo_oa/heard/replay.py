"""After the secret was mended: what was shut away and is rightly signed now goes into the inbox, exactly once."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.messages import Heard
from bot.ports import UnitOfWork
from bot.services import intake
from bot.services.duty import deliveries
from bot.services.intake import suspects
from handlers.zalo_oa.heard.event import read
from handlers.zalo_oa.heard.translate import Ear, Reached
from handlers.zalo_oa.signature import Keys, reading
from handlers.zalo_oa.traits import NAME

AT_ONCE = 100
"""Rows in one transaction."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many were fed into the inbox, how many needed no answer, and how many stay."""

    fed: int = 0
    nothing: int = 0
    stays: int = 0
    last: int = 0
    """The number to go on behind; 0: the end was reached."""

    def plus(self, other: "Replayed") -> "Replayed":
        return Replayed(
            self.fed + other.fed, self.nothing + other.nothing, self.stays + other.stays, other.last
        )


def replay(uow: UnitOfWork, keys: Keys, account: str, now: datetime, after: int = 0) -> Replayed:
    """One step in one transaction: taken out and written down together, so that nothing is lost or heard twice."""
    ear, done = Ear(account), Replayed()
    rows = uow.quarantine.listing(NAME, after, AT_ONCE)
    for row in rows:
        done = done.plus(_one(uow, keys, ear, row.id, now))
    if rows:
        return Replayed(done.fed, done.nothing, done.stays, rows[-1].id)
    if not uow.quarantine.count(NAME):
        suspects.mended(uow, NAME)
    return done


def _one(uow: UnitOfWork, keys: Keys, ear: Ear, row: int, now: datetime) -> Replayed:
    suspect = uow.quarantine.get(row)
    event = None if suspect is None else read(suspect.body)
    if suspect is None or event is None:
        return Replayed(stays=1)
    if reading(keys, suspect.body, event.timestamp, suspect.signature) is None:
        return Replayed(stays=1)
    if not uow.quarantine.drop(row):
        return Replayed()
    match ear.understand(event, now):
        case Heard() as heard:
            return Replayed(fed=1) if intake.hear(uow, heard, now) else Replayed(nothing=1)
        case Reached(letters, at, seen):
            deliveries.reached(uow, letters, at, was_seen=seen)
    return Replayed(nothing=1)
