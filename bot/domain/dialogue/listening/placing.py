"""Where it happens: the commune that the words name, the guesses that must be asked about."""

import re

from bot.domain.conversation import Facts, Report
from bot.domain.dialogue.listening.words import sample
from bot.domain.replacing import replace
from bot.domain.understanding import Places

_LAST = re.compile(r"[,;.!?\n–-]")
_LEAST, _NAME = 2, 4
"""Words that the bare name of a place has at least, and at most."""


def with_place(report: Report, text: str, facts: Facts) -> Report:
    """The commune where the words name it surely; else the guesses, to be asked about.

    A collaborator who names none means the own commune.
    """
    own = facts.collaborator.unit if facts.collaborator is not None else None
    if report.unit not in (None, own):
        return report
    places = facts.find(sample(text))
    if not places.units:
        places = _named_last(text, facts) or places
    if places.units:
        report = located(report, places)
    if report.unit is None and report.places.needs != "which" and own:
        return replace(report, unit=own)
    return report


def _named_last(text: str, facts: Facts) -> Places | None:
    """A bare name behind the story ("…, Ea Kao"): said once, it is not asked for again."""
    *story, last = _LAST.split(sample(text).rstrip(" .,;!?\n"))
    last = last.strip()
    named = last.isascii() or last[:1].isupper()  # "làm xa" is no Lâm Xa
    if not story or not named or not _LEAST <= len(last.split()) <= _NAME:
        return None
    found = facts.answer(last)
    whole = found.units and found.units[0].words.lower() == last.lower()
    return found if whole and found.needs in (None, "which") else None


def located(report: Report, places: Places) -> Report:
    """Take the first guess where it is sure enough."""
    if places.needs is None and places.units:
        return replace(report, unit=places.units[0].unit, places=places)
    return replace(report, places=places)
