"""Trains the model from the labelled corpus: `python -m bot.data.triage.train` (needs scikit-learn).

Per question two linear readers are averaged, a margin (LinearSVC) and a count (ComplementNB): together they were
right more often on unseen messages than either, and they still are one weight per feature and answer. How sharp the
likelihoods are is set on messages that the readers had not seen.
"""

import gzip
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from scipy.sparse import csr_matrix
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from bot.data.triage import MODEL, load_concepts, load_corpus, load_vocabulary
from bot.data.triage.styles import STYLES, restyled
from bot.domain.triage.features import features
from bot.domain.triage.lexicon import lexicon_from
from bot.domain.triage.model import UNIT, to_row
from bot.domain.triage.reading import Reader

HEADS = ("kind", "urgency", "environment", "reporter")
MARGIN_STRENGTH = 0.3
COUNT_SMOOTHING = 0.2
CONCEPT_COUNTS = 2.0
"""A concept says more than a word."""
SEEN_AT_LEAST = 2
RESTYLED_WEIGHT = 0.5
FOLDS = 3
SHARPNESS = tuple(0.5 * 1.25**step for step in range(16))
SMALLEST = 12
"""A feature all of whose weights are below this many thousandths is left out."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message in one style, as features, with its labels; `group` tells which are the same message."""

    features: tuple[str, ...]
    labels: Mapping[str, str]
    group: int
    weight: float


@dataclass(frozen=True, slots=True)
class Space:
    """The features that are known, where each stands, and how rare it is."""

    places: Mapping[str, int]
    rarity: Mapping[str, float]

    def matrix(self, made: Sequence[Example]) -> csr_matrix:
        """A row of length one per example."""
        rows: list[int] = []
        columns: list[int] = []
        values: list[float] = []
        for row, example in enumerate(made):
            own = [feature for feature in example.features if feature in self.places]
            norm = math.sqrt(sum(self.rarity[feature] ** 2 for feature in own)) or 1.0
            rows.extend([row] * len(own))
            columns.extend(self.places[feature] for feature in own)
            values.extend(self.rarity[feature] / norm for feature in own)
        return csr_matrix((values, (rows, columns)), shape=(len(made), len(self.places)))


@dataclass(frozen=True, slots=True)
class Trained:
    """The heads with their classes and biases; per feature importance squared, then every class of every head."""

    heads: list[tuple[str, list[str], list[float]]]
    weights: dict[str, list[int]]


def examples(messages: Iterable[dict[str, Any]]) -> list[Example]:
    """Every message as written and as others would type it."""
    extract = extractor()
    made: list[Example] = []
    for group, message in enumerate(messages):
        labels = {head: message[head] for head in HEADS}
        made.append(Example(extract(message["text"]), labels, group, 1.0))
        for style in _styles_for(group):
            typed = restyled(message["text"], style)
            made.append(Example(extract(typed), labels, group, RESTYLED_WEIGHT))
    return made


def extractor() -> Callable[[str], tuple[str, ...]]:
    """Text to features, as the running program does it."""
    reader = Reader(load_vocabulary())
    lexicon = lexicon_from(load_concepts(), reader)

    def extract(text: str) -> tuple[str, ...]:
        reading = reader.read(text)
        return features(reading, lexicon.find(reading.words))

    return extract


def _styles_for(group: int) -> tuple[str, str]:
    others = [style for style in STYLES if style != "no_tones"]
    return ("no_tones", others[group % len(others)])


def space_of(made: Sequence[Example]) -> Space:
    """What is known from these examples."""
    seen = Counter(feature for example in made for feature in example.features)
    known = sorted(feature for feature, times in seen.items() if times >= SEEN_AT_LEAST)
    rarity = {feature: _rarity(feature, seen[feature], len(made)) for feature in known}
    return Space({feature: place for place, feature in enumerate(known)}, rarity)


