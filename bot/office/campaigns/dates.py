"""The calendar of named dates: each by the solar or the lunar calendar, once a year."""

import re
from functools import cache
from pathlib import Path

from bot.domain.campaigns.occurrences import Dates
from bot.domain.campaigns.schedule import Lunar, Yearly
from bot.domain.messages import Line
from bot.office.campaigns.rules import rule_from
from bot.office.faults import Fault, File
from bot.office.toml_lines import parse

SHIPPED = Path(__file__).parents[2] / "data" / "campaigns" / "dates.toml"
_NAME = re.compile(r"[a-z0-9_]{2,40}")


def read_dates(file: File) -> Dates | tuple[Fault, ...]:
    """The dates by name, or every fault."""
    faults: list[Fault] = []
    whole = parse(file, faults)
    if whole is None:
        return tuple(faults)
    whole.only("date")
    found: dict[str, Yearly | Lunar] = {}
    for section in whole.sections("date"):
        section.only("name", "rule", "note")
        name, text = section.text("name"), section.text("rule")
        rule = rule_from(text) if text.strip() else None
        if name in found:
            section.bad("name", Line("office.fault.twice", {"value": name}))
        if not _NAME.fullmatch(name):
            section.bad("name", Line("campaign.fault.code"))
        if isinstance(rule, Yearly | Lunar):
            found[name] = rule
        else:
            section.bad("rule", Line("campaign.fault.toml_rule", {"value": text[:40]}))
    return tuple(faults) if faults else found


@cache
def shipped_dates() -> Dates:
    """Those that ship with the program. Raises ValueError where the shipped file is broken."""
    found = read_dates(File(SHIPPED.name, SHIPPED.read_text(encoding="utf-8")))
    if isinstance(found, tuple):
        raise ValueError(f"{SHIPPED.name}: line {found[0].line}")
    return found
