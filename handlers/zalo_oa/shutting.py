"""What the webhook gets and may not be ours: shut away for a human, as much of it as there is room for."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Protocol, TypeVar

from bot.domain.messages import Heard
from bot.ports import Put, Suspect, UnitOfWork
from bot.services.intake import suspects
from bot.services.tools import Tools
from handlers.inlet import NotTaken
from handlers.pulse import Pulse
from handlers.turns import Failed
from handlers.zalo_oa.heard.bucket import Bucket
from handlers.zalo_oa.heard.translate import OTHER_ACCOUNT
from handlers.zalo_oa.traits import NAME

LARGEST_SUSPECT = 64 * 1024
"""Bytes of a body that nobody signed; an event has about 500."""

T = TypeVar("T")


class Door(Protocol):
    """What the webhook needs of the gate."""

    tools: Tools
    pulse: Pulse

    async def hear(self, heard: Heard) -> None:
        """Returns after the commit that holds it; raises NotTaken."""

    async def attempt(self, name: str, work: Callable[[UnitOfWork], T]) -> T | Failed: ...

    def now(self) -> datetime: ...


async def written(door: Door, work: Callable[[UnitOfWork], T]) -> T:
    """In a transaction of its own; raises NotTaken."""
    done = await door.attempt("webhook", work)
    if isinstance(done, Failed):
        raise NotTaken
    return done


class Shutting:
    """One webhook's; raises NotTaken where the database takes nothing."""

    def __init__(self, door: Door, count: Callable[[str], None]) -> None:
        self._door = door
        self._count = count
        self.bucket = Bucket()

    async def away(self, suspect: Suspect, why: str) -> bool:
        """Sealed for a human: with a wrong secret these are reports. No room: Zalo may send it again."""
        if len(suspect.body) > LARGEST_SUSPECT or not self.bucket.take(asyncio.get_running_loop().time()):
            self._count("suspect_refused")
            return False
        shut = partial(
            suspects.shut_away,
            tools=self._door.tools,
            channel=NAME,
            suspect=suspect,
            why=why,
            now=self._door.now(),
        )
        put = await written(self._door, shut)
        self._count(f"suspect_{put}")
        return put is not Put.FULL

    async def elsewhere(self, suspect: Suspect, *, ours_heard: bool) -> bool:
        """For another account of the same app. Until ours was heard of, its id may be set wrong: nothing is lost."""
        self._count(f"nothing_{OTHER_ACCOUNT}")
        if not ours_heard:
            return await self.away(suspect, suspects.OTHER_ACCOUNT)
        tell = partial(suspects.elsewhere, tools=self._door.tools, channel=NAME, now=self._door.now())
        await written(self._door, tell)
        return True
