"""Triage: kind, urgency and the reasons of a message; deterministic, offline, unsure means the higher."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.domain.kinds import Environment, Kind, Reporter, Urgency, higher
from bot.domain.triage.bare import is_bare
from bot.domain.triage.data import TriageData
from bot.domain.triage.facts import fields, naming
from bot.domain.triage.facts.language import language
from bot.domain.triage.lexicon import Hit, lexicon_from
from bot.domain.triage.reading import Reader, Reading
from bot.domain.triage.rules import Found, dangers
from bot.domain.triage.weighing import reasons
from bot.domain.triage.weighing.features import features
from bot.domain.triage.weighing.judging import NOTHING, UNSURE_BELOW, Judgement, judge
from bot.domain.triage.weighing.model import Answers, Model
from bot.domain.understanding import Assessment, Reason

_T = TypeVar("_T", Environment, Reporter)

_ENVIRONMENTS = {str(one): one for one in Environment}
_REPORTERS = {str(one): one for one in Reporter}
_OF_NO_CHILD = (Kind.OFF_TOPIC, Kind.DROWNING_HAZARD)
ALONE_FROM = 4
"""Words: a shorter message is an answer to what was asked, and speaks only together with the others."""
SURELY = 0.9
MAYBE = 0.03
"""How likely the last message alone, or all messages together, must be an emergency for the last one to raise."""
ALSO_FROM = 0.3
"""A further kind is named from this likelihood on."""


@dataclass(frozen=True, slots=True)
class _Heard:
    """An assessment with how likely an emergency is, and whether a rule written by hand held."""

    assessment: Assessment
    emergency: float = 0.0
    by_rule: bool = False


class Triage:
    """Reads messages; holds data and no state."""

    def __init__(self, data: TriageData) -> None:
        self._reader = Reader(data.vocabulary)
        self._lexicon = lexicon_from(data.concepts, self._reader)
        self._model = Model(data.table)
        self._version = data.version

    def assess(self, text: str) -> Assessment:
        """What one message says. Never raises for any text; an unread language is Kind.UNKNOWN."""
        return self._hear(text).assessment

    def together(self, earlier: Assessment | None, texts: Sequence[str]) -> Assessment:
        """Several messages as one report: later words can raise and add, they never silently lower."""
        heard = self._hear("\n".join(texts))
        whole = last = heard.assessment
        if len(texts) > 1 and _stands_alone(texts[-1]):
            last = _in_its_place(self._hear(texts[-1]), heard)
        urgency = higher(whole.urgency, last.urgency)
        told = whole if whole.urgency is urgency and whole.kind not in NOTHING else last
        told = whole if told.kind in NOTHING else told
        if told.urgency is not urgency:
            told = replace(told, urgency=urgency)
        return told if earlier is None else joined(earlier, told)

    def _hear(self, text: str) -> _Heard:
        reading = self._reader.read(text)
        if (spoken := language(reading)) == "other":
            return _Heard(self._unread(spoken))
        hits = self._lexicon.find(reading)
        if is_bare(reading, hits):
            return _Heard(self._bare(text))
        answers = self._model.answers(features(reading, hits))
        judged = judge(answers.first, answers.second)
        found = dangers(hits, judged.kind, judged.reach, sum(map(str.isalnum, reading.typed)))
        assessment = self._assessment(text, reading, hits, answers, judged, found, spoken)
        return _Heard(assessment, judged.reach[Urgency.EMERGENCY], by_rule=bool(found))

    def _unread(self, spoken: str) -> Assessment:
        # somebody must look at it: not an emergency by itself, yet never put aside
        return Assessment(Kind.UNKNOWN, Urgency.URGENT, language=spoken, version=self._version)

    def _bare(self, text: str) -> Assessment:
        why = (Reason("reason.guard.bare_answer", text.strip()),)
        return Assessment(Kind.OFF_TOPIC, Urgency.NONE, confidence=1.0, reasons=why, version=self._version)

    def _assessment(
        self,
        text: str,
        reading: Reading,
        hits: Sequence[Hit],
        answers: Answers,
        judged: Judgement,
        found: Sequence[Found],
        spoken: str,
    ) -> Assessment:
        urgency = judged.urgency
        for one in found:
            urgency = higher(urgency, one.rule.at_least)
        kind = (
            judged.kind if urgency is Urgency.NONE or judged.kind not in NOTHING else _first_to_act_on(judged)
        )
        named = naming.place(reading)
        return Assessment(
            kind,
            urgency,
            also=_also(kind, answers.first),
            environment=_ENVIRONMENTS[answers.others["environment"]],
            reporter=_REPORTERS[answers.others["reporter"]],
            ages=fields.ages(reading),
            children=None if kind in _OF_NO_CHILD else fields.children(reading),
            place=named if named and named in text else None,
            confidence=round(judged.confidence, 3),
            reasons=self._reasons(reading, hits, kind, urgency, found),
            likeliest=judged.order[:2] if judged.confidence < UNSURE_BELOW else (),
            language=spoken,
            version=self._version,
        )

    def _reasons(
        self, reading: Reading, hits: Sequence[Hit], kind: Kind, urgency: Urgency, found: Sequence[Found]
    ) -> tuple[Reason, ...]:
        by_rule = [Reason(one.rule.key, reasons.as_typed(reading, one.places)) for one in found]
        of_kind, of_urgency = reasons.words_for(
            reading, hits, self._model, (("kind", kind), ("urgency", urgency))
        )
        return (*by_rule, reasons.for_kind(kind, of_kind), reasons.for_urgency(urgency, of_urgency))


def _in_its_place(last: _Heard, whole: _Heard) -> Assessment:
    """The last message, an emergency only where it surely is one or where all that was said may be.

    "em không nhớ số nhà" alone may be a lost child; behind "bà nội hay đánh em" it is an answer.
    """
    surely = last.by_rule or last.emergency >= SURELY or whole.emergency >= MAYBE
    if surely or last.assessment.urgency is not Urgency.EMERGENCY:
        return last.assessment
    return whole.assessment


def _stands_alone(text: str) -> bool:
    """Whether a message can be judged without those before it: "bố em" after a question cannot."""
    return len(text.split()) >= ALONE_FROM


def _also(kind: Kind, shares: Mapping[str, float]) -> tuple[Kind, ...]:
    if kind in NOTHING:
        return ()
    further = [name for name, share in shares.items() if share >= ALSO_FROM and name != kind]
    return tuple(one for one in map(Kind, further) if one not in NOTHING)


def _first_to_act_on(judged: Judgement) -> Kind:
    return next((kind for kind in judged.order if kind not in NOTHING), Kind.OTHER_DANGER)


def joined(earlier: Assessment, later: Assessment) -> Assessment:
    """Keeps the earlier kind unless the later words weigh more; keeps every fact that was known."""
    raised = later.urgency.rank > earlier.urgency.rank or earlier.kind in (*NOTHING, Kind.UNKNOWN)
    kept = later if raised and later.kind not in NOTHING else earlier
    kinds = dict.fromkeys((earlier.kind, *earlier.also, later.kind, *later.also))
    return replace(
        kept,
        urgency=higher(earlier.urgency, later.urgency),
        also=tuple(kind for kind in kinds if kind != kept.kind and kind not in (*NOTHING, Kind.UNKNOWN)),
        environment=_known(kept.environment, earlier.environment, later.environment),
        reporter=_known(kept.reporter, earlier.reporter, later.reporter),
        ages=tuple(dict.fromkeys((*earlier.ages, *later.ages))),
        children=max((n for n in (earlier.children, later.children) if n is not None), default=None),
        place=later.place or earlier.place,
        reasons=tuple(dict.fromkeys((*kept.reasons, *earlier.reasons, *later.reasons))),
    )


def _known(*told: _T) -> _T:
    return next((one for one in told if one != "unknown"), told[0])
