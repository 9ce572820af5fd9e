"""Reduces whatever a model answers to the closed lists of what it may say; the rest is not heard."""

import json
import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TypeVar

from bot.domain.kinds import Environment, Kind, Reporter, Urgency
from bot.domain.opinion import MOST_CHILDREN, NOT_TO_ADD, OLDEST, Opinion

MOST_VALUES = 20
"""Of a list: what is longer is no answer."""
PLACE_LENGTH = (2, 80)
_LETTER = re.compile(r"[^\W\d_]")
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n\s*```\s*", re.DOTALL)
_E = TypeVar("_E", bound=StrEnum)


def opinion_of(body: bytes, text: str) -> Opinion | None:
    """The opinion in the body of a `chat/completions` answer on `text`; None where there is none."""
    content = _content(_json(body))
    if content is None:
        return None
    fenced = _FENCED.fullmatch(content)
    found = reduced(_json(fenced[1] if fenced else content), text)
    return None if found is None or found.empty else found


def reduced(told: object, text: str) -> Opinion | None:
    """Field by field what is of the right form; None for what is no object."""
    if not isinstance(told, dict):
        return None
    return Opinion(
        urgency=_one(Urgency, told.get("urgency")),
        kinds=_kinds(told.get("kinds")),
        environment=_one(Environment, told.get("environment")) or Environment.UNKNOWN,
        reporter=_one(Reporter, told.get("reporter")) or Reporter.UNKNOWN,
        ages=tuple(dict.fromkeys(_numbers(told.get("ages"), 0, OLDEST))),
        children=next(_numbers([told.get("children")], 1, MOST_CHILDREN), None),
        place=_place(told.get("place"), text),
    )


def _json(raw: str | bytes) -> object:
    try:
        told: object = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return told


def _content(answer: object) -> str | None:
    """choices[0].message.content"""
    choices = answer.get("choices") if isinstance(answer, dict) else None
    first = choices[0] if isinstance(choices, list) and choices else None
    message = first.get("message") if isinstance(first, dict) else None
    content = message.get("content") if isinstance(message, dict) else None
    return content if isinstance(content, str) else None


def _one(of: type[_E], told: object) -> _E | None:
    return of(told) if isinstance(told, str) and told in set(of) else None


def _list(told: object) -> list[object]:
    return told if isinstance(told, list) and len(told) <= MOST_VALUES else []


def _kinds(told: object) -> tuple[Kind, ...]:
    kinds = (_one(Kind, one) for one in _list(told))
    return tuple(dict.fromkeys(kind for kind in kinds if kind is not None and kind not in NOT_TO_ADD))


def _numbers(told: object, least: int, most: int) -> Iterator[int]:
    return (one for one in _list(told) if type(one) is int and least <= one <= most)


def _place(told: object, text: str) -> str | None:
    """Only words that stand in the report, and none of those put in the stead of others."""
    if not isinstance(told, str) or told not in text or not _LETTER.search(told):
        return None
    fits = PLACE_LENGTH[0] <= len(told) <= PLACE_LENGTH[1] and "[" not in told and "\n" not in told
    return told if fits else None
