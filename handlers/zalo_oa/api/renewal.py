"""One new pair: by one process at a time, stored before anybody uses it, a human called where there is none."""

import asyncio
import logging
import secrets
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from aiohttp import ClientSession

from bot.domain.messages import Line
from bot.ports import TokenPair, TokenRow, UnitOfWork
from bot.services.duty import alarms
from bot.services.tools import Tools
from handlers.books import Books
from handlers.traces import where
from handlers.zalo_oa.api.oauth import OAuth, Rejected, Unreachable
from handlers.zalo_oa.traits import NAME

LEASE: Final = timedelta(seconds=90)
"""For asking Zalo and storing the answer; whoever dies meanwhile holds up the next for no longer."""
PATIENCE = 20.0
"""Seconds that a call waits for another process's new pair."""
PARTING = 30.0
"""Seconds that a program which is stopped, or a letter that is given up, waits for a pair on its way."""
SAVE_TRIES = 600
TRUST: Final = timedelta(hours=6)
"""Failing to reach Zalo calls a human when the access token ends within this."""
REFUSED_REST: Final = timedelta(minutes=10)
"""After a refusal the same refresh token is tried again after so long: it may have been Zalo's slip."""
LOST_REST: Final = timedelta(seconds=45)
"""The same after no answer: letters must not queue up behind one that is not coming."""
ALARMS: Final = ("token", "token_over", "token_old")

log = logging.getLogger(__name__)


class NoToken(Exception):
    """There is no key to call with, and none can be had."""


class TooYoung(NoToken):
    """Zalo refuses a pair that it has only just given out: another one would fare no better, a human has to look."""


class Renewal:
    """From one stored pair to the next."""

    def __init__(
        self,
        books: Books,
        tools: Tools,
        oauth: OAuth,
        account: str,
        *,
        look_again: float,
        save_wait: float,
    ) -> None:
        """`look_again`, `save_wait`: seconds between two looks at the database, between two tries to store."""
        self._books = books
        self._tools = tools
        self._oauth = oauth
        self._account = account
        self._holder = secrets.token_hex(8)
        self._rest: tuple[int, datetime] | None = None
        """Which version could not be renewed, and until when it is not tried again."""
        self._look_again = look_again
        self._save_wait = save_wait

    async def stored(self) -> TokenRow:
        """Raises NoToken: there is none."""
        row = await self._books.look(lambda uow: uow.tokens.get(NAME, self._account))
        if row is None:
            raise NoToken
        return row

    async def after(self, session: ClientSession, row: TokenRow) -> TokenRow:
        """The pair after this one, whoever gets it; raises NoToken."""
        end = asyncio.get_running_loop().time() + PATIENCE
        while asyncio.get_running_loop().time() < end:
            if self._rests(row.version):
                raise NoToken
            if await self._claimed(row.version):
                return await self._to_the_end(session, row)
            stored = await self.stored()
            if stored.version != row.version:
                return stored
            await asyncio.sleep(self._look_again)
        raise NoToken

    def _rests(self, version: int) -> bool:
        return self._rest is not None and self._rest[0] == version and self._books.now() < self._rest[1]

    async def _claimed(self, version: int) -> bool:
        now = self._books.now()
        return await self._books.ask(
            lambda uow: uow.tokens.claim(NAME, self._account, version, self._holder, now, LEASE)
        )

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
            await self._not_renewed(row, "unreachable", LOST_REST)
            raise NoToken from None
        if isinstance(answer, Rejected):
            await self._not_renewed(row, answer.why, REFUSED_REST)
            raise NoToken
        await self._save(row, answer)
        return await self.stored()

    async def _save(self, row: TokenRow, pair: TokenPair) -> None:
        """A pair that the database does not take is worth ten minutes: without it a human has to log in."""
        for _ in range(SAVE_TRIES):
            try:
                return await self._books.ask(partial(self._store, row, pair))
            except Exception as broken:  # noqa: BLE001 - whatever it is, this pair must not be lost
                log.error("zalo tokens: a new pair is not stored yet: %s", where(broken))
                await asyncio.sleep(self._save_wait)
        raise NoToken

    def _store(self, row: TokenRow, pair: TokenPair, uow: UnitOfWork) -> None:
        now = self._books.now()
        if uow.tokens.renewed(NAME, self._account, row.version, pair, now):
            subject, detail = f"{NAME}:{self._account}", str(row.version + 1)
            uow.ledger.note("account.renewed", actor="system", subject=subject, detail=detail, at=now)
        for code in ALARMS:
            alarms.over(uow, f"{NAME}.{code}")

    # --- where there is none ---

    async def _not_renewed(self, row: TokenRow, why: str, rest: timedelta) -> None:
        """Remembered; and a human is told while the present token still works."""
        now = self._books.now()
        self._rest = row.version, now + rest
        log.warning("zalo tokens: not renewed: %s", why)
        await self._books.ask(
            lambda uow: uow.tokens.failed(NAME, self._account, row.version, self._holder, why, now)
        )
        left = row.pair.access_until - now
        if left <= timedelta(0):
            await self.alarm("token_over", Line("alarm.zalo.token_over"))
        elif rest is REFUSED_REST or left <= TRUST:
            await self.alarm("token", Line("alarm.zalo.token", {"hours": left // timedelta(hours=1)}))

    async def alarm(self, code: str, line: Line) -> None:
        """To people, once a day."""
        now = self._books.now()
        await self._books.ask(
            lambda uow: alarms.raise_alarm(uow, self._tools, f"{NAME}.{code}", line, now, avoid=NAME)
        )
