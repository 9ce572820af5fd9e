"""Campaigns between files and the office: all or nothing on the way in."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bot.app import Office
from bot.domain.campaigns.campaign import Campaign
from bot.domain.messages import Line
from bot.office.campaigns import read_campaigns, shipped_drafts, write_campaigns
from bot.office.faults import Fault
from bot.office.files import Rejected, load_files
from bot.ports import UnitOfWork
from bot.services import outreach
from bot.services.outreach import Faults, Refusal


class _Nothing(Exception):
    """Undoes the transaction: a calendar is taken whole or not at all."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines


def take(found: Office, paths: Sequence[Path], now: datetime, *, over: bool = False) -> int | Sequence[Line]:
    """How many drafts were taken, or what is wrong, by file and line."""
    campaigns = read(paths)
    if not all(isinstance(one, Campaign) for one in campaigns):
        return [one.told() for one in campaigns if isinstance(one, Fault)]
    drafts = [one for one in campaigns if isinstance(one, Campaign)]
    try:
        found.store.write(lambda uow: _take(uow, found, drafts, now, over=over))
    except _Nothing as nothing:
        return nothing.lines
    return len(drafts)


def read(paths: Sequence[Path]) -> Sequence[Campaign | Fault]:
    """The campaigns of these files, or of what ships; with any fault only faults."""
    if not paths:
        return shipped_drafts()
    loaded = load_files(paths)
    if isinstance(loaded, Rejected):
        return loaded.faults
    everything = [one for file in loaded for one in read_campaigns(file)]
    return [one for one in everything if isinstance(one, Fault)] or everything


def give(found: Office, path: Path) -> int:
    """Write all but urgent notices; returns how many."""
    campaigns = [one for one in found.store.read(lambda uow: outreach.listing(uow)) if not one.urgent]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(write_campaigns(campaigns).text, encoding="utf-8", newline="")
    return len(campaigns)


def _take(uow: UnitOfWork, found: Office, drafts: Sequence[Campaign], now: datetime, *, over: bool) -> None:
    wrong: list[Line] = []
    for draft in drafts:
        match outreach.take_in(uow, found.tools, draft, now, "system", over=over):
            case Faults(faults):
                wrong += [_told(draft, f"{one.field}", one.line) for one in faults]
            case Refusal(line):
                wrong.append(_told(draft, "", line))
            case _:
                pass
    if wrong:
        raise _Nothing(wrong)


def _told(draft: Campaign, place: str, what: Line) -> Line:
    where = f"{draft.code} {place}".strip()
    return Line("campaign.cli.finding", {"place": where, "what": what})
