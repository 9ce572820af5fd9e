"""What triage is made of: words, concepts and a trained model, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.triage.model import Head
from bot.domain.triage.reading import Vocabulary


@dataclass(frozen=True, slots=True)
class TriageData:
    """Everything that is data in triage; loaded once at start."""

    vocabulary: Vocabulary
    concepts: Mapping[str, Sequence[str]]
    """Concept to its phrases, as they stand in the lexicon."""
    heads: Sequence[Head]
    weights: Mapping[str, int]
    """Feature to packed weights (see model.pack)."""
    version: str
