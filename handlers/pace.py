"""How fast one account may send: letters a second, the pause between two to one person, who goes first."""

import asyncio
import heapq
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.domain.messages import Address, Lane
from bot.ports import Traits

RANK = {lane: rank for rank, lane in enumerate(Lane)}
STEADY = 0.99
"""Of the limit is aimed at: no second then holds more than the limit itself where that is small."""
MOST = 1.03
"""Times the limit, at most, in any one second, where a busy loop has to catch up."""
GRAIN = 0.002
"""Seconds: letters of a fast account go in small groups, or the loop would wake for each of them."""
GRAINS = 4
"""Of letters in one round of the loop, at most: a campaign that catches up must not keep it for tens of
milliseconds."""
LATE = 0.02
"""Seconds by which the loop may wake us too late; more, and campaigns leave it alone for as long as that: a
machine that cannot keep up with them must still answer people."""
LOOK_AGAIN = 0.005
"""Seconds between two looks whether people still wait too long."""
MANY_CHATS = 10_000


class Meter:
    """Lets through evenly. There is no bucket that starts full: what was not used is lost but for a moment.

    With one letter every `interval` and a lag of `slack` caught up, any one second holds at most
    (1 + slack) / interval + 1 letters: `slack` is chosen so that this is the limit, or 1.03 times a large one.
    """

    def __init__(self, per_second: float) -> None:
        self.interval = 1 / (per_second * STEADY)
        most = max(1, int(per_second * MOST))
        self._slack = max(0.0, most * self.interval - 1 - 1e-6)
        self._full_at = 0.0
        """When everything let through so far would have gone out at the steady rate (loop time)."""

    def wait(self, now: float) -> float:
        """Seconds until the next may go; 0: now."""
        return max(0.0, self._full_at - self._slack - now)

    def take(self, now: float) -> None:
        self._full_at = max(now, self._full_at) + self.interval


@dataclass(order=True, slots=True)
class _Waiter:
    rank: int
    number: int
    lane: Lane = field(compare=False)
    go: asyncio.Future[None] = field(compare=False)


class Pace:
    """One account's right to send; alerts overtake conversation, conversation overtakes campaigns."""

    def __init__(self, traits: Traits, held_up: Callable[[], bool] = lambda: False) -> None:
        """`held_up`: whether people wait too long for us, so that campaigns stand aside."""
        self._held_up = held_up
        self._account = Meter(traits.per_second)
        share = traits.campaign_share
        self._campaigns = Meter(traits.per_second * share) if 0 < share < 1 else None
        self._per_chat = traits.per_chat.total_seconds()
        self._most_a_round = max(1, int(GRAINS * GRAIN / self._account.interval))
        self._this_round = 0
        self._held_until = 0.0
        self._yield_until = 0.0
        self._chats: dict[Address, float] = {}
        self._waiting: list[_Waiter] = []
        self._numbers = itertools.count()
        self._armed: asyncio.TimerHandle | None = None

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
        if (not self._waiting or RANK[lane] < self._waiting[0].rank) and self._free(lane):
            return
        waiter = _Waiter(RANK[lane], next(self._numbers), lane, asyncio.get_running_loop().create_future())
        heapq.heappush(self._waiting, waiter)
        self._arm()
        await waiter.go

    def _wait(self, lane: Lane, now: float) -> float:
        wait = self._account.wait(now)
        if lane is not Lane.CAMPAIGN:
            return wait
        if self._this_round >= self._most_a_round:
            wait = max(wait, GRAIN)
        wait = max(wait, self._yield_until - now, LOOK_AGAIN if self._held_up() else 0.0)
        return wait if self._campaigns is None else max(wait, self._campaigns.wait(now))

    def _free(self, lane: Lane) -> bool:
        """Takes a place if there is one now."""
        now = _now()
        if self._wait(lane, now) > 0:
            return False
        self._account.take(now)
        if lane is Lane.CAMPAIGN:
            self._take_of_campaigns(now)
        return True

    def _take_of_campaigns(self, now: float) -> None:
        if not self._this_round:
            asyncio.get_running_loop().call_soon(self._next_round)
        self._this_round += 1
        if self._campaigns is not None:
            self._campaigns.take(now)

    def _next_round(self) -> None:
        self._this_round = 0

    def _arm(self) -> None:
        """For whoever is first now: a reply that comes while a campaign waits may go before it could."""
        if not self._waiting:
            return
        loop = asyncio.get_running_loop()
        at = loop.time() + max(self._grain(), self._wait(self._waiting[0].lane, loop.time()))
        if self._armed is not None:
            if self._armed.when() <= at:
                return
            self._armed.cancel()
        self._armed = loop.call_at(at, self._pump, at)

    def _grain(self) -> float:
        return GRAIN if self._account.interval < GRAIN else 0.0

    def _pump(self, due: float) -> None:
        self._armed = None
        late = _now() - due
        if late > LATE:
            self._yield_until = _now() + late
        while self._waiting:
            if self._waiting[0].go.done():  # its task was cancelled
                heapq.heappop(self._waiting)
            elif self._free(self._waiting[0].lane):
                heapq.heappop(self._waiting).go.set_result(None)
            else:
                self._arm()
                return


def _now() -> float:
    return asyncio.get_running_loop().time()
