"""The account's key: renewed ahead of time by one process, stored before it is used, a human called in time."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from aiohttp import ClientSession

from bot.domain.messages import Line
from bot.ports import TokenPair, TokenRow, UnitOfWork
from bot.services import alarms
from bot.services.tools import Tools
from handlers.books import Books
from handlers.traces import where
from handlers.zalo_oa.api.oauth import OAuth, Rejected, Unreachable
from handlers.zalo_oa.traits import NAME

LEASE: Final = timedelta(seconds=90)
"""For asking Zalo and storing the answer; whoever dies meanwhile holds up the next for no longer."""
LOOK_AGAIN = 0.2
"""Seconds between two looks whether another process has the new pair."""
PATIENCE = 20.0
"""Seconds that a call waits for another process's new pair."""
EVERY = 60.0
"""Seconds between two looks whether it is time."""
PARTING = 30.0
"""Seconds that a program which is stopped, or a letter that is given up, waits for a pair on its way."""
SAVE_TRIES = 600
SAVE_WAIT = 1.0
"""A new pair that the database does not take is worth ten minutes: without it a human has to log in."""
FORGETFUL: Final = timedelta(days=14)
"""A refresh token that ends within this time calls a human; it is renewed with each pair, so that is rare."""
TRUST: Final = timedelta(hours=6)
"""Failing to reach Zalo calls a human when the access token ends within this."""
AGAIN: Final = timedelta(minutes=10)
"""After a refusal the same refresh token is tried again after so long: it may have been Zalo's slip."""

log = logging.getLogger(__name__)


class NoToken(Exception):
    """There is no key to call with, and none can be had."""


