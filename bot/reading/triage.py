"""`python -m bot triage FILE.jsonl [--score]`: a JSON line for every message, or a comparison with labels."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TextIO

from bot.data.triage import load_triage
from bot.domain.kinds import Kind, Urgency
from bot.domain.understanding import Assessment
from bot.reading.messages import BadLine, read_file

Assess = Callable[[str], Assessment]


def main(file: str, *, score: bool = False) -> int:
    """The command with the triage that ships: exit status 0, or 2 where the file cannot be read."""
    try:
        run(file, load_triage().assess, sys.stdout, score=score)
    except (OSError, BadLine, KeyError) as wrong:
        print(f"{file}: {wrong}", file=sys.stderr)
        return 2
    return 0


def run(file: str, assess: Assess, out: TextIO, *, score: bool = False) -> None:
    """Writes one JSON line per input line, or with `score` the comparison with the labels.

    `file` is a path, or "-" for standard input. Raises BadLine, FileNotFoundError.
    """
    rows = list(read_file(file))
    assessed = [assess(str(row["text"])) for row in rows]
    if score:
        out.write(report(compare(rows, assessed)))
        return
    for row, one in zip(rows, assessed, strict=True):
        out.write(json.dumps(as_line(row.get("id"), one), ensure_ascii=False) + "\n")


def as_line(message_id: object, one: Assessment) -> dict[str, Any]:
    """An assessment as the JSON object of one output line."""
    return {
        "id": message_id,
        "kind": one.kind,
        "also": list(one.also),
        "urgency": one.urgency,
        "environment": one.environment,
        "reporter": one.reporter,
        "ages": list(one.ages),
        "children": one.children,
        "place": one.place,
        "confidence": one.confidence,
        "likeliest": list(one.likeliest),
        "language": one.language,
        "reasons": [{"rule": reason.rule, "words": reason.words} for reason in one.reasons],
        "version": one.version,
    }


@dataclass(frozen=True, slots=True)
class ClassScore:
    """How one class was met: shares of 1, and how many messages truly are of it."""

    precision: float
    recall: float
    count: int

    @property
    def f1(self) -> float:
        whole = self.precision + self.recall
        return 2 * self.precision * self.recall / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Labels against assessments."""

    messages: int
    kinds: Mapping[str, ClassScore]
    urgencies: Mapping[str, ClassScore]
    kinds_right: float
    environments_right: float
    reporters_right: float
    emergencies_seen: float
    """Share of emergencies classed urgent or higher."""
    action_missed: float
    """Share of messages to act on that were classed none."""
    styles: Mapping[str, tuple[int, float, float]]
    """Style to messages, share of kinds right, emergency recall."""
    confusion: Mapping[tuple[str, str], int]
    """(labelled, assessed) kinds that differ, with how often."""

    @property
    def macro_f1(self) -> float:
        """Over the kinds that are labelled or were answered."""
        return sum(one.f1 for one in self.kinds.values()) / max(1, len(self.kinds))


def compare(rows: Sequence[Mapping[str, Any]], assessed: Sequence[Assessment]) -> Score:
    """Scores assessments against the labels `kind` and `urgency`; KeyError where a row has none."""
    pairs = list(zip(rows, assessed, strict=True))
    kinds = [(str(row["kind"]), str(one.kind)) for row, one in pairs]
    urgencies = [(str(row["urgency"]), str(one.urgency)) for row, one in pairs]
    emergencies = [one.urgency for row, one in pairs if row["urgency"] == Urgency.EMERGENCY]
    to_act_on = [one.urgency for row, one in pairs if row["urgency"] != Urgency.NONE]
    differing = [pair for pair in kinds if pair[0] != pair[1]]
    return Score(
        messages=len(rows),
        kinds=_classes(kinds, tuple(Kind)),
        urgencies=_classes(urgencies, tuple(Urgency)),
        kinds_right=_share(one == other for one, other in kinds),
        environments_right=_share(row.get("environment") == one.environment for row, one in pairs),
        reporters_right=_share(row.get("reporter") == one.reporter for row, one in pairs),
        emergencies_seen=_share(urgency.rank >= Urgency.URGENT.rank for urgency in emergencies),
        action_missed=_share(urgency is Urgency.NONE for urgency in to_act_on),
        styles=_by_style(rows, assessed),
        confusion={pair: differing.count(pair) for pair in sorted(set(differing))},
    )


def _classes(pairs: Sequence[tuple[str, str]], names: Sequence[str]) -> dict[str, ClassScore]:
    scores: dict[str, ClassScore] = {}
    for name in map(str, names):
        labelled = sum(one == name for one, _ in pairs)
        answered = sum(other == name for _, other in pairs)
        right = sum(one == other == name for one, other in pairs)
        if labelled or answered:
            scores[name] = ClassScore(right / max(1, answered), right / max(1, labelled), labelled)
    return scores


def _by_style(
    rows: Sequence[Mapping[str, Any]], assessed: Sequence[Assessment]
) -> dict[str, tuple[int, float, float]]:
    styles: dict[str, tuple[int, float, float]] = {}
    for style in sorted({str(row.get("style", "plain")) for row in rows}):
        own = [
            (row, one) for row, one in zip(rows, assessed, strict=True) if row.get("style", "plain") == style
        ]
        right = _share(row["kind"] == one.kind for row, one in own)
        caught = _share(
            one.urgency is Urgency.EMERGENCY for row, one in own if row["urgency"] == Urgency.EMERGENCY
        )
        styles[style] = (len(own), right, caught)
    return styles


def _share(truths: Iterable[bool]) -> float:
    told = list(truths)
    return sum(told) / len(told) if told else 1.0


def report(score: Score) -> str:
    """The comparison as a table for a terminal."""
    emergency = score.urgencies.get(Urgency.EMERGENCY, ClassScore(1.0, 1.0, 0))
    lines = [
        f"messages {score.messages}   kinds right {score.kinds_right:.3f}   macro-F1 {score.macro_f1:.3f}",
        f"emergency recall {emergency.recall:.3f}   precision {emergency.precision:.3f}"
        f"   urgent or higher {score.emergencies_seen:.3f}",
        f"to act on but classed none {score.action_missed:.4f}",
        f"environment right {score.environments_right:.3f}   reporter right {score.reporters_right:.3f}",
        "",
        *_table(score.kinds),
        "",
        *_table(score.urgencies),
        "",
        f"{'style':<20}{'n':>6}{'kinds':>8}{'emerg.':>8}",
        *(
            f"{name:<20}{n:>6}{right:>8.3f}{caught:>8.3f}"
            for name, (n, right, caught) in score.styles.items()
        ),
        "",
        "labelled → assessed",
        *(
            f"{n:>4}  {one} → {other}"
            for (one, other), n in sorted(score.confusion.items(), key=lambda item: -item[1])
        ),
    ]
    return "\n".join(lines) + "\n"


def _table(scores: Mapping[str, ClassScore]) -> Iterator[str]:
    yield f"{'class':<20}{'n':>6}{'prec.':>8}{'recall':>8}{'F1':>8}"
    for name, one in scores.items():
        yield f"{name:<20}{one.count:>6}{one.precision:>8.3f}{one.recall:>8.3f}{one.f1:>8.3f}"
