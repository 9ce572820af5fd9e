"""What the model looks at: words, pairs of words, words with their marks, and concepts."""

from collections.abc import Sequence
from itertools import pairwise

from bot.domain.triage.lexicon import Hit
from bot.domain.triage.reading import Reading


def features(reading: Reading, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The distinct features of a message, in a fixed order."""
    words = [word.folded for word in reading.words]
    found = dict.fromkeys(words)
    found |= dict.fromkeys(map(" ".join, pairwise(words)))
    found |= dict.fromkeys(["=" + word.typed for word in reading.words if not word.typed.isascii()])
    found |= dict.fromkeys([concept_feature(hit) for hit in hits])
    return tuple(found)


def concept_feature(hit: Hit) -> str:
    """The feature that a concept makes, stated or denied."""
    return ("@~" if hit.denied else "@") + hit.concept
