"""Trains the model from the labelled messages of the corpus: `python -m bot.data.triage.train` (needs scikit-learn)."""

import gzip
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.data.triage import MODEL, load_concepts, load_corpus, load_vocabulary
from bot.data.triage.styles import STYLES, restyled
from bot.domain.triage.features import features
from bot.domain.triage.lexicon import lexicon_from
from bot.domain.triage.model import UNIT
from bot.domain.triage.reading import Reader

HEADS = ("kind", "urgency", "environment", "reporter")
STRENGTH = {"kind": 8.0, "urgency": 4.0, "environment": 4.0, "reporter": 4.0}
"""Inverse of the regularisation, chosen by cross-validation over the corpus."""
CONCEPT_COUNTS = 2.0
"""A concept says more than a word."""
SEEN_AT_LEAST = 2
SMALLEST = 12
"""A feature all of whose weights are below this many thousandths is left out."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message in one style, as features, with its labels; `group` tells which messages are the same."""

    features: tuple[str, ...]
    labels: dict[str, str]
    group: int
    weight: float


def examples(messages: Iterable[dict[str, Any]]) -> list[Example]:
    """Every message as written and as others would type it."""
    extract = extractor()
    made: list[Example] = []
    for group, message in enumerate(messages):
        labels = {head: message[head] for head in HEADS}
        made.append(Example(extract(message["text"]), labels, group, 1.0))
        for style in _styles_for(group):
            made.append(Example(extract(restyled(message["text"], style)), labels, group, 0.5))
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


@dataclass(frozen=True, slots=True)
class Trained:
    """Weights per feature: importance squared, then every class of every head; and the heads."""

    heads: list[tuple[str, list[str], list[float]]]
    weights: dict[str, list[int]]


def train(made: Sequence[Example]) -> Trained:
    """Logistic regression per head over features weighed by rarity, each message of length one."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    seen = Counter(feature for example in made for feature in example.features)
    known = {
        feature: at for at, feature in enumerate(sorted(one for one, n in seen.items() if n >= SEEN_AT_LEAST))
    }
    rarity = {feature: _rarity(feature, seen[feature], len(made)) for feature in known}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    for row, example in enumerate(made):
        own = [feature for feature in example.features if feature in known]
        norm = math.sqrt(sum(rarity[feature] ** 2 for feature in own)) or 1.0
        rows.extend([row] * len(own))
        columns.extend(known[feature] for feature in own)
        values.extend(rarity[feature] / norm for feature in own)
    matrix = csr_matrix((values, (rows, columns)), shape=(len(made), len(known)))
    heads: list[tuple[str, list[str], list[float]]] = []
    weights = {feature: [round(rarity[feature] ** 2 * UNIT)] for feature in known}
    for head in HEADS:
        fitted = LogisticRegression(C=STRENGTH[head], max_iter=300, class_weight="balanced")
        fitted.fit(matrix, [one.labels[head] for one in made], sample_weight=[one.weight for one in made])
        heads.append((head, list(fitted.classes_), [round(float(bias), 4) for bias in fitted.intercept_]))
        for feature, at in known.items():
            scale = rarity[feature] * UNIT
            weights[feature].extend(round(float(weight) * scale) for weight in fitted.coef_[:, at])
    return Trained(heads, {one: all_ for one, all_ in weights.items() if max(map(abs, all_[1:])) >= SMALLEST})


def _rarity(feature: str, seen: int, among: int) -> float:
    rarity = 1.0 + math.log((1 + among) / (1 + seen))
    return CONCEPT_COUNTS * rarity if feature.startswith("@") and "+" not in feature else rarity


def save(trained: Trained) -> None:
    """Writes the model: the heads, then a line per feature. The same corpus gives the same bytes."""
    lines = [json.dumps(trained.heads)]
    lines += [
        f"{feature}\t{' '.join(map(str, weights))}" for feature, weights in sorted(trained.weights.items())
    ]
    packed = gzip.compress("\n".join(lines).encode("utf-8"), compresslevel=9, mtime=0)
    MODEL.write_bytes(packed)


if __name__ == "__main__":
    save(train(examples(load_corpus())))
