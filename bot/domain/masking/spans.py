"""Parts of a text and what stands in their stead; of two that overlap the earlier named wins."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from bot.domain.triage.marks import fold

NAME, NUMBER, PLACE, CONTACT = "[tên]", "[số]", "[nơi]", "[liên hệ]"


class Span(NamedTuple):
    start: int
    end: int
    stead: str
    """Empty: these words stay, whatever else would take them."""


def replaced(text: str, spans: Sequence[Span]) -> str:
    """The text with each span's stead; neighbours with the same stead become one."""
    taken: list[Span] = []
    for span in spans:
        if all(span.end <= one.start or one.end <= span.start for one in taken):
            taken.append(span)
    told, end, last = [], 0, ""
    for start, stop, stead in sorted(taken):
        between = text[end:start]
        if not (stead and stead == last and not between.strip()):
            told += [between, stead or text[start:stop]]
        end, last = stop, stead
    return "".join([*told, text[end:]])


def phrases(text: str, wanted: Iterable[str], stead: str) -> Iterator[Span]:
    """Wherever one of these stands, whatever its case."""
    lower = lowered(text)
    for phrase in sorted({one.strip() for one in wanted if one.strip()}, key=len, reverse=True):
        at = lower.find(lowered(phrase))
        while at >= 0:
            yield Span(at, at + len(phrase), stead)
            at = lower.find(lowered(phrase), at + len(phrase))


def lowered(text: str) -> str:
    """Lower case, letter for letter: a letter that would become two stays."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(map(_lower, text))


def folded(text: str) -> str:
    """Without marks, letter for letter."""
    return fold(lowered(text))


def _lower(letter: str) -> str:
    lower = letter.lower()
    return lower if len(lower) == 1 else letter
