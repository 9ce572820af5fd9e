"""How fast one account may send: letters a second, the pause between two to one person, who goes first."""

import asyncio
import heapq
import itertools
from dataclasses import dataclass, field

from bot.domain.messages import Address, Lane
from bot.ports import Traits

RANK = {lane: rank for rank, lane in enumerate(Lane)}
BURST = 3
"""Letters that go out at once after a pause; a full bucket would let twice the rate through."""
MANY_CHATS = 10_000


@dataclass(order=True, slots=True)
class _Waiter:
    rank: int
    number: int
    go: asyncio.Future[None] = field(compare=False)


class Pace:
    """One account's right to send; alerts overtake conversation, conversation overtakes campaigns."""

    def __init__(self, traits: Traits) -> None:
        self._interval = 1 / traits.per_second
        self._per_chat = traits.per_chat.total_seconds()
        self._full_at = 0.0
        """When everything let through so far would have gone out at the steady rate (loop time)."""
        self._held_until = 0.0
        self._failures = 0
        self._chats: dict[Address, float] = {}
        self._waiting: list[_Waiter] = []
        self._numbers = itertools.count()
        self._armed = False

    def held(self) -> float:
        """Seconds for which the platform wants nothing from this account."""
        return max(0.0, self._held_until - _now())

    def hold(self, seconds: float) -> None:
        self._held_until = max(self._held_until, _now() + seconds)

    async def turn(self, lane: Lane, person: Address) -> float:
        """Waits for the right to send; gives the seconds of a hold (do not send then), else 0."""
        await self._chat(person)
        if not self.held():
            await self._slot(lane)
        return self.held()

    async def _chat(self, person: Address) -> None:
        if not self._per_chat:
            return
        now = _now()
        at = max(now, self._chats.get(person, 0.0))
        self._chats[person] = at + self._per_chat
        if len(self._chats) > MANY_CHATS:
            self._chats = {one: until for one, until in self._chats.items() if until > now}
        if at > now:
            await asyncio.sleep(at - now)

    async def _slot(self, lane: Lane) -> None:
        if not self._waiting and self._free():
            return
        waiter = _Waiter(RANK[lane], next(self._numbers), asyncio.get_running_loop().create_future())
        heapq.heappush(self._waiting, waiter)
        self._arm()
        await waiter.go

    def _free(self) -> bool:
        """Takes a place if there is one now."""
        now = _now()
        if self._full_at > now + (BURST - 1) * self._interval:
            return False
        self._full_at = max(now, self._full_at) + self._interval
        return True

    def _arm(self) -> None:
        if self._armed:
            return
        self._armed = True
        wait = self._full_at - (BURST - 1) * self._interval - _now()
        asyncio.get_running_loop().call_later(max(0.0, wait), self._pump)

    def _pump(self) -> None:
        self._armed = False
        while self._waiting:
            if self._waiting[0].go.done():  # its task was cancelled
                heapq.heappop(self._waiting)
            elif self._free():
                heapq.heappop(self._waiting).go.set_result(None)
            else:
                self._arm()
                return


def _now() -> float:
    return asyncio.get_running_loop().time()
