"""What a second reader reads: cases and drafts alike, each in its own way."""

from collections.abc import Sequence
from datetime import datetime
from typing import assert_never

from bot.domain import masking
from bot.domain.opinion import Opinion
from bot.ports import Draft, Readable, Unheard, UnitOfWork, Unread
from bot.services.second_reader import drafts as second_drafts
from bot.services.second_reader import reading as second_reading
from bot.services.tools import Tools

MOST_CHARACTERS = 4000
"""Of a report; of a longer one the end, where it stands now."""


def due(uow: UnitOfWork, now: datetime, limit: int) -> Sequence[Readable]:
    """What was answered and not read yet; half of it cases, so that a crowd that greets us holds up none."""
    cases = second_reading.due(uow, now, limit)
    drafts = second_drafts.due(uow, now, max(limit // 2, limit - len(cases)))
    mixed: list[Readable] = [*drafts, *cases]
    return mixed[:limit]


def text_of(uow: UnitOfWork, tools: Tools, one: Readable) -> str:
    """The reporter's words without names, contacts and addresses; empty: there is nothing to read."""
    match one:
        case Unread():
            said = second_reading.words_of(uow, one)
        case Draft():
            said = second_drafts.words_of(uow, one)
        case _:
            assert_never(one)
    said = said.strip()[-MOST_CHARACTERS:]
    places = tools.find(said)
    return masking.impersonal(said, [one.words for one in places.units], places.beside.split(", "))


def record(uow: UnitOfWork, tools: Tools, one: Readable, opinion: Opinion, model: str, now: datetime) -> None:
    """Add what may be added, marked as what it is."""
    match one:
        case Unread():
            second_reading.record(uow, tools, one, opinion, model, now)
        case Draft():
            second_drafts.record(uow, tools, one, opinion, model, now)
        case _:
            assert_never(one)


def put_off(uow: UnitOfWork, one: Readable, why: Unheard, now: datetime) -> None:
    """Nothing was heard. A draft is tried again as long as it is one, unless the answer was nonsense."""
    match one:
        case Unread():
            second_reading.put_off(uow, one, why, now)
        case Draft() if why is Unheard.NONSENSE:
            second_drafts.left(uow, one)
        case Draft():
            pass
        case _:
            assert_never(one)
