"""The office itself as a file: name, home province, default route, telephone numbers, shorter limits."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.domain.deadlines import LEGAL_HOURS
from bot.domain.messages import Line
from bot.domain.officers import NumberFact, Officer, Roster
from bot.office.toml_lines import Section, bare, quoted

NUMBER = re.compile(r"\+?[0-9][0-9 .]{1,18}")
NUMBER_NAME = re.compile(r"[a-z0-9_]{1,32}")
EVERYWHERE = "all"
"""How the file calls the limit of the whole office."""


@dataclass(frozen=True, slots=True)
class Basics:
    """What `[office]` says."""

    name: str
    home: str
    default_route: tuple[str, ...]


def read_basics(section: Section, officers: Mapping[str, Officer], provinces: Mapping[str, str]) -> Basics:
    """Name, home province and default route; the route is compulsory and names officers by code."""
    section.only("name", "home", "default_route")
    basics = Basics(section.text("name"), section.text("home"), section.texts("default_route"))
    if basics.home not in provinces.values():
        section.bad("home", Line("office.fault.unit", {"value": basics.home}))
    if not basics.default_route:
        section.bad("default_route", Line("office.fault.default_route"))
    for code in basics.default_route:
        if code not in officers:
            section.bad("default_route", Line("office.fault.officer", {"value": code}))
    return basics


def read_numbers(section: Section) -> tuple[dict[str, str], dict[str, NumberFact]]:
    """`[numbers.<name>]`: the number, the day it was last verified, the day it ends, a note."""
    numbers: dict[str, str] = {}
    facts: dict[str, NumberFact] = {}
    for name in section.values:
        one = section.section(name)
        one.only("number", "verified", "expires", "note")
        numbers[name] = one.text("number")
        facts[name] = NumberFact(one.day("verified"), one.day("expires"), one.text("note", ""))
        if not NUMBER_NAME.fullmatch(name):
            section.bad(name, Line("office.fault.text", {"value": name[:20]}))
        if not NUMBER.fullmatch(numbers[name]):
            one.bad("number", Line("office.fault.text", {"value": numbers[name][:20]}))
    return numbers, facts


def read_limits(section: Section, provinces: Mapping[str, str]) -> dict[str, int]:
    """Hours by commune, province or "all": shorter than the law's 12, never longer."""
    limits = {}
    known = {EVERYWHERE, *provinces, *provinces.values()}
    for key in section.values:
        if key not in known:
            section.bad(key, Line("office.fault.unit", {"value": key}))
        limits["" if key == EVERYWHERE else key] = section.whole(key, 1, LEGAL_HOURS)
    return limits


def write_office(roster: Roster) -> str:
    """The same file again."""
    return "\n".join(_lines(roster)) + "\n"


def _lines(roster: Roster) -> Iterator[str]:
    yield "[office]"
    yield f"name = {quoted(roster.name)}"
    yield f"home = {quoted(roster.home)}"
    yield f"default_route = [{', '.join(quoted(code) for code in roster.default_route)}]"
    for name, number in roster.numbers.items():
        fact = roster.number_facts.get(name, NumberFact())
        yield f"\n[numbers.{bare(name)}]"
        yield f"number = {quoted(number)}"
        if fact.verified is not None:
            yield f"verified = {fact.verified.isoformat()}"
        if fact.expires is not None:
            yield f"expires = {fact.expires.isoformat()}"
        if fact.note:
            yield f"note = {quoted(fact.note)}"
    if roster.limits_hours:
        yield "\n[limits_hours]"
        for key, hours in roster.limits_hours.items():
            yield f"{bare(key or EVERYWHERE)} = {hours}"
