"""Which case the words below a picture name: it is filed there, or nowhere until that is clear."""

import re
from unicodedata import normalize

from bot.domain.cases import CaseId
from bot.domain.desk.buttons import OF_CASE
from bot.domain.desk.commands import Attach
from bot.domain.desk.verbs import COMMAND, verb_of

_CASE = r"(?:vụ|vu|hồ sơ|ho so|case)(?:\s+(?:số|so|việc|viec))?"
_LEADING = re.compile(
    rf"(?P<case>(?:{_CASE}|số|so)\s*#?\s*|#\s*)?(?P<number>\d{{1,9}})(?!\d)"
    r"(?P<mark>\s*[:;,.–-])?(?P<rest>(?:\s.*)?)\Z",
    re.DOTALL | re.IGNORECASE,
)
_WITHIN = re.compile(rf"(?:\b{_CASE}\s*#?\s*|#)(?P<number>\d{{1,9}})(?![\d/]|[.:]\d)", re.IGNORECASE)


def named(words: str, hand: CaseId | None) -> Attach | None:
    """Where to by these words, still without pictures; None: they begin with no number.

    "7", "#7 …", "vụ 7: …" and "ghi 7 …" name a case. "7 ảnh …", "vụ 2 bé …" and "hỏi 7 người …" may count
    something as well: see `Attach.perhaps`. A command is not obeyed here, its words stay as the note.
    """
    words = normalize("NFC", words)
    return _commanded(words, hand) or _numbered(words, hand)


def mentioned(words: str, hand: CaseId | None) -> CaseId | None:
    """Another case named further on: "ảnh hiện trường vụ 7"."""
    numbers = (CaseId(int(found["number"])) for found in _WITHIN.finditer(normalize("NFC", words)))
    return next((number for number in numbers if number != hand), None)


def note(words: str) -> str:
    """The words as they are kept: "/ghi cổng nhà" without its command."""
    found = COMMAND.match(words)
    if found is None or found["number"] or verb_of(found["verb"]) != "note":
        return words
    rest = found["rest"].strip()
    return rest if found["slash"] or not rest else words


def _commanded(words: str, hand: CaseId | None) -> Attach | None:
    found = COMMAND.match(words)
    if found is None or not found["number"] or not re.match(r"\s|\Z", found["rest"]):
        return None
    verb, case, rest = verb_of(found["verb"]), CaseId(int(found["number"])), found["rest"].strip()
    if verb not in OF_CASE:
        return None
    if verb == "note":
        return Attach(case, (), rest)
    if found["slash"] or not rest:
        return Attach(case, (), "" if verb == "open" and not rest else words)
    return _perhaps(case, hand, words) or Attach(case, (), words)


def _numbered(words: str, hand: CaseId | None) -> Attach | None:
    found = _LEADING.match(words)
    if found is None:
        return None
    case, rest, before = CaseId(int(found["number"])), found["rest"].strip(), found["case"] or ""
    if not rest or "#" in before or (before and found["mark"]):
        return Attach(case, (), rest)
    return _perhaps(case, hand, words) or (Attach(case, (), words) if before else None)


def _perhaps(case: CaseId, hand: CaseId | None, words: str) -> Attach | None:
    """None: no case in hand that it could belong to instead."""
    if hand is None:
        return None
    if case == hand:
        return Attach(hand, (), words)
    within = mentioned(words, hand)
    leads = within in (None, case)
    return Attach(hand, (), words, case if leads else within, leads=leads)
