"""What has to be done now and then so that nothing is remembered for longer than it should be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import text

from storage.alarms import SqlAlarms
from storage.engine import SqlStore
from storage.links import SqlLinks
from storage.offers import SqlOffers
from storage.outbox import SqlOutbox
from storage.outreach.forgetting import forget_letters
from storage.quarantine import SqlQuarantine
from storage.tracks import SqlTracks
from storage.unit_of_work import SqlUnitOfWork
from storage.writer.db import Db

UNREAD: Final = timedelta(hours=24)
"""After this time the words of a letter go although no page has come for it."""
SPENT: Final = timedelta(days=7)
"""Expired links and counted attempts are of no use after that."""
HELD: Final = timedelta(days=90)
"""Whoever has not written for so long does not wait for an answer any more: the letter's words go."""
ALARMED: Final = timedelta(days=400)
LOOSE: Final = timedelta(days=7)
"""By then every upload has joined a case, or its sender never reported anything."""
SUSPECT: Final = timedelta(days=30)
"""What came with a wrong signature is kept so long for somebody to mend the setting."""
REACHED: Final = timedelta(days=30)
"""Whether a letter arrived and was seen is of interest for so long."""

STEPS: Final = 500
"""Short transactions in which old letters of campaigns go; what is left then goes an hour later."""


@dataclass(frozen=True, slots=True)
class Tidied:
    letters: int
    links: int
    files: int = 0
    offers: int = 0


def tidy(store: SqlStore, now: datetime, pull_channels: Sequence[str]) -> Tidied:
    """Once an hour or so; `pull_channels` are those whose pages fetch their letters."""

    def work(db: Db) -> Tidied:
        outbox = SqlOutbox(db, store.memory.seals)
        letters = sum(outbox.forget(channel, now - UNREAD) for channel in pull_channels)
        letters += outbox.give_up(now - HELD)
        SqlAlarms(db).prune(now - ALARMED)
        SqlQuarantine(db, store.memory.seals).prune(now - SUSPECT)
        SqlTracks(db, store.memory.seals).prune(now - REACHED)
        links = SqlLinks(db, store.memory.seals).prune(now - SPENT)
        files = SqlUnitOfWork(db, store.memory).files.prune(now - LOOSE)
        return Tidied(letters, links, files, SqlOffers(db, store.memory.seals).prune(now))

    for _ in range(STEPS):
        if not store.transact(lambda db: forget_letters(db, now)):
            break
    return store.transact(work)


def scrub(store: SqlStore) -> None:
    """After an erasure: a destroyed key must not live on in what the database keeps of earlier states."""
    with store.engine.connect() as connection:
        if store.engine.dialect.name == "sqlite":
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            return
        alone = connection.execution_options(isolation_level="AUTOCOMMIT")
        alone.execute(text("VACUUM case_keys"))
