"""Shows that we write, to whoever has waited for a while: where the answer is quick nobody needs it."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from handlers.zalo_bot.client import Refusal

AFTER = 2.0
"""Seconds without an answer."""
LOOK_EVERY = 0.5
MOST = 1000
"""People who are remembered as waiting: beyond that nobody is quick anyway."""


class Writing:
    """Who has written and was not answered yet."""

    def __init__(self, show: Callable[[str], Awaitable[None]]) -> None:
        """`show` raises Refusal."""
        self._show = show
        self._since: OrderedDict[str, float] = OrderedDict()

    def waits(self, person: str) -> None:
        self._since[person] = asyncio.get_running_loop().time()
        self._since.move_to_end(person)
        if len(self._since) > MOST:
            self._since.popitem(last=False)

    def answered(self, person: str) -> None:
        self._since.pop(person, None)

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self.show_late()

    async def show_late(self) -> None:
        """Once a person: it must not eat up a quota that letters need."""
        late = asyncio.get_running_loop().time() - AFTER
        for person in [who for who, since in self._since.items() if since <= late]:
            self.answered(person)
            try:
                await self._show(person)
            except Refusal:
                return  # a nicety: what Zalo refuses now is not tried again
