"""The drafts that ship: an office edits and approves them, nothing is approved as shipped."""

from functools import cache
from pathlib import Path

from bot.domain.campaigns.campaign import Campaign
from bot.office.campaigns.reading import read_campaigns
from bot.office.faults import Fault, File

FOLDER = Path(__file__).parents[2] / "data" / "campaigns"
FILES = ("drafts.toml",)


@cache
def shipped_drafts() -> tuple[Campaign, ...]:
    """Raises ValueError where a shipped file is broken."""
    drafts: list[Campaign] = []
    for name in FILES:
        for one in read_campaigns(File(name, (FOLDER / name).read_text(encoding="utf-8"))):
            if isinstance(one, Fault):
                raise ValueError(f"{name}: line {one.line}: {one.what.key}")
            drafts.append(one)
    return tuple(drafts)
