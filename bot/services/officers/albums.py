"""Pictures of one album come one by one: all belong where the first one went, and are answered once."""

from bot.domain import desk
from bot.domain.desk import Album
from bot.domain.officers import Officer
from bot.ports import UnitOfWork
from bot.services import casework
from bot.services.casework import steps

KEPT = frozenset({"desk.attached", "desk.attached_sealed"})
"""Answers after which a piece that is kept as well needs no word of its own."""


def settled(uow: UnitOfWork, officer: Officer, command: desk.Command) -> desk.Command:
    """A number in the words below is a case's only where this officer may know of that case."""
    if not isinstance(command, desk.Attach) or command.perhaps is None:
        return command
    if isinstance(steps.find(uow, command.perhaps, officer), casework.Refusal):
        return desk.Attach(command.case, command.attachments, command.text)
    if command.leads:
        return desk.Attach(command.perhaps, command.attachments, command.text)
    return desk.Unclear("media")


def after(before: Album | None, album: str, command: desk.Command, answer: str) -> Album | None:
    """What to remember once the command was answered with this key.

    Of an album that is being kept, a piece that is refused moves nothing; one that names a case and is kept there
    takes those behind it along.
    """
    shown = _shown(album, command, answer)
    if shown is None or before is None or before.id != album or before.answer not in KEPT:
        return shown or before
    return shown if answer in KEPT and shown.case != before.case else before


def is_told(before: Album | None, album: str, command: desk.Command, answer: str) -> bool:
    """Whether this piece fared as was said of the album already."""
    return before is not None and _shown(album, command, answer) == before


def _shown(album: str, command: desk.Command, answer: str) -> Album | None:
    match command:
        case desk.Attach(case) if album:
            return Album(album, case, answer)
        case desk.Unclear("media") if album:
            return Album(album, None, answer)
        case _:
            return None
