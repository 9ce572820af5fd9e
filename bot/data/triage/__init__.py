"""Loads what ships as triage data: words, concepts, trained weights and the labelled messages they come from."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from bot.data.triage.tables import load
from bot.domain.triage import Triage
from bot.domain.triage.data import TriageData
from bot.domain.triage.reading import Vocabulary

FOLDER = Path(__file__).parent
MODEL = FOLDER / "model.gz"
CORPUS = FOLDER / "corpus"
_PIECE = 1 << 16


def load_triage() -> Triage:
    """The triage as it ships. FileNotFoundError where the data is missing."""
    return Triage(load_data())


def load_data() -> TriageData:
    """Words, concepts and weights; the version names the exact files."""
    return TriageData(load_vocabulary(), load_concepts(), load(MODEL), _version())


def load_vocabulary() -> Vocabulary:
    """Shorthand and dialect from words.txt."""
    sections: dict[str, dict[str, tuple[str, ...]]] = {"typing": {}, "dialect": {}}
    section = sections["typing"]
    for line in _lines("words.txt"):
        if line.startswith("["):
            section = sections[line.strip("[]")]
            continue
        typed, meant = line.split(": ", 1)
        section |= dict.fromkeys(typed.split(), tuple(meant.split()))
    return Vocabulary(sections["typing"], sections["dialect"])


def load_concepts() -> Mapping[str, tuple[str, ...]]:
    """Concepts and their phrases from lexicon.txt."""
    split = (line.split(": ", 1) for line in _lines("lexicon.txt"))
    return {name: tuple(phrase.strip() for phrase in phrases.split(";")) for name, phrases in split}


def load_corpus() -> Iterator[dict[str, Any]]:
    """The project's own labelled messages, in a fixed order; what a line leaves out is unknown."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            yield {"environment": "unknown", "reporter": "unknown", **json.loads(line)}


def _version() -> str:
    digest = hashlib.sha256()
    for name in ("words.txt", "lexicon.txt", MODEL.name):
        with (FOLDER / name).open("rb") as file:
            for piece in iter(partial(file.read, _PIECE), b""):
                digest.update(piece)
    return digest.hexdigest()[:12]


def _lines(name: str) -> Iterator[str]:
    for line in (FOLDER / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()
