"""Whatever stands in a timeline or is told of a reporter has words in every language."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.domain.cases import Result, Status
from bot.domain.kinds import Kind, Urgency
from bot.domain.officers import Role
from bot.domain.titles import KIND, RESULT, ROLE, STATUS, URGENCY
from locales.catalogue import load

ROOT = Path(__file__).parent.parent.parent / "bot"
EVENT_AT = 3
"""Position of the event among the arguments of `steps.record` and `sounding.record`."""
NAMED = {"event.opened", "event.taken", "event.owner_told", "event.urgency_raised"}
"""Codes that are written out."""


def calls(name: str) -> Iterator[ast.Call]:
    for file in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                called = node.func
                if name in (getattr(called, "attr", ""), getattr(called, "id", "")):
                    yield node


def strings(node: ast.expr) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def events() -> set[str]:
    told = {text for call in calls("record") if len(call.args) > EVENT_AT for text in _event(call)}
    return NAMED | {f"event.{code}" for code in told if code}


def _event(call: ast.Call) -> set[str]:
    """Of `uow, case, officer, event` or `uow, case, event`."""
    first = [arg for arg in call.args[2:4] if isinstance(arg, ast.Constant | ast.IfExp)]
    return {text for arg in first for text in strings(arg)}


def notices() -> set[str]:
    return {text for call in calls("TellOfficer") for arg in call.args[1:] for text in strings(arg)}


def test_every_event_and_notice_has_words_in_every_language() -> None:
    codes = notices()
    keys = events() | {f"event.{code}" for code in codes} | {f"told.{code}" for code in codes}
    assert len(events()) > 15
    assert len(codes) >= 3
    words = load()
    for lang in words.languages:
        known = {key for key, _ in words._sentences[lang]}
        assert keys - known == set(), lang


def test_every_kind_urgency_status_result_and_role_has_a_name() -> None:
    assert set(KIND) == set(Kind)
    assert set(URGENCY) == set(Urgency)
    assert set(STATUS) == set(Status)
    assert set(RESULT) == set(Result)
    assert set(ROLE) == set(Role)
