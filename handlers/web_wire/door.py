"""What the web folders need of the gate."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol, TypeVar

from bot.domain.messages import Address, Heard
from bot.ports import UnitOfWork

T = TypeVar("T")


class Door(Protocol):
    """The one door to the core; its work runs in threads, one transaction each."""

    async def hear(self, heard: Heard) -> object:
        """Returns after the commit that holds the message."""

    async def ask(self, work: Callable[[UnitOfWork], T]) -> T: ...

    async def look(self, work: Callable[[UnitOfWork], T]) -> T: ...

    def listen(self, address: Address) -> AbstractContextManager[asyncio.Event]:
        """An event that is set whenever letters for this address were committed."""
