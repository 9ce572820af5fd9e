"""Fetches what people sent along, with retries, and hands the bytes to the store that seals them."""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.ports import (
    Channel,
    Fetched,
    FetchOutcome,
    FileRow,
    FileState,
    NotFetched,
    SealedFile,
    TooLarge,
    UnitOfWork,
)
from handlers.gate import Gate
from handlers.traces import where

EVERY = 2.0
"""Seconds between two looks."""
AT_ONCE = 8
TRIES = 12
"""With the waits below: about a day, as long as Telegram keeps what it hands over."""
FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=4)
LONGEST = 120.0
"""Seconds for one file."""

log = logging.getLogger(__name__)


class Fetcher:
    """Originals are kept whole; what the platform does not hand over is marked so."""

    def __init__(self, gate: Gate, channels: Sequence[Channel]) -> None:
        self._gate = gate
        gate.pulse.expect("fetcher")
        self._channels: Mapping[tuple[str, str], Channel] = {(c.name, c.account): c for c in channels}

    async def run(self) -> None:
        while True:
            if not await self.round():
                await asyncio.sleep(EVERY)

    async def round(self) -> int:
        """Fetches what is due now; how many files that were."""
        rows = [row for row in await self._due() if (row.channel, row.account) in self._channels]
        await asyncio.gather(*(self._fetch(row) for row in rows))
        self._gate.pulse.beat("fetcher")
        self._gate.pulse.count("files", len(rows))
        return len(rows)

    async def _due(self) -> Sequence[FileRow]:
        now = self._gate.now()
        return await self._gate.due(lambda uow: uow.files.due(now, AT_ONCE))

    async def _fetch(self, row: FileRow) -> None:
        channel = self._channels[row.channel, row.account]
        try:
            async with asyncio.timeout(LONGEST):
                outcome = await channel.fetch(row.attachment)
        except TimeoutError:
            outcome = NotFetched(again=True)
        except Exception as broken:  # noqa: BLE001 - one odd file must not stop the hotline
            log.error("file %d: %s", row.id, where(broken))
            outcome = NotFetched(again=True)
        sealed = await self._sealed(row, outcome) if isinstance(outcome, Fetched) else None
        await self._gate.attempt("file", lambda uow: self._settle(uow, row, outcome, sealed))

    async def _sealed(self, row: FileRow, fetched: Fetched) -> SealedFile | None:
        """Sealed and synced beside the writer: no turn waits for 20 MB."""
        mime = fetched.mime or row.attachment.mime
        return await self._gate.look(lambda uow: uow.files.seal_up(row.id, fetched.content, mime))

    def _settle(
        self, uow: UnitOfWork, row: FileRow, outcome: FetchOutcome, sealed: SealedFile | None
    ) -> None:
        now = self._gate.now()
        match outcome:
            case Fetched():
                if sealed is not None:
                    uow.files.record(row.id, sealed, now)
            case TooLarge():
                uow.files.lost(row.id, FileState.TOO_LARGE)
            case NotFetched(again) if again and row.tries < TRIES:
                uow.files.put_off(row.id, now + wait_after(row.tries))
            case NotFetched():
                uow.files.lost(row.id, FileState.LOST)


def wait_after(tries: int) -> timedelta:
    """Doubles from seconds to hours."""
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(tries, 16)))
