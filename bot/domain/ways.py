"""Which of a reporter's conversations may be written to: the one they named safe, never another on its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation of a case."""

    conversation: int
    reporter: int
    """The conversation that this reporter began with: those they came back in by a receipt share it."""
    safe: bool | None
    """What they said of being written to there; None: nothing."""
    blocked: bool = False
    heard_at: datetime | None = None


def chosen(talks: Sequence[Talk]) -> tuple[int, ...]:
    """One conversation for each reporter who may be written to, in order of reporters.

    Named safe counts most. Where nothing was ever said of it, the conversation in which they spoke last. Who
    called one of them unsafe and none safe is not looked for in a third: they come back when they can.
    """
    ordered = sorted(talks, key=lambda talk: talk.reporter)
    ways = (_way(tuple(theirs)) for _, theirs in groupby(ordered, key=lambda talk: talk.reporter))
    return tuple(way for way in ways if way is not None)


def _way(theirs: tuple[Talk, ...]) -> int | None:
    wanted = True if any(talk.safe is True for talk in theirs) else None
    if wanted is None and any(talk.safe is False for talk in theirs):
        return None
    open_ = [talk for talk in theirs if talk.safe is wanted and not talk.blocked]
    last = max(open_, key=lambda talk: (talk.heard_at or _NEVER, talk.conversation), default=None)
    return None if last is None else last.conversation
