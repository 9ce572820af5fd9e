"""The reporter's answers as an officer reads them: a button by its label, a commune by its name, words as they are."""

from collections.abc import Callable, Iterator, Mapping

from bot.domain import script
from bot.domain.messages import Line

NOT_SHOWN = frozenset({script.SKIP, script.STOP, script.SAID})
"""Passed over, or said in the story already."""
APPLIED = script.UNSPOKEN - {"which", "name"}
"""What these answers changed stands in the case itself."""
_QUESTION = "ask."


def told(answers: Mapping[str, str], unit_name: Callable[[str], str]) -> Iterator[tuple[str, Line | str]]:
    """Question ids with what is shown for them."""
    for question, answer in answers.items():
        if answer and answer not in NOT_SHOWN and question not in APPLIED:
            yield question, said(question, answer, unit_name)


def of_entry(code: str, text: str, unit_name: Callable[[str], str]) -> Line | str:
    """A line of the timeline: `code` is that of the question, "ask.fence"."""
    return said(code.removeprefix(_QUESTION), text, unit_name) if code.startswith(_QUESTION) else text


def said(question: str, answer: str, unit_name: Callable[[str], str]) -> Line | str:
    if answer in NOT_SHOWN:
        return ""
    if question == "which" and answer.isdecimal():
        try:
            return unit_name(answer)
        except KeyError:
            return answer
    return script.label(question, answer) or answer
