"""Seconds to freeze an audience of a million, octets of each letter, and how long the writer is held at a time."""

import asyncio
import resource
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from sqlalchemy import text

from bot.domain.campaigns.campaign import Audience, Campaign, Group, Topic
from bot.domain.campaigns.limits import CAP
from bot.domain.campaigns.subscribers import LetterState
from bot.services.outreach.freezing import CHUNK
from storage.engine import SqlStore, open_store
from tests.bench.crowd_of_subscribers import subscribers
from tests.bench.postgres import postgres
from tests.bench.settings import fresh
from tests.bench.table import Row
from tests.storage.outreach import a_campaign, begun
from tests.storage.people import NOW

PEOPLE = 1_000_000
EARLIER = CAP[0]
"""Runs of the same week that half of the people had before: everybody's cap has to be looked at."""
HALF = Audience(tags=("river_bank",))
AUDIENCE = Audience(
    groups=tuple(Group), units=("66",), languages=("vi", "en"), topics=(Topic.DROWNING, Topic.EVENTS)
)
REAL = f"groups, province, languages, topics, consent, block, unsafe mark and a cap of {CAP[0]} a week"
TABLES = ("run_letters", "ix_run_letters_waiting", "ix_run_letters_flight", "sqlite_autoindex_run_letters_1")


@dataclass
class Frozen:
    seconds: float
    letters: int
    octets: float
    """Of each letter, with all indexes."""
    holds: list[float] = field(default_factory=list)
    """Seconds of each transaction."""
    grown: float = 0.0
    """Megabytes by which this process grew."""


async def freezing(*, quick: bool) -> list[Row]:
    people = PEOPLE // 20 if quick else PEOPLE
    folder = fresh("freezing")
    sqlite = await asyncio.to_thread(_measured, f"sqlite:///{folder}/tinbao.db", folder, people)
    with postgres() as url:
        postgresql = await asyncio.to_thread(_measured, url, fresh("freezing-pg"), people)
    return [
        *_rows("SQLite", sqlite, people, seconds=6, octets=120),
        Row("the same, longest hold of the writer", max(sqlite.holds) * 1e3, "ms", "at most 50"),
        Row("the same, hold of the writer, p50", median(sqlite.holds) * 1e3, "ms"),
        Row("the same, memory grew by", sqlite.grown, "MB", "flat"),
        *_rows("PostgreSQL", postgresql, people, seconds=15, octets=250),
        Row("the same, longest transaction", max(postgresql.holds) * 1e3, "ms"),
    ]


def _rows(name: str, frozen: Frozen, people: int, *, seconds: int, octets: int) -> list[Row]:
    of = f"{name}: freezing an audience of {people:,}"
    note = (
        f"{REAL}; half had {EARLIER} letters before; {frozen.letters:,} letters in chunks of {CHUNK:,} people"
    )
    return [
        Row(of, frozen.seconds, "s", f"at most {seconds}", note=note),
        Row(f"{name}: octets of a letter", frozen.octets, "bytes", f"at most {octets}"),
    ]


def _measured(url: str, folder: Path, people: int) -> Frozen:
    store = open_store(url, folder / "keys.json", folder / "files")
    try:
        subscribers(store, people, "main")
        for number in range(EARLIER):
            _freeze(store, a_campaign(f"earlier-{number}"), NOW - timedelta(days=number + 1), HALF)
        return _freeze(store, a_campaign(), NOW, AUDIENCE)
    finally:
        store.close()


def _freeze(store: SqlStore, campaign: Campaign, at: datetime, audience: Audience) -> Frozen:
    run = store.write(lambda uow: begun(uow, campaign, at=at, texts=("vi", "en")))
    before, memory, holds = _octets(store), _megabytes(), list[float]()
    started, looked = time.perf_counter(), 1
    while looked:
        began = time.perf_counter()
        looked = store.write(lambda uow: uow.runs.freeze(run, audience, CAP, CHUNK, NOW))
        holds.append(time.perf_counter() - began)
    seconds = time.perf_counter() - started
    found = store.read(lambda uow: uow.runs.get(run))
    assert found is not None
    assert found.counts[LetterState.WAITING]
    octets = (_octets(store) - before) / found.frozen
    return Frozen(seconds, found.frozen, octets, holds, _megabytes() - memory)


def _octets(store: SqlStore) -> float:
    """Of the letters with all their indexes."""
    names = ", ".join(f"'{name}'" for name in TABLES)
    of_sqlite = f"SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name IN ({names})"  # noqa: S608 - our own
    sql = (
        of_sqlite if store.engine.dialect.name == "sqlite" else "SELECT pg_total_relation_size('run_letters')"
    )
    with store.engine.connect() as connection:
        return float(connection.execute(text(sql)).scalar() or 0)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
