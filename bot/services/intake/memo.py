"""Within one turn the same words are weighed several times: once is enough."""

from collections.abc import Callable

from bot.domain.triage import joined
from bot.domain.understanding import Assessment, Places

Assess = Callable[[Assessment | None, tuple[str, ...]], Assessment]
Find = Callable[[str], Places]


def once(assess: Assess) -> Assess:
    """Remembers for as long as the function that it returns: one turn.

    An answer is weighed by itself, to see whether it is sure, and then with what was said before: the words are
    read once for both.
    """
    known: dict[tuple[str, ...], Assessment] = {}

    def remembered(before: Assessment | None, said: tuple[str, ...]) -> Assessment:
        alone = known.get(said)
        if alone is None:
            alone = known[said] = assess(None, said)
        return alone if before is None else joined(before, alone)

    return remembered


def each_once(find: Find) -> Find:
    """The same for places: an answer to "where?" is looked up to see whether it is one, and again to take it."""
    known: dict[str, Places] = {}

    def remembered(said: str) -> Places:
        found = known.get(said)
        if found is None:
            found = known[said] = find(said)
        return found

    return remembered
