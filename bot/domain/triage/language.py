"""Whether a message is Vietnamese, English or something that neither the words nor the model can read."""

from bot.domain.triage.marks import is_syllable
from bot.domain.triage.reading import Reading

_ENGLISH = frozenset(
    [
        "the",
        "my",
        "is",
        "he",
        "she",
        "please",
        "and",
        "her",
        "his",
        "they",
        "child",
        "kid",
        "kids",
        "school",
        "neighbor",
        "neighbour",
        "you",
        "are",
        "this",
        "was",
        "were",
        "of",
        "to",
        "with",
        "for",
        "it",
        "we",
        "our",
        "him",
        "them",
        "has",
        "have",
        "had",
        "being",
        "been",
        "by",
        "at",
        "who",
        "what",
        "there",
        "from",
        "not",
        "don't",
        "can",
        "need",
        "girl",
        "boy",
        "father",
        "mother",
        "daughter",
        "years",
        "old",
        "someone",
        "people",
    ]
)
_ENGLISH_SHARE = 0.25
_READABLE_SHARE = 0.5
_FEW = 3
"""Fewer words than this are taken for Vietnamese: "alo", "ok" and names tell nothing."""


def language(reading: Reading) -> str:
    """ "vi", "en" or "other"."""
    words = [word.folded for word in reading.words if word.folded.isalpha()]
    if len(words) < _FEW:
        return "other" if words and not any(word.isascii() for word in words) else "vi"
    english = sum(word in _ENGLISH for word in words)
    readable = sum(is_syllable(word) for word in words)
    if english >= _ENGLISH_SHARE * len(words) and english * 2 > sum(
        not word.typed.isascii() for word in reading.words
    ):
        return "en"
    return "vi" if readable + english >= _READABLE_SHARE * len(words) else "other"
