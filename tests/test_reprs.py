"""What people write, where they are and who they are stands in no printed value: an error may print any of them."""

import ast
from collections.abc import Iterator
from pathlib import Path

from bot.domain.actions import SetUrgency
from bot.domain.cases import CaseId, Hazard
from bot.domain.kinds import Urgency
from bot.domain.messages import Address, Button, Gap, Line
from bot.domain.understanding import PlaceGuess, Places, Point
from bot.ports import Refused, Why
from handlers.web_wire.streams import Event

ROOT = Path(__file__).parent.parent
SECRET = "chú Ba nhà cuối hẻm 0905000000"
SPEAKING = frozenset({"text", "words", "water", "reason", "beside", "contact", "answers", "data", "moved_to"})
"""Names of fields that hold what somebody wrote or who they are."""
OUR_OWN = frozenset({"Tools", "Finding", "File", "Rule", "Shown", "Quiz"})
"""Classes with a field of such a name that holds the office's files, rules or campaigns, nobody's words."""


def test_no_printed_value_holds_what_somebody_wrote() -> None:
    told = Line("reporter.question", {"text": SECRET})
    printed = (
        told,
        Button(SECRET, tap=SECRET, url=SECRET),
        Gap(SECRET, 10),
        Address("zalo_oa", "main", SECRET),
        SetUrgency(Urgency.STANDARD, reason=SECRET),
        Hazard(CaseId(1), 80.0, SECRET, 1),
        Places((PlaceGuess("24163", 0.9, SECRET),), beside=SECRET),
        Refused(Why.GONE, moved_to=SECRET),
        Event("letter", {"text": SECRET}),
    )
    for value in printed:
        assert SECRET not in repr(value), type(value)
    assert "12.6" not in repr(Point(12.6667, 108.05))
    assert "reporter.question" in repr(told), "which sentence it was may be known"


def test_a_field_that_holds_words_is_not_printed_by_its_class() -> None:
    classes = list(_dataclasses())
    assert len(classes) > 300, "looked at nothing"
    printing = {node.name for node in classes if SPEAKING & _printed(node)}
    assert printing == OUR_OWN


def _dataclasses() -> Iterator[ast.ClassDef]:
    for folder in ("bot", "handlers", "storage"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.ClassDef) and any(_is_dataclass(one) for one in node.decorator_list):
                    yield node


def _is_dataclass(decorator: ast.expr) -> bool:
    return getattr(getattr(decorator, "func", decorator), "id", "") == "dataclass"


def _printed(node: ast.ClassDef) -> frozenset[str]:
    """Names of the fields that its repr shows."""
    hushed = any("repr=False" in ast.unparse(one) for one in node.decorator_list)
    own = any(isinstance(one, ast.FunctionDef) and one.name == "__repr__" for one in node.body)
    if hushed or own:
        return frozenset()
    fields = (one for one in node.body if isinstance(one, ast.AnnAssign))
    return frozenset(ast.unparse(one.target) for one in fields if "repr=False" not in ast.unparse(one))
