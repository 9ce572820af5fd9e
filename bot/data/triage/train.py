"""Trains the model from the labelled corpus: `python -m bot.data.triage.train` (needs scikit-learn).

Per question two linear readers are averaged, a margin (LinearSVC) and a count (ComplementNB): together they were
right more often on unseen messages than either, and they still are one weight per feature and answer. How sharp the
likelihoods are, and how the questions hear one another, is set on messages that the readers had not seen, counted as
often as an office hears of their kinds. With OPENBLAS_NUM_THREADS=1 the same corpus gives the same bytes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy
from scipy.sparse import csr_matrix
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

from bot.data.triage import MODEL, load_corpus
from bot.data.triage.agreeing import Agreement, Numbers, agree
from bot.data.triage.examples import FOLDS, HEADS, LEARNT, Example, Space, examples, space_of
from bot.data.triage.expected import expected
from bot.data.triage.tables import save
from bot.domain.triage.weighing.model import ZERO, Head, Table

MARGIN_STRENGTH = 0.5
COUNT_SMOOTHING = 0.3
SHARPNESS = tuple(0.5 * 1.25**step for step in range(16))
LOUDEST = 0.9995
"""The share of weights that a byte can hold; the few louder ones are cut to the loudest."""
SMALLEST = 6
"""A feature none of whose weights reaches this many steps is left out."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """The readers of one question: raw scores are row @ weights.T + bias."""

    classes: list[str]
    weights: Numbers
    bias: Numbers


def train(made: Sequence[Example]) -> Table:
    """One byte per feature and answer."""
    raw = unseen(made)
    space = space_of(made)
    matrix = space.matrix(made)
    fitted = {head: fit(matrix, made, head) for head in LEARNT}
    agreed = agreement(raw, made, fitted)
    weights = numpy.vstack([one.weights for one in fitted.values()])
    bias = numpy.concatenate([one.bias for one in fitted.values()])
    columns, biases = [agreed.mix.T @ weights], [bias @ agreed.mix + agreed.bias]
    for head in HEADS[2:]:
        sharp = sharpness(raw[head], [example.labels[head] for example in made], fitted[head].classes)
        columns.append(fitted[head].weights * sharp)
        biases.append(fitted[head].bias * sharp)
    return _table(space, fitted, numpy.vstack(columns), numpy.concatenate(biases), agreed)


def fit(matrix: csr_matrix, made: Sequence[Example], head: str) -> Fitted:
    """Both readers of a question, scaled to speak equally loud."""
    labels = [example.labels[head] for example in made]
    counted = [example.weight for example in made]
    margin = LinearSVC(C=MARGIN_STRENGTH, class_weight="balanced", random_state=0)
    margin.fit(matrix, labels, sample_weight=counted)
    count = ComplementNB(alpha=COUNT_SMOOTHING).fit(matrix, labels, sample_weight=counted)
    likelihood = count.feature_log_prob_ - count.feature_log_prob_.mean(axis=0)
    one, other = (matrix @ margin.coef_.T).std(), (matrix @ likelihood.T).std()
    weights = margin.coef_ / one + likelihood / other
    return Fitted(list(margin.classes_), weights, margin.intercept_ / one)


def unseen(made: Sequence[Example]) -> dict[str, Numbers]:
    """Per question the raw scores of every example, each by readers that had not seen it nor its twins."""
    raw: dict[str, Numbers] = {}
    folds = numpy.array([example.fold for example in made])
    for number in range(FOLDS):
        known = [example for example in made if example.fold != number]
        space = space_of(known)
        matrix = space.matrix(known)
        asked = space.matrix([example for example in made if example.fold == number])
        for head in LEARNT:
            readers = fit(matrix, known, head)
            _all_known(readers.classes, made, head)
            scores = raw.setdefault(head, numpy.zeros((len(made), len(readers.classes))))
            scores[folds == number] = asked @ readers.weights.T + readers.bias
    return raw


def _all_known(known: Sequence[str], made: Sequence[Example], head: str) -> None:
    rare = {example.labels[head] for example in made} - set(known)
    if rare:
        raise ValueError(f"{head}: too few messages to learn from: {', '.join(sorted(rare))}")


def agreement(raw: Mapping[str, Numbers], made: Sequence[Example], fitted: Mapping[str, Fitted]) -> Agreement:
    """How the questions hear one another, learnt on the unseen."""
    kind, urgency = (
        [fitted[head].classes.index(example.labels[head]) for example in made] for head in HEADS[:2]
    )
    whole = numpy.hstack([raw[head] for head in LEARNT])
    return agree(
        whole, kind, urgency, expected([(example.labels["kind"], example.weight) for example in made])
    )


def sharpness(raw: Numbers, labels: Sequence[str], classes: Sequence[str]) -> float:
    """The factor for scores with which the likelihoods of unseen messages come out best."""
    right = numpy.array([classes.index(label) for label in labels])

    def surprise(sharp: float) -> float:
        scores = raw * sharp
        scores = scores - scores.max(axis=1, keepdims=True)
        shares = scores - numpy.log(numpy.exp(scores).sum(axis=1, keepdims=True))
        return -float(shares[numpy.arange(len(right)), right].mean())

    return min(SHARPNESS, key=surprise)


def _table(
    space: Space, fitted: Mapping[str, Fitted], columns: Numbers, biases: Numbers, agreed: Agreement
) -> Table:
    """Weights in whole steps, each multiplied by the rarity that its feature will be counted with."""
    features = list(space.places)
    rarity = numpy.array([space.rarity[feature] for feature in features])
    whole = columns * rarity
    steps = numpy.quantile(numpy.abs(whole), LOUDEST, axis=1) / (ZERO - 1)
    counted = numpy.rint(whole / steps[:, None]).clip(1 - ZERO, ZERO - 1).astype(int)
    kept = numpy.abs(counted).max(axis=0) >= SMALLEST
    weight_of = float((rarity**2).max()) / (2 * ZERO - 1)
    importance = numpy.rint(rarity**2 / weight_of).clip(1, 2 * ZERO - 1).astype(int)
    rows = numpy.vstack([importance, counted + ZERO]).T[kept].astype(numpy.uint8)
    heads, at = [], 0
    for head in HEADS:
        classes = fitted[head].classes
        heads.append(
            Head(head, tuple(classes), tuple(round(float(one), 4) for one in biases[at : at + len(classes)]))
        )
        at += len(classes)
    return Table(
        tuple(heads),
        [feature for feature, keep in zip(features, kept, strict=True) if keep],
        (weight_of, *(float(step) for step in steps)),
        rows.tobytes(),
        _fitting(fitted, agreed),
    )


def _fitting(fitted: Mapping[str, Fitted], agreed: Agreement) -> dict[str, dict[str, float]]:
    kinds, urgencies = (fitted[head].classes for head in HEADS[:2])
    factors = numpy.exp(agreed.fit).round(4).tolist()
    return {kind: dict(zip(urgencies, row, strict=True)) for kind, row in zip(kinds, factors, strict=True)}


if __name__ == "__main__":
    save(train(examples(load_corpus())), MODEL)
