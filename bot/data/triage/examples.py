"""What the readers learn from: every message in several styles as features, and which messages say the same."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.data.triage import load_concepts, load_vocabulary
from bot.data.triage.styles import STYLES, restyled
from bot.domain.triage.lexicon import lexicon_from
from bot.domain.triage.marks import clean, fold
from bot.domain.triage.reading import Reader
from bot.domain.triage.weighing.features import features

HEADS = ("kind", "urgency", "environment", "reporter")
TOGETHER = "kind and urgency"
"""A question that is only learnt: what it knows of beatings that are emergencies is lent to kind and to urgency."""
LEARNT = (*HEADS, TOGETHER)
CONCEPT_COUNTS = 1.5
UNSURE_COUNTS = 0.8
"""A concept says more than a word where it is certain, and less where lost marks leave it open."""
SEEN_AT_LEAST = 2
NO_TONES_WEIGHT = 1.5
RESTYLED_WEIGHT = 1.0
FOLDS = 4
ALIKE_FROM = 0.5
NEIGHBOURS_ALIKE_FROM = 0.25
"""Messages that stand close together in the corpus are often written as twins."""
CLOSE = 3
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Example:
    """One message in one style, as features, with its labels; twins and styles of a message share a fold."""

    features: tuple[str, ...]
    labels: Mapping[str, str]
    fold: int
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


def examples(messages: Iterable[Mapping[str, Any]]) -> list[Example]:
    """Every message as written and as others would type it."""
    once = list({message["text"]: message for message in messages}.values())
    extract = extractor()
    made: list[Example] = []
    for at, (message, group) in enumerate(zip(once, groups([one["text"] for one in once]), strict=True)):
        labels = {head: message[head] for head in HEADS}
        labels[TOGETHER] = f"{message['kind']} {message['urgency']}"
        made.append(Example(extract(message["text"]), labels, group % FOLDS, 1.0))
        for style in _styles_for(at):
            typed = extract(restyled(message["text"], style))
            weight = NO_TONES_WEIGHT if style == "no_tones" else RESTYLED_WEIGHT
            made.append(Example(typed, labels, group % FOLDS, weight))
    return made


def extractor() -> Callable[[str], tuple[str, ...]]:
    """Text to features, as the running program does it."""
    reader = Reader(load_vocabulary())
    lexicon = lexicon_from(load_concepts(), reader)

    def extract(text: str) -> tuple[str, ...]:
        reading = reader.read(text)
        return features(reading, lexicon.find(reading)).names()

    return extract


def _styles_for(at: int) -> tuple[str, str]:
    others = [style for style in STYLES if style != "no_tones"]
    return ("no_tones", others[at % len(others)])


def groups(texts: Sequence[str]) -> list[int]:
    """A number for each text; twins and paraphrases have the same, so that none is asked about another's words."""
    counted = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True, min_df=2)
    matrix = counted.fit_transform([fold(clean(text)) for text in texts]).astype(numpy.float32)
    leader = list(range(len(texts)))

    def first(at: int) -> int:
        while leader[at] != at:
            at = leader[at]
        return at

    for start in range(0, len(texts), _AT_ONCE):
        alike = (matrix[start : start + _AT_ONCE] @ matrix.T).tocoo()
        for row, other, share in zip(alike.row + start, alike.col, alike.data, strict=True):
            near = other - row <= CLOSE and share >= NEIGHBOURS_ALIKE_FROM
            if other > row and (near or share >= ALIKE_FROM):
                leader[first(int(other))] = first(int(row))
    return [first(at) for at in range(len(texts))]


def space_of(made: Sequence[Example]) -> Space:
    """What is known from these examples."""
    seen = Counter(feature for example in made for feature in example.features)
    known = sorted(feature for feature, times in seen.items() if times >= SEEN_AT_LEAST)
    rarity = {feature: _rarity(feature, seen[feature], len(made)) for feature in known}
    return Space({feature: place for place, feature in enumerate(known)}, rarity)


def _rarity(feature: str, seen: int, among: int) -> float:
    rarity = 1.0 + math.log((1 + among) / (1 + seen))
    if not feature.startswith("@"):
        return rarity
    return rarity * (UNSURE_COUNTS if "?" in feature else CONCEPT_COUNTS)
