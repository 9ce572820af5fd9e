"""Communes whose name begins with what is typed, for a list on the desk."""

from bot.domain.places.names import Index, Level, Named
from bot.domain.places.spelling import name_key

MOST = 20
SHORTEST = 2
"""Letters from which on it is worth looking."""
_TYPES = ("xã", "phường", "thị trấn", "đặc khu", "x.", "p.", "tt.")


def search(typed: str, index: Index, home: str) -> tuple[str, ...]:
    """Codes: whole names before beginnings, home first, names of today before old ones."""
    wanted = _untyped(typed)
    key = name_key(wanted)
    if len(key) < SHORTEST and not key.isdigit():
        return ()
    # of a word that is still being typed the last letters are no ending: "ea k" is on its way to Ea Kao
    keys = (key, name_key(wanted + "a")[:-1])
    ranked: dict[str, tuple[bool, bool, bool, str]] = {}
    for name, units in index.named.items():
        if name.startswith(keys):
            for one in units:
                _rank(ranked, one, (name != key, home not in one.provinces, one.old, name))
    return tuple(sorted(ranked, key=lambda code: (ranked[code], code)))[:MOST]


def _rank(
    ranked: dict[str, tuple[bool, bool, bool, str]], one: Named, rank: tuple[bool, bool, bool, str]
) -> None:
    if one.level is Level.COMMUNE:
        for code in one.units:
            ranked[code] = min(rank, ranked.get(code, rank))


def _untyped(typed: str) -> str:
    lower = typed.strip().lower()
    return next((lower[len(kind) :] for kind in _TYPES if lower.startswith(kind)), lower)
