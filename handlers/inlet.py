"""What a channel needs of the gate, without everything that stands behind it."""

from datetime import datetime
from typing import Protocol

from bot.domain.messages import Heard


class NotTaken(Exception):
    """The database could not take what was heard: whoever sent it must send it again."""


class Inlet(Protocol):
    """Where a channel brings what it hears."""

    async def hear(self, heard: Heard) -> None:
        """Returns after the commit that holds it; raises NotTaken."""

    def now(self) -> datetime: ...
