"""A run as its row and its tallies tell it."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from bot.domain.campaigns.subscribers import LetterState, Run, RunState
from storage.outreach.codes import STOPPED, reason_name
from storage.outreach.tallies import State
from storage.rows import moment, moment_or_none
from storage.tables import runs as t
from storage.writer.db import Row

COLUMNS: Final = (
    t.c.id, t.c.campaign_id, t.c.at, t.c.state, t.c.ready, t.c.frozen, t.c.started_at, t.c.ended_at,
)  # fmt: skip


def run_from(row: Row, tallies: Mapping[State, int]) -> Run:
    """From `COLUMNS`."""
    id_, campaign, at, state, ready, frozen, started, ended = row
    counts, reasons = _counted(tallies, stopped=state == RunState.STOPPED.value)
    return Run(
        id=id_,
        campaign=campaign,
        at=moment(at),
        state=RunState(state),
        frozen=frozen,
        ready=bool(ready),
        counts=counts,
        reasons=reasons,
        started_at=moment_or_none(started),
        ended_at=moment_or_none(ended),
    )


def _counted(tallies: Mapping[State, int], *, stopped: bool) -> tuple[dict[LetterState, int], dict[str, int]]:
    """What still waits when a run is stopped will never be sent."""
    counts, reasons = Counter[LetterState](), Counter[str]()
    for (state, why), n in tallies.items():
        if stopped and state == LetterState.WAITING.value:
            counts[LetterState.SKIPPED] += n
            reasons[STOPPED] += n
            continue
        counts[LetterState(state)] += n
        if why:
            reasons[reason_name(why)] += n
    return dict(counts), dict(reasons)
