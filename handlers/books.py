"""What a channel that remembers needs of the gate: transactions, and the time."""

from collections.abc import Callable
from datetime import datetime
from typing import Protocol, TypeVar

from bot.ports import UnitOfWork

T = TypeVar("T")


class Books(Protocol):
    """The gate, or a store alone in a command of the terminal."""

    async def ask(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run it in a transaction of its own; returns after the commit."""

    async def look(self, work: Callable[[UnitOfWork], T]) -> T:
        """Run it beside the writer: it must not change anything."""

    def now(self) -> datetime: ...
