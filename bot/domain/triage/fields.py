"""Ages and number of children, read off the words of a message."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.domain.triage.reading import Reading, Word

_DIGITS = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
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
    words = reading.words
    found: list[int] = []
    for at, word in enumerate(words):
        if word.folded == "tuoi":
            found.extend(_years_before(words, at))
        elif word.folded == "thang" and _is_age_in_months(words, at):
            found.extend(number // _YEAR for number, _ in _number(words, at - 1))
    return tuple(dict.fromkeys(age for age in found if 0 <= age <= _OLDEST))


def _years_before(words: Sequence[Word], at: int) -> list[int]:
    """ "13 14 tuổi", "6 và 7 tuổi": every number that runs up to the word for years."""
    if at >= 1 and words[at - 1].folded == "thang":
        return [number // _YEAR for number, _ in _number(words, at - 2)]
    run: list[int] = []
    place = at - 1
    while place >= 0:
        numbers = _number(words, place)
        if not numbers and words[place].folded not in _LINKS:
            break
        run[:0] = [number for number, _ in numbers]
        place = numbers[0][1] - 1 if numbers else place - 1
    return run


def _number(words: Sequence[Word], at: int) -> list[tuple[int, int]]:
    """The number that ends at a word and the place where it begins; nothing where there is none."""
    if at < 0:
        return []
    word = words[at]
    before = words[at - 1].folded if at else ""
    if word.folded.isdecimal():
        return [(int(word.folded[:4]), at)]
    if word.folded == "muoi":
        tens = _DIGITS.get(before) if word.typed != "mười" else None
        return [(tens * 10, at - 1)] if tens else [(10, at)]
    if word.folded not in _DIGITS:
        return []
    if before == "muoi":
        return [(base + _DIGITS[word.folded], start) for base, start in _number(words, at - 1)]
    return [(_DIGITS[word.folded], at)]


def _is_age_in_months(words: Sequence[Word], at: int) -> bool:
    """ "bé 4 tháng", not "4 tháng nay" nor "tháng 4"."""
    after = words[at + 1].folded if at + 1 < len(words) else ""
    return any(
        number <= _MONTHS_AT_MOST
        and start >= 1
        and words[start - 1].folded in _COUNTED
        and after not in _AFTER_A_SPAN
        for number, start in _number(words, at - 1)
    )


def children(reading: Reading) -> int | None:
    """How many children the text speaks of, None where it does not say."""
    counts = list(_counts(reading.words))
    if counts:
        return max(counts)
    folded = [word.folded for word in reading.words]
    if any(one in _MANY and other in _COUNTED for one, other in pairwise(folded)):
        return None
    return 1 if _ONE & set(folded) else None


def _counts(words: Sequence[Word]) -> Iterator[int]:
    for at, word in enumerate(words):
        if word[1] not in _COUNTED or not at:
            continue
        for count, start in _number(words, at - 1):
            named = start and words[start - 1].folded in _RANKS
            if words[at - 1].folded == "ba" and words[at].folded in _OWN:
                continue  # "ba em" is my father, hardly ever three of them
            if 1 <= count <= _CHILDREN_AT_MOST and not named:
                yield count