class Keys:
    """One account's pair: what is stored counts, nothing is used before it is stored."""

    def __init__(
        self,
        books: Books,
        tools: Tools,
        oauth: OAuth,
        account: str,
        first: TokenPair | None = None,
        *,
        look_again: float = LOOK_AGAIN,
        save_wait: float = SAVE_WAIT,
    ) -> None:
        """`first`: what the settings hold; taken once, afterwards the database's pair counts."""
        self._books = books
        self._tools = tools
        self._oauth = oauth
        self._account = account
        self._first = first
        self._holder = secrets.token_hex(8)
        self._row: TokenRow | None = None
        self._one_at_a_time = asyncio.Lock()
        self._refused: tuple[int, datetime] | None = None
        """Which version Zalo did not renew, and when."""
        self._look_again = look_again
        self._save_wait = save_wait

    async def current(self, session: ClientSession) -> str:
        """The access token to call with; raises NoToken."""
        if self._row is None:
            self._row = await self._stored()
        if self._row.pair.access_until <= self._books.now():
            with suppress(NoToken):  # how old a first pair is nobody knows: perhaps it still works
                return await self.renewed(session, self._row.pair.access)
        return self._row.pair.access

    async def renewed(self, session: ClientSession, used: str) -> str:
        """Zalo did not take `used` (or it is over): another one, ours or another process's; raises NoToken."""
        async with self._one_at_a_time:
            if self._row is not None and self._row.pair.access != used:
                return self._row.pair.access
            row = await self._stored()
            if row.pair.access == used:
                row = await self._next(session, row)
            self._row = row
            return row.pair.access

    async def keep(self, session: Callable[[], ClientSession]) -> None:
        """Until cancelled: renews ahead of time, and calls a human while there is still time."""
        while True:
            try:
                await self.look_after(session())
            except NoToken:
                pass
            except Exception as broken:  # noqa: BLE001 - the database was away: the next minute again
                log.error("zalo tokens: %s", where(broken))
            await asyncio.sleep(EVERY)

    async def look_after(self, session: ClientSession) -> None:
        """One look: is it time for a new pair, and does a human have to act? Raises NoToken."""
        try:
            row = await self._stored()
        except NoToken:
            await self._alarm("token_over", Line("alarm.zalo.token_over"))
            raise
        now = self._books.now()
        life = row.pair.access_until - row.taken_at
        if row.pair.access_until - now <= life / 2:
            async with self._one_at_a_time:
                row = await self._stored()
                if row.pair.access_until - now <= (row.pair.access_until - row.taken_at) / 2:
                    row = await self._next(session, row)
        self._row = row
        left = row.pair.refresh_until - now
        if left <= FORGETFUL:
            line = Line("alarm.zalo.token_old", {"days": max(0, left // timedelta(days=1))})
            await self._alarm("token_old", line)

    # --- one new pair ---

    async def _next(self, session: ClientSession, row: TokenRow) -> TokenRow:
        """The pair after this one, whoever gets it; raises NoToken."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < end:
            if await self._claimed(row.version):
                return await self._to_the_end(session, row)
            stored = await self._stored()
            if stored.version != row.version:
                return stored
            if stored.failed_at is not None and self._rests(row.version):
                raise NoToken
            await asyncio.sleep(self._look_again)
        raise NoToken

    async def _claimed(self, version: int) -> bool:
        if self._rests(version):
            raise NoToken
        now = self._books.now()
        return await self._books.ask(
            lambda uow: uow.tokens.claim(NAME, self._account, version, self._holder, now, LEASE)
        )

    def _rests(self, version: int) -> bool:
        refused = self._refused
        return refused is not None and refused[0] == version and self._books.now() - refused[1] < AGAIN

    async def _to_the_end(self, session: ClientSession, row: TokenRow) -> TokenRow:
        """Although cancelled meanwhile: a pair that was given out and not stored is lost for good."""
        task = asyncio.ensure_future(self._renew(session, row))
        try:
            return await asyncio.shield(task)
        except asyncio.CancelledError:
            await asyncio.wait((task,), timeout=PARTING)
            raise

    async def _renew(self, session: ClientSession, row: TokenRow) -> TokenRow:
        try:
            answer = await self._oauth.refresh(session, row.pair.refresh, self._books.now())
        except Unreachable:
            answer = Rejected("unreachable")
        if isinstance(answer, Rejected):
            await self._not_renewed(row, answer.why)
            raise NoToken
        self._refused = None
        return await self._saved(row, answer)

    async def _saved(self, row: TokenRow, pair: TokenPair) -> TokenRow:
        for _ in range(SAVE_TRIES):
            try:
                await self._books.ask(partial(self._store, row, pair))
                return await self._stored()
            except Exception as broken:  # noqa: BLE001 - whatever it is, this pair must not be lost
                log.error("zalo tokens: a new pair is not stored yet: %s", where(broken))
                await asyncio.sleep(self._save_wait)
        raise NoToken

    def _store(self, row: TokenRow, pair: TokenPair, uow: UnitOfWork) -> None:
        now = self._books.now()
        if uow.tokens.renewed(NAME, self._account, row.version, self._holder, pair, now):
            uow.ledger.note(
                "account.renewed",
                actor="system",
                subject=f"{NAME}:{self._account}",
                detail=f"{row.version + 1}",
                at=now,
            )
        for code in ("token", "token_over", "token_old"):
            alarms.over(uow, f"{NAME}.{code}")

    async def _not_renewed(self, row: TokenRow, why: str) -> None:
        """Remembered; and a human is told while the present token still works."""
        now = self._books.now()
        await self._books.ask(
            lambda uow: uow.tokens.failed(NAME, self._account, row.version, self._holder, why, now)
        )
        log.warning("zalo tokens: not renewed: %s", why)
        left = row.pair.access_until - now
        unreachable = why == "unreachable"
        if not unreachable:
            self._refused = row.version, now
        if unreachable and left > TRUST:
            return
        if left <= timedelta(0):
            await self._alarm("token_over", Line("alarm.zalo.token_over"))
        else:
            hours = max(0, left // timedelta(hours=1))
            await self._alarm("token", Line("alarm.zalo.token", {"hours": hours}))

    async def _alarm(self, code: str, line: Line) -> None:
        now = self._books.now()
        await self._books.ask(
            lambda uow: alarms.raise_alarm(uow, self._tools, f"{NAME}.{code}", line, now, avoid=NAME)
        )

    # --- what is stored ---

    async def _stored(self) -> TokenRow:
        """Raises NoToken: nothing is stored and the settings hold nothing."""
        if self._first is not None:
            await self._books.ask(self._seed)
            self._first = None
        row = await self._books.look(lambda uow: uow.tokens.get(NAME, self._account))
        if row is None:
            raise NoToken
        return row

    def _seed(self, uow: UnitOfWork) -> None:
        """A pair that a human put into the settings counts once: known by its keyed hash."""
        if self._first is not None:
            mark = self._tools.signer.digest("zalo.seed", self._first.refresh)
            uow.tokens.seed(NAME, self._account, self._first, mark, self._books.now())
