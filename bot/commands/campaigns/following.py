"""A live bar of a run in the terminal: how far, how fast, how long still, what failed and why."""

import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta

import typer

from bot.app import Office, wall_clock
from bot.commands.campaigns.shown import together
from bot.commands.console import LANGUAGE
from bot.domain.campaigns import titles
from bot.domain.campaigns.subscribers import RunState
from bot.domain.messages import Line
from bot.services import outreach

EVERY = 1.0
"""Seconds."""
WIDTH = 30
CLEAR = "\r\x1b[K"
UNKNOWN = "?"


def follow(
    found: Office,
    campaign: int,
    *,
    once: bool = False,
    wait: Callable[[float], None] = time.sleep,
    now: Callable[[], datetime] = wall_clock,
) -> bool:
    """Show the newest run until it is over (or `once`); False: there is none."""
    runs = found.store.read(lambda uow: uow.runs.of(campaign, 1))
    if not runs:
        return False
    before: tuple[datetime, int] | None = None
    clear = CLEAR if sys.stdout.isatty() else ""
    while True:
        at = now()
        progress = found.store.read(lambda uow, at=at: outreach.progress(uow, runs[0].id, at))  # type: ignore[misc]
        if progress is None:
            return False
        last = once or progress.over
        # at its end, how fast it was from beginning to end
        rate = progress.per_second if last or before is None else _rate(before, (at, progress.sent))
        before = (at, progress.sent)
        typer.echo(clear + found.tools.words.render(bar(progress, rate), LANGUAGE), nl=last or not clear)
        if last:
            return True
        wait(EVERY)


def bar(progress: outreach.Progress, rate: float) -> Line:
    """One line; `rate`: letters a second just now."""
    if progress.run.state is RunState.FREEZING:
        return Line("campaign.cli.freezing", {"count": progress.whole})
    share = progress.done / progress.whole if progress.whole else 1.0
    full = int(share * WIDTH)
    return Line(
        "campaign.cli.bar",
        {
            "bar": "█" * full + "░" * (WIDTH - full),
            "percent": int(share * 100),
            "done": progress.done,
            "whole": progress.whole,
            "rate": f"{rate:.0f}",
            "left": _left(progress.waiting, rate),
            "failed": progress.failed,
            "reasons": _reasons(progress),
        },
    )


def _reasons(progress: outreach.Progress) -> Line | str:
    """Why letters failed or were left out, the most frequent first."""
    told = [
        Line("campaign.cli.reason", {"why": titles.reason(why), "count": count})
        for why, count in sorted(progress.reasons.items(), key=lambda one: -one[1])
        if count
    ]
    return Line("campaign.cli.in_brackets", {"what": together(told)}) if told else ""


def _rate(before: tuple[datetime, int], after: tuple[datetime, int]) -> float:
    seconds = (after[0] - before[0]).total_seconds()
    return (after[1] - before[1]) / seconds if seconds > 0 else 0.0


def _left(waiting: int, rate: float) -> str:
    if not waiting:
        return "0:00:00"
    return str(timedelta(seconds=round(waiting / rate))) if rate > 0 else UNKNOWN
