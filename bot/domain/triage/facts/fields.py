"""Ages and number of children, read off the words of a message."""

from collections.abc import Iterator
from itertools import compress, pairwise

from bot.domain.triage.reading import Reading

_DIGITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_OF_AGE = frozenset({"tuoi", "thang"})
_OLDEST = 17
_MONTHS_AT_MOST = 36
_YEAR = 12
_LINKS = frozenset({"va", "voi", "den", "toi", "hay", "hoac", ",", "may", "ruoi"})
_COUNTED = frozenset({"be", "chau", "dua", "em", "con", "tre", "ban", "hoc", "nhoc"})
_RANKS = frozenset({"lop", "thu", "so", "em", "anh", "chi", "chu", "bac", "khoa", "khoi", "thang", "ngay"})
_OWN = frozenset({"em", "con", "chau"})
_ONE = frozenset({"be", "chau", "dua", "em", "con", "thang"})
_MANY = frozenset(
    {"cac", "may", "nhieu", "tui", "bon", "lu", "nhung", "ca", "moi", "tung", "chuc", "nhom", "tre"}
)
_CHILDREN_AT_MOST = 300
_AFTER_A_SPAN = frozenset({"nay", "luong", "roi", "truoc", "sau", "nua"})


def ages(reading: Reading) -> tuple[int, ...]:
    """Ages of children in years, in the order of the text; a child under twelve months is 0."""
    if _OF_AGE.isdisjoint(reading.folded):
        return ()
    found: list[int] = []
    for at, word in enumerate(reading.folded):
        if word == "tuoi":
            found.extend(_years_before(reading, at))
        elif word == "thang" and _is_age_in_months(reading, at):
            found.extend(number // _YEAR for number, _ in _number(reading, at - 1))
    return tuple(dict.fromkeys(age for age in found if 0 <= age <= _OLDEST))


def _years_before(reading: Reading, at: int) -> list[int]:
    """ "13 14 tuổi", "6 và 7 tuổi": every number that runs up to the word for years."""
    folded = reading.folded
    if at >= 1 and folded[at - 1] == "thang":
        return [number // _YEAR for number, _ in _number(reading, at - 2)]
    run: list[int] = []
    place = at - 1
    while place >= 0:
        numbers = _number(reading, place)
        if not numbers and folded[place] not in _LINKS:
            break
        run[:0] = [number for number, _ in numbers]
        place = numbers[0][1] - 1 if numbers else place - 1
    return run


def _number(reading: Reading, at: int) -> list[tuple[int, int]]:
    """The number that ends at a word and the place where it begins; nothing where there is none."""
    if at < 0:
        return []
    word = reading.folded[at]
    before = reading.folded[at - 1] if at else ""
    if word.isdecimal():
        return [(int(word[:4]), at)]
    if word == "muoi":
        tens = _DIGITS.get(before) if reading.typed[at] != "mười" else None
        return [(tens * 10, at - 1)] if tens else [(10, at)]
    if word not in _DIGITS:
        return []
    if before == "muoi":
        return [(base + _DIGITS[word], start) for base, start in _number(reading, at - 1)]
    return [(_DIGITS[word], at)]


def _is_age_in_months(reading: Reading, at: int) -> bool:
    """ "bé 4 tháng", not "4 tháng nay" nor "tháng 4"."""
    folded = reading.folded
    after = folded[at + 1] if at + 1 < len(folded) else ""
    return any(
        number <= _MONTHS_AT_MOST
        and start >= 1
        and folded[start - 1] in _COUNTED
        and after not in _AFTER_A_SPAN
        for number, start in _number(reading, at - 1)
    )


def children(reading: Reading) -> int | None:
    """How many children the text speaks of, None where it does not say."""
    folded = reading.folded
    if counts := list(_counts(reading)):
        return max(counts)
    if not _MANY.isdisjoint(folded) and any(
        one in _MANY and other in _COUNTED for one, other in pairwise(folded)
    ):
        return None
    return None if _ONE.isdisjoint(folded) else 1


def _counts(reading: Reading) -> Iterator[int]:
    folded = reading.folded
    for at in compress(range(len(folded)), map(_COUNTED.__contains__, folded)):
        for count, start in _number(reading, at - 1):
            named = start and folded[start - 1] in _RANKS
            if folded[at - 1] == "ba" and folded[at] in _OWN:
                continue  # "ba em" is my father, hardly ever three of them
            if 1 <= count <= _CHILDREN_AT_MOST and not named:
                yield count
