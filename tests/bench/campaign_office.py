"""Fills a database with a campaign that is being sent: subscribers, and a run whose audience is frozen."""

import os
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from bot.domain.campaigns.limits import NO_CAP
from bot.domain.campaigns.subscribers import LetterState, RunState
from storage.engine import SqlStore
from tests.bench.crowd_of_subscribers import subscribers
from tests.bench.office import opened
from tests.bench.settings import NEWS
from tests.storage.outreach import EVERYBODY, FIRST, WORDS, a_campaign
from tests.storage.outreach import NEWS as CHANNEL

ACCOUNT = NEWS.partition(":")[0]
FIRST_CHAT = FIRST
CHUNK = 20_000
LONGEST = 60_000
"""Letters that the measured program can send in the time of a figure: these go to chats of their own."""


def fill_campaign(folder: Path, letters: int) -> int:
    """The number of the run; urgent, so that it is sent at whatever hour the bench runs."""
    store = opened(folder)
    try:
        subscribers(store, letters, ACCOUNT, real=min(letters, LONGEST))
        return frozen(store)
    finally:
        store.close()
        os.sync()  # or the measured program's commits wait while the disk writes hundreds of megabytes of ours


def frozen(store: SqlStore) -> int:
    now = datetime.now(UTC)  # noqa: TID251
    id_ = store.write(lambda uow: uow.campaigns.add(a_campaign(urgent=True)))
    run = store.write(lambda uow: uow.runs.begin(id_, now, RunState.FREEZING, now))
    assert run is not None
    store.write(lambda uow: uow.runs.text(run, "vi", CHANNEL, WORDS))
    freeze = partial(_step, run=run, now=now)
    while store.write(freeze):
        pass
    return run


def _step(uow: object, run: int, now: datetime) -> int:
    return int(uow.runs.freeze(run, EVERYBODY, NO_CAP, CHUNK, now))  # type: ignore[attr-defined]


def to_come(store: SqlStore, run: int) -> int:
    """Waiting and in flight."""
    found = store.read(lambda uow: uow.runs.get(run))
    assert found is not None
    return sum(found.counts.get(state, 0) for state in (LetterState.WAITING, LetterState.IN_FLIGHT))
