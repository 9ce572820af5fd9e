"""Ages, number of children and the name of the place, read off the words of a message."""

import re
from collections.abc import Iterator, Sequence

from bot.domain.triage.reading import Reading, Word

_DIGITS = {
    "khong": 0, "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "lam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9,
}  # fmt: skip
_OLDEST = 17
_MONTHS = 24
_LINKS = frozenset({"va", "voi", "den", "toi", "hay", "hoac", "-", ",", "may", "ruoi"})
_CHILD_NOUNS = frozenset(
    ["be", "chau", "dua", "em", "con", "tre", "ban", "hoc_sinh", "thang_be", "con_be", "thang_nho", "con_nho", "thang_cu", "dua_nho", "dua_be"]
)
_COUNTED = frozenset(["be", "chau", "dua", "em", "con", "tre", "ban", "hoc", "hs", "chi", "anh"])
_SINGLE = frozenset(
    ["thang_be", "con_be", "thang_nho", "con_nho", "dua_nho", "dua_be", "be_gai", "be_trai", "chau_be", "em_be", "con_gai", "con_trai"]
)
_CHILDREN_AT_MOST = 300


def ages(reading: Reading) -> tuple[int, ...]:
    """Ages of children in years, in the order of the text; months count as 0 up to a year."""
    words = reading.words
    found: list[int] = []
    for at, word in enumerate(words):
        if word.folded == "tuoi":
            found.extend(_ages_before(words, at))
        elif (
            word.folded == "thang"
            and at
            and (number := _number(words, at - 1)) is not None
            and _is_age(words, at)
        ):
            found.append(number[0] // 12)
    return tuple(dict.fromkeys(age for age in found if 0 <= age <= _OLDEST))


def _ages_before(words: Sequence[Word], at: int) -> list[int]:
    """ "13 14 tuổi", "6 và 7 tuổi": every number that runs up to the word for years."""
    if at >= 2 and words[at - 1].folded == "thang" and (months := _number(words, at - 2)):
        return [months[0] // 12]
    run: list[int] = []
    place = at - 1
    while place >= 0:
        if number := _number(words, place):
            run.insert(0, number[0])
            place = number[1] - 1
        elif words[place].folded in _LINKS:
            place -= 1
        else:
            break
    return run


def _number(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The number that ends at a word, and where it begins."""
    word = words[at].folded
    if word.isdigit():
        return int(word[:4]), at
    if word == "muoi":
        tens = _DIGITS.get(words[at - 1].folded) if at and words[at].typed != "mười" else None
        return (tens * 10, at - 1) if tens else (10, at)
    if word not in _DIGITS:
        return None
    if at and words[at - 1].folded == "muoi":
        base = _number(words, at - 1)
        return (base[0] + _DIGITS[word], base[1]) if base else None
    return _DIGITS[word], at


def _is_age(words: Sequence[Word], at: int) -> bool:
    """ "bé 4 tháng", not "4 tháng nay" nor "tháng 4"."""
    after = words[at + 1].folded if at + 1 < len(words) else ""
    before = words[at - 2].folded if at >= 2 else ""
    number = _number(words, at - 1)
    return (
        before in _COUNTED
        and after not in {"nay", "luong", "roi", "truoc"}
        and bool(number and number[0] <= _MONTHS)
    )


def children(reading: Reading) -> int | None:
    """How many children the text speaks of, None where it does not say."""
    counts = list(_counts(reading.words))
    if counts:
        return max(counts)
    pairs = {f"{one.folded}_{two.folded}" for one, two in zip(reading.words, reading.words[1:], strict=False)}
    return 1 if pairs & _SINGLE else None


def _counts(words: Sequence[Word]) -> Iterator[int]:
    for at in range(1, len(words)):
        if words[at].folded in _COUNTED and (number := _number(words, at - 1)):
            count, start = number
            named = start and words[start - 1].folded in {
                "lop",
                "thu",
                "so",
                "em",
                "anh",
                "chi",
                "chu",
                "khoa",
            }
            if 1 <= count <= _CHILDREN_AT_MOST and not named:
                yield count


_CUE = (
    r"(?:tổ dân phố|khu phố|khu dân cư|thị trấn|thị xã|thành phố|tổ|thôn|xóm|ấp|bản|buôn|làng|plei|sóc|phum|phường|xã|huyện|"
    r"quận|tỉnh|trường (?:mầm non|mẫu giáo|tiểu học|thcs|thpt|cấp [123])|trường|nhóm trẻ|chợ|bến xe|bến đò|bến|cầu|hồ|ao|sông|"
    r"suối|khe|kênh|mương|đập|thác|vực|rạch|đầm|bãi biển|bãi|biển|hẻm|ngõ|ngách|đường|phố|chung cư|khách sạn|nhà nghỉ|"
    r"quán karaoke|quán|chùa|mái ấm|trung tâm|bệnh viện|công viên|khu công nghiệp|lò gạch|mỏ đá|cảng|cửa khẩu|siêu thị|ga|dốc)"
)
_NAME = r"(?:[A-ZĐÀ-ỸƠƯ][\wÀ-ỹ]*|\d+[A-Za-z]?(?:/\d+)*)"
_PLACE = re.compile(
    rf"(?i:\b{_CUE})\s+(?:số\s+)?{_NAME}(?:\s+{_NAME})*(?:,\s*(?i:{_CUE})\s+{_NAME}(?:\s+{_NAME})*)*"
)
_FROM = re.compile(rf"(?:\bở|\btại|\btrên|\bdưới|\bgần|\bquê)\s+({_NAME}(?:\s+{_NAME})+)")
_FOLDED_NAMES = 3


def place(reading: Reading) -> str | None:
    """The words that name the place, exactly as they stand in the text; None where none does."""
    named = max((match.group() for match in _PLACE.finditer(reading.text)), key=len, default=None)
    if named is not None:
        return named.strip()
    after = _FROM.search(reading.text)
    return after.group(1) if after else None
