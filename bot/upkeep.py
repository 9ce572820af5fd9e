"""Once an hour: what must not be remembered any longer goes, erased keys and unread letters first."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from handlers.traces import where
from storage.engine import SqlStore
from storage.upkeep import scrub, tidy

FIRST = 120.0
"""Seconds after the start: whoever wrote while we were away is answered first."""
EVERY = 3600.0
"""Seconds."""

log = logging.getLogger(__name__)


class Upkeep:
    """Runs beside everything else, in a thread of its own."""

    def __init__(self, store: SqlStore, now: Callable[[], datetime], pull_channels: Sequence[str]) -> None:
        self._store = store
        self._now = now
        self._pull_channels = tuple(pull_channels)

    async def run(self) -> None:
        await asyncio.sleep(FIRST)
        while True:
            try:
                await asyncio.to_thread(self.once)
            except Exception as broken:  # noqa: BLE001 - a full disk must not end the hotline; next hour again
                log.error("upkeep: %s", where(broken))
            await asyncio.sleep(EVERY)

    def once(self) -> None:
        tidied = tidy(self._store, self._now(), self._pull_channels)
        scrub(self._store)
        log.info("tidied: %d letters, %d links", tidied.letters, tidied.links)
