"""The account's key: renewed ahead of time, and whenever Zalo does not take it."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Final

from aiohttp import ClientSession

from bot.domain.messages import Line
from bot.ports import Signer, TokenPair, TokenRow, UnitOfWork
from bot.services.tools import Tools
from handlers.books import Books
from handlers.traces import where
from handlers.zalo_oa.api.oauth import OAuth
from handlers.zalo_oa.api.renewal import NoToken, Renewal, TooYoung
from handlers.zalo_oa.traits import NAME

LOOK_AGAIN = 0.2
SAVE_WAIT = 1.0
EVERY = 60.0
"""Seconds between two looks whether it is time."""
YOUNG: Final = timedelta(hours=1)
"""A pair that Zalo refuses so soon is not renewed again: each renewal costs a refresh token, and mends nothing."""
FORGETFUL: Final = timedelta(days=14)
"""A refresh token that ends within this time calls a human; it is renewed with each pair, so that is rare."""

log = logging.getLogger(__name__)


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
        self._account = account
        self._first = first
        self._renewal = Renewal(books, tools, oauth, account, look_again=look_again, save_wait=save_wait)
        self._row: TokenRow | None = None
        self._one_at_a_time = asyncio.Lock()

    async def current(self, session: ClientSession) -> str:
        """The access token to call with; raises NoToken."""
        row = self._row = self._row or await self._stored()
        if row.pair.access_until <= self._books.now():
            with suppress(NoToken):  # how old a first pair is nobody knows: perhaps it still works
                return await self.renewed(session, row.pair.access)
        return row.pair.access

    async def instead_of(self, session: ClientSession, refused: str) -> str:
        """Zalo did not take `refused`: another one. Raises NoToken, TooYoung for one that was given out just now."""
        row = await self._stored()
        if row.pair.access == refused and self._is_young(row):
            raise TooYoung
        return await self.renewed(session, refused)

    def _is_young(self, row: TokenRow) -> bool:
        """By the stored pair, so that all processes together renew no more often than this; a first pair has no age."""
        life = row.pair.access_until - row.taken_at
        return timedelta(0) < life and self._books.now() - row.taken_at < min(YOUNG, life / 2)

    async def renewed(self, session: ClientSession, used: str) -> str:
        """The time of `used` is over, or it was refused: another one, ours or another process's; raises NoToken."""
        async with self._one_at_a_time:
            if self._row is not None and self._row.pair.access != used:
                return self._row.pair.access
            row = await self._stored()
            if row.pair.access == used:
                row = await self._renewal.after(session, row)
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
        async with self._one_at_a_time:
            row = await self._told_if_none()
            if self._is_half_gone(row):
                row = await self._renewal.after(session, row)
            self._row = row
        left = row.pair.refresh_until - self._books.now()
        if left <= FORGETFUL:
            days = max(0, left // timedelta(days=1))
            await self._renewal.alarm("token_old", Line("alarm.zalo.token_old", {"days": days}))

    def _is_half_gone(self, row: TokenRow) -> bool:
        """Half of its life is left for trying, and for calling somebody."""
        life = row.pair.access_until - row.taken_at
        return row.pair.access_until - self._books.now() <= life / 2

    async def _told_if_none(self) -> TokenRow:
        try:
            return await self._stored()
        except NoToken:
            await self._renewal.alarm("token_over", Line("alarm.zalo.token_over"))
            raise

    async def _stored(self) -> TokenRow:
        """Raises NoToken: nothing is stored and the settings hold nothing."""
        if self._first is not None:
            await self._books.ask(self._seed)
            self._first = None
        return await self._renewal.stored()

    def _seed(self, uow: UnitOfWork) -> None:
        if self._first is not None:
            seed(uow, self._tools.signer, self._account, self._first, self._books.now())


def seed(uow: UnitOfWork, signer: Signer, account: str, first: TokenPair, now: datetime) -> None:
    """A pair that a human put into the settings counts once: known by its keyed hash."""
    uow.tokens.seed(NAME, account, first, signer.digest("zalo.seed", first.refresh), now)
