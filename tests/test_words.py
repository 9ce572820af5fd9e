"""The catalogues are whole: every key that the code speaks exists in every language, with the same values."""

import ast
import re
import string
from pathlib import Path

import pytest

from locales.catalogue import FIRST, load

ROOT = Path(__file__).parent.parent
CATALOGUE = load()
KEY = re.compile(r"^[a-z_]+(\.[a-z0-9_]+)+$")


def entries(lang: str) -> dict[tuple[str, str], str]:
    return dict(CATALOGUE._sentences[lang])


def spoken() -> set[str]:
    """Literal keys of `Line("…")` in the code, and of `words("…")` in the pages."""
    keys: set[str] = set()
    for folder in ("bot", "handlers"):
        for file in (ROOT / folder).rglob("*.py"):
            keys |= {key for key in _line_keys(ast.parse(file.read_text(encoding="utf-8")))}
    return keys


def _line_keys(tree: ast.Module) -> set[str]:
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Line"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_every_key_that_the_code_speaks_has_words_in_every_language() -> None:
    keys = spoken()
    assert len(keys) > 50, "looked at nothing"
    missing = {(lang, key) for lang in CATALOGUE.languages for key in keys if (key, "") not in entries(lang)}
    assert missing == set()


def test_all_languages_have_the_same_keys() -> None:
    first = {key for key, context in entries(FIRST) if not context}
    for lang in CATALOGUE.languages:
        assert {key for key, context in entries(lang) if not context} == first, lang


@pytest.mark.parametrize("lang", CATALOGUE.languages)
def test_a_sentence_asks_for_the_same_values_in_every_language_and_voice(lang: str) -> None:
    first = {key: fields(s) for (key, context), s in entries(FIRST).items() if not context}
    wrong = {
        (key, context)
        for (key, context), sentence in entries(lang).items()
        if not fields(sentence) <= first.get(key, set())
    }
    assert wrong == set()


@pytest.mark.parametrize("lang", CATALOGUE.languages)
def test_keys_are_keys_and_sentences_are_not(lang: str) -> None:
    wrong = [key for (key, _), sentence in entries(lang).items() if not KEY.match(key) or KEY.match(sentence)]
    assert wrong == []


def test_variants_are_only_for_whom_we_speak_to() -> None:
    contexts = {context for lang in CATALOGUE.languages for _, context in entries(lang)}
    assert contexts <= {"", "child", "adult"}
