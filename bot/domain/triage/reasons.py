"""Why a message was judged so: the rules that held and the words that weighed most, as they were typed."""

from collections.abc import Iterable, Sequence

from bot.domain.kinds import Kind, Urgency
from bot.domain.triage.features import concept_feature
from bot.domain.triage.lexicon import Hit
from bot.domain.triage.model import Model
from bot.domain.triage.reading import Reading
from bot.domain.understanding import Reason

_SHOWN = 3
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
Span = tuple[int, int]


def for_kind(kind: Kind, words: str) -> Reason:
    return Reason(_KIND_KEYS[kind], words)


def for_urgency(urgency: Urgency, words: str) -> Reason:
    return Reason(_URGENCY_KEYS[urgency], words)


def places(reading: Reading, hits: Sequence[Hit], model: Model) -> tuple[list[Span], list[int]]:
    """Where something stands that a reason can rest on, and the row of its feature in the model."""
    spans = [(at, at) for at, word in enumerate(reading.words) if len(word[1]) > 1]
    named = [reading.words[at][1] for at, _ in spans]
    spans += [hit[1:3] for hit in hits]
    named += map(concept_feature, hits)
    rows = model.rows(named)
    if None in rows:
        spans = [span for span, row in zip(spans, rows, strict=True) if row is not None]
    return spans, [row for row in rows if row is not None]


def weightiest(reading: Reading, spans: Sequence[Span], weights: Iterable[int]) -> str:
    """The few words that spoke most for an answer, in the order of the text, as typed."""
    summed: dict[Span, int] = {}
    so_far = summed.get
    for span, weight in zip(spans, weights, strict=False):
        if weight > 0:
            summed[span] = so_far(span, 0) - weight
    return as_typed(reading, _apart(sorted(summed, key=lambda span: (summed[span], span))))


def as_typed(reading: Reading, spans: Iterable[Span]) -> str:
    """Words of the message as they were typed, pieces joined by an ellipsis."""
    pieces = [
        reading.text[reading.words[first].start : reading.words[last].end] for first, last in sorted(spans)
    ]
    return " … ".join(dict.fromkeys(pieces))


def _apart(spans: Sequence[Span]) -> list[Span]:
    chosen: list[Span] = []
    for span in spans:
        if all(span[1] < other[0] or other[1] < span[0] for other in chosen):
            chosen.append(span)
        if len(chosen) == _SHOWN:
            break
    return chosen
