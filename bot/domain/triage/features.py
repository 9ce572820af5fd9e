"""What the model looks at: words, pairs of words, and the concepts with their pairs."""

from collections.abc import Iterable, Sequence

from bot.domain.triage.lexicon import Hit
from bot.domain.triage.reading import Reading


def features(reading: Reading, hits: Sequence[Hit]) -> tuple[str, ...]:
    """The distinct features of a message, in a fixed order."""
    words = [word.folded for word in reading.words]
    found = dict.fromkeys(words)
    found |= dict.fromkeys(map(" ".join, zip(words, words[1:], strict=False)))
    found |= dict.fromkeys("_".join((one, two)) for one, two in zip(words, words[2:], strict=False))
    found |= dict.fromkeys("=" + word.typed for word in reading.words if not word.typed.isascii())
    found |= dict.fromkeys(_concepts(hits))
    return tuple(found)


def _concepts(hits: Sequence[Hit]) -> Iterable[str]:
    names = sorted({("~" if hit.denied else "") + hit.concept for hit in hits})
    yield from ("@" + name for name in names)
    yield from (f"@{one}+{two}" for at, one in enumerate(names) for two in names[at + 1 :])
