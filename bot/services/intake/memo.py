"""Within one turn the same words are weighed several times: once is enough."""

from collections.abc import Callable

from bot.domain.understanding import Assessment

Assess = Callable[[Assessment | None, tuple[str, ...]], Assessment]


def once(assess: Assess) -> Assess:
    """Remembers for as long as the function that it returns: one turn."""
    known: dict[tuple[int, tuple[str, ...]], tuple[Assessment, Assessment | None]] = {}

    def remembered(before: Assessment | None, said: tuple[str, ...]) -> Assessment:
        # by identity, which costs nothing to compare; `before` is kept, so that its id stays its own
        key = (id(before), said)
        found = known.get(key)
        if found is None:
            found = known[key] = (assess(before, said), before)
        return found[0]

    return remembered
