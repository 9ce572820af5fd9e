"""Loads every catalogue at start and renders lines; nothing is compiled, no .mo is kept."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from bot.domain.messages import Line, Voice

HERE = Path(__file__).parent
FIRST = "vi"
"""The first language: what it lacks, nobody is told."""

Sentences = Mapping[tuple[str, str], str]
"""(key, context) → sentence; the context is "" or whom we speak to ("child", "adult")."""


class MissingWords(KeyError):
    """A key that the first language does not have: a bug, found by the tests before anybody meets it."""


class Catalogue:
    """The words of all languages; read-only, shared by every thread."""

    def __init__(self, sentences: Mapping[str, Sentences]) -> None:
        self._sentences = sentences

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._sentences)

    def render(self, line: Line, lang: str, voice: Voice = Voice.UNKNOWN) -> str:
        """The sentence in `lang` and for `voice`, else in the first language.

        Raises MissingWords for a key that stands nowhere: gettext would show the key itself to a child.
        """
        sentence = self._find(line.key, lang, voice)
        if not line.values:
            return sentence
        return sentence.format_map(
            {name: self._value(value, lang, voice) for name, value in line.values.items()}
        )

    def _value(self, value: str | int | Line, lang: str, voice: Voice) -> str | int:
        return self.render(value, lang, voice) if isinstance(value, Line) else value

    def _find(self, key: str, lang: str, voice: Voice) -> str:
        for sentences in (self._sentences.get(lang), self._sentences[FIRST]):
            if sentences is not None:
                found = sentences.get((key, voice.value)) or sentences.get((key, ""))
                if found:
                    return found
        raise MissingWords(key)


def load(root: Path = HERE) -> Catalogue:
    """All `<lang>/LC_MESSAGES/*.po` below `root`, the first language first."""
    languages = sorted((d.parent.name for d in root.glob("*/LC_MESSAGES")), key=lambda lang: lang != FIRST)
    return Catalogue({lang: _read(root / lang / "LC_MESSAGES") for lang in languages})


def _read(folder: Path) -> dict[tuple[str, str], str]:
    sentences: dict[tuple[str, str], str] = {}
    for file in sorted(folder.glob("*.po")):
        sentences.update(_sentences(_parse(file)))
    return sentences


def _parse(file: Path) -> Catalog:
    with file.open(encoding="utf-8") as lines:
        return read_po(lines, abort_invalid=True)


def _sentences(catalog: Catalog) -> Iterable[tuple[tuple[str, str], str]]:
    for message in catalog:
        if message.id and message.string and isinstance(message.id, str) and isinstance(message.string, str):
            yield (message.id, message.context or ""), message.string
