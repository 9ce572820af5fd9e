"""Why a message was judged so: the rules that held and the words that weighed most, as they were typed."""

from collections.abc import Iterable, Sequence
from itertools import compress
from operator import attrgetter, itemgetter

from bot.domain.kinds import Kind, Urgency
from bot.domain.triage.lexicon import Hit, Span
from bot.domain.triage.reading import Reading
from bot.domain.triage.weighing.model import ZERO, Model
from bot.domain.understanding import Reason

_SHOWN = 3
_SPAN, _SIGN, _NAME = itemgetter(0), itemgetter(1), attrgetter("name")
_KIND_KEYS = {
    Kind.VIOLENCE: "reason.kind.violence",
    Kind.SEXUAL_ABUSE: "reason.kind.sexual_abuse",
    Kind.CHILD_LABOUR: "reason.kind.child_labour",
    Kind.TRAFFICKING: "reason.kind.trafficking",
    Kind.NEGLECT: "reason.kind.neglect",
    Kind.EARLY_MARRIAGE: "reason.kind.early_marriage",
    Kind.DROWNING_INCIDENT: "reason.kind.drowning_incident",
    Kind.DROWNING_HAZARD: "reason.kind.drowning_hazard",
    Kind.OTHER_DANGER: "reason.kind.other_danger",
    Kind.SUPPORT_NEED: "reason.kind.support_need",
    Kind.ADVICE: "reason.kind.advice",
    Kind.OFF_TOPIC: "reason.kind.off_topic",
    Kind.UNKNOWN: "reason.kind.unknown",
}
_URGENCY_KEYS = {
    Urgency.EMERGENCY: "reason.urgency.emergency",
    Urgency.URGENT: "reason.urgency.urgent",
    Urgency.STANDARD: "reason.urgency.standard",
    Urgency.NONE: "reason.urgency.none",
}


def for_kind(kind: Kind, words: str) -> Reason:
    return Reason(_KIND_KEYS[kind], words)


def for_urgency(urgency: Urgency, words: str) -> Reason:
    return Reason(_URGENCY_KEYS[urgency], words)


def words_for(
    reading: Reading, hits: Sequence[Hit], model: Model, answers: Iterable[tuple[str, str]]
) -> list[str]:
    """For each answer (head, class) the few words and concepts that spoke most for it."""
    places = range(len(reading.folded))
    is_long = [len(word) > 1 for word in reading.folded]
    spans = [*compress(zip(places, places, strict=True), is_long), *map(_SPAN, hits)]
    rows = model.rows([*compress(reading.folded, is_long), *map(_NAME, map(_SIGN, hits))])
    known = list(compress(spans, rows))
    return [weightiest(reading, known, steps) for steps in model.steps(filter(None, rows), answers)]


def weightiest(reading: Reading, spans: Sequence[Span], steps: bytes) -> str:
    """The few words that spoke most for an answer, in the order of the text, as typed.

    `steps` are the weights for that answer at each of the spans, see ZERO.
    """
    summed: dict[Span, int] = {}
    so_far = summed.get
    for span, step in zip(spans, steps, strict=True):
        if step > ZERO:
            summed[span] = so_far(span, ZERO) + ZERO - step
    return as_typed(reading, _apart(sorted(zip(summed.values(), summed, strict=True))))


def as_typed(reading: Reading, places: Iterable[Span]) -> str:
    """Words of the message as they were typed, pieces joined by an ellipsis."""
    text, spans = reading.text, reading.spans
    pieces = [text[spans[first][0] : spans[last][1]] for first, last in sorted(places)]
    return " … ".join(dict.fromkeys(pieces))


def _apart(heaviest: Iterable[tuple[int, Span]]) -> list[Span]:
    chosen: list[Span] = []
    for _, (first, last) in heaviest:
        for start, end in chosen:
            if first <= end and start <= last:
                break
        else:
            chosen.append((first, last))
            if len(chosen) == _SHOWN:
                break
    return chosen
