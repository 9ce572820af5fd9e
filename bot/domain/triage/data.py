"""What triage is made of: words, concepts and a trained model, as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.triage.reading import Vocabulary
from bot.domain.triage.weighing.model import Table


@dataclass(frozen=True, slots=True)
class TriageData:
    """Everything that is data in triage; loaded once at start."""

    vocabulary: Vocabulary
    concepts: Mapping[str, Sequence[str]]
    """Concept to its phrases, as they stand in the lexicon."""
    table: Table
    """What was learnt (see model)."""
    version: str