def _rarity(feature: str, seen: int, among: int) -> float:
    rarity = 1.0 + math.log((1 + among) / (1 + seen))
    return CONCEPT_COUNTS * rarity if feature.startswith("@") else rarity


def train(made: Sequence[Example]) -> Trained:
    """One weight per feature and answer."""
    space = space_of(made)
    matrix = space.matrix(made)
    heads: list[tuple[str, list[str], list[float]]] = []
    columns: list[Any] = []
    for head in HEADS:
        sharp = _sharpness(made, head)
        classes, weights, bias = _fit(matrix, made, head)
        heads.append((head, classes, [round(float(one) * sharp, 4) for one in bias]))
        columns.extend(weights * sharp)
    return Trained(heads, _whole(space, columns))


def _whole(space: Space, columns: Sequence[Any]) -> dict[str, list[int]]:
    """Weights in whole thousandths, each multiplied by the rarity that its feature will be counted with."""
    table: dict[str, list[int]] = {}
    for feature, place in space.places.items():
        rarity = space.rarity[feature]
        weights = [round(float(column[place]) * rarity * UNIT) for column in columns]
        if max(map(abs, weights)) >= SMALLEST:
            table[feature] = [round(rarity**2 * UNIT), *weights]
    return table


def _fit(matrix: csr_matrix, made: Sequence[Example], head: str) -> tuple[list[str], Any, Any]:
    """Classes, weights (class × feature) and biases: both readers scaled to speak equally loud."""
    labels = [example.labels[head] for example in made]
    counted = [example.weight for example in made]
    margin = LinearSVC(C=MARGIN_STRENGTH, class_weight="balanced", random_state=0)
    margin.fit(matrix, labels, sample_weight=counted)
    count = ComplementNB(alpha=COUNT_SMOOTHING).fit(matrix, labels, sample_weight=counted)
    likelihood = count.feature_log_prob_ - count.feature_log_prob_.mean(axis=0)
    one, other = (matrix @ margin.coef_.T).std(), (matrix @ likelihood.T).std()
    return list(margin.classes_), margin.coef_ / one + likelihood / other, margin.intercept_ / one


def unseen(made: Sequence[Example], head: str) -> tuple[list[str], Any, list[str]]:
    """Classes, scores and labels of every message as written, each scored by readers that had not seen it."""
    scores: list[Any] = []
    labels: list[str] = []
    classes: list[str] = []
    for fold in range(FOLDS):
        known = [example for example in made if example.group % FOLDS != fold]
        asked = [example for example in made if example.group % FOLDS == fold and example.weight == 1.0]
        space = space_of(known)
        classes, weights, bias = _fit(space.matrix(known), known, head)
        scores.append(space.matrix(asked) @ weights.T + bias)
        labels.extend(example.labels[head] for example in asked)
    return classes, numpy.vstack(scores), labels


def _sharpness(made: Sequence[Example], head: str) -> float:
    """The factor for scores with which the likelihoods of unseen messages come out best."""
    classes, scores, labels = unseen(made, head)
    right = numpy.array([classes.index(label) for label in labels])

    def surprise(sharp: float) -> float:
        raw = scores * sharp
        raw = raw - raw.max(axis=1, keepdims=True)
        shares = raw - numpy.log(numpy.exp(raw).sum(axis=1, keepdims=True))
        return -float(shares[numpy.arange(len(right)), right].mean())

    return min(SHARPNESS, key=surprise)


def save(trained: Trained) -> None:
    """Writes the model as `bot.data.triage` reads it. The same corpus gives the same bytes."""
    features = sorted(trained.weights)
    head = "\n".join((json.dumps(trained.heads), "\t".join(features), "")).encode("utf-8")
    rows = b"".join(to_row(trained.weights[feature]) for feature in features)
    MODEL.write_bytes(gzip.compress(head + rows, compresslevel=9, mtime=0))


if __name__ == "__main__":
    save(train(examples(load_corpus())))
