"""The webhook's route: signed events into the inbox before their 200, wrongly signed ones into quarantine."""

import asyncio
import logging
import re
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from functools import partial

from aiohttp import web

from bot.domain.messages import Heard
from bot.ports import Suspect
from bot.services.duty import deliveries
from bot.services.intake import suspects
from handlers.inlet import NotTaken
from handlers.zalo_oa.heard.event import Event, read
from handlers.zalo_oa.heard.samples import is_probe
from handlers.zalo_oa.heard.translate import OTHER_ACCOUNT, UNKNOWN, Ear, Nothing, Reached, is_for
from handlers.zalo_oa.shutting import Door, Shutting, written
from handlers.zalo_oa.signature import HEADER, Keys, Reading, reading
from handlers.zalo_oa.traits import NAME

PATH = "/zalo/oa"
PATIENCE = 1.5
"""Seconds for writing it down: Zalo waits for two, then it counts as failed and is sent again."""
ALARM_PATIENCE = 0.3
"""Seconds of the two that are left for telling a human."""
LARGEST = 256 * 1024
"""Bytes that are read at all."""
RETRIES = "num_retry"
LAST_STEPS = 4
"""Zalo repeats after 30 s, 5, 15, 30 and 60 minutes, then it switches the webhook off until a human acts."""
MOST_RETRIES = 9
MOST_UNKNOWN = 50
_CHALLENGE = re.compile(r"[A-Za-z0-9_-]{1,200}")
_NAME = re.compile(r"[a-z0-9_]{1,60}")

log = logging.getLogger(__name__)


class Webhook:
    """One account's."""

    def __init__(self, door: Door, keys: Keys, account: str) -> None:
        self._door = door
        self._keys = keys
        self._account = account
        self._ear = Ear(account)
        self._ours_heard = False
        """Since the program started: then the account's id is surely set right."""
        self.shutting = Shutting(door, self._count)
        self._reading: Reading | None = None
        self._unknown: set[str] = set()
        self.patience = PATIENCE

    def routes(self) -> Sequence[web.RouteDef]:
        return (web.get(PATH, self._looked), web.post(PATH, self._take))

    async def _looked(self, request: web.Request) -> web.Response:
        """The portal looks whether there is anybody; one that sends a challenge gets it back."""
        self._count("probe")
        challenge = request.query.get("hub.challenge", "")
        return web.Response(text=challenge if _CHALLENGE.fullmatch(challenge) else "")

    async def _take(self, request: web.Request) -> web.Response:
        """200: it is written down, or nobody wants it. 503: Zalo must send it again."""
        if (request.content_length or 0) > LARGEST:
            return web.Response(status=413)
        body = await request.read()
        event, signature = read(body), request.headers.get(HEADER, "")
        if is_probe(event, body, signed=bool(signature), app_id=self._keys.app_id):
            self._count("probe")
            return web.Response()
        way = reading(self._keys, body, "" if event is None else event.timestamp, signature)
        suspect = Suspect(body, signature)
        if way is None:
            return await self._bounded(self.shutting.away(suspect, suspects.SIGNATURE))
        self._read_as(way)
        if event is None:
            self._count("nothing_unread")
            return web.Response()
        retries = self._retries(request)
        answer = await self._bounded(self._understood(event, suspect, retries))
        if retries >= LAST_STEPS:
            await self._warn(retries)
        return answer

    async def _bounded(self, work: Awaitable[bool]) -> web.Response:
        """Whatever the database does, Zalo gets its answer in time."""
        try:
            async with asyncio.timeout(self.patience):
                taken = await work
        except (TimeoutError, NotTaken):
            taken = False
        if not taken:
            self._count("refused")
        return web.Response(status=200 if taken else 503)

    # --- with our signature ---

    async def _understood(self, event: Event, suspect: Suspect, retries: int) -> bool:
        self._ours_heard = self._ours_heard or is_for(event, self._account) is True
        match self._ear.understand(event, self._door.now()):
            case Heard() as heard:
                return await self._heard(heard, suspect, retries)
            case Reached(letters, at, seen):
                await written(self._door, partial(deliveries.reached, messages=letters, at=at, was_seen=seen))
                self._count("seen" if seen else "received")
            case Nothing(code) if code == OTHER_ACCOUNT:
                return await self.shutting.elsewhere(suspect, ours_heard=self._ours_heard)
            case Nothing(code):
                self._count(f"nothing_{code}")
                if code == UNKNOWN:
                    self._note_unknown(event.name)
        return True

    async def _heard(self, heard: Heard, suspect: Suspect, retries: int) -> bool:
        """What cannot be taken at the last steps is kept as it came: it must not switch the webhook off."""
        try:
            await self._door.hear(heard)
        except NotTaken:
            if retries < LAST_STEPS:
                raise
            return await self.shutting.away(suspect, suspects.UNREAD)
        self._count("heard")
        return True

    def _note_unknown(self, name: str) -> None:
        """Once each: which event of a later version nobody here understands."""
        if _NAME.fullmatch(name) and name not in self._unknown and len(self._unknown) < MOST_UNKNOWN:
            self._unknown.add(name)
            log.info("Zalo sends an event that is not known here: %s", name)

    async def _warn(self, retries: int) -> None:
        log.warning("Zalo sends an event for the %d. time: soon it switches the webhook off", retries + 1)
        warn = partial(suspects.repeated, tools=self._door.tools, channel=NAME, now=self._door.now())
        with suppress(TimeoutError):  # what was taken is taken, however long the alarm needs
            async with asyncio.timeout(ALARM_PATIENCE):
                await self._door.attempt("alarm", warn)

    def _retries(self, request: web.Request) -> int:
        said = request.headers.get(RETRIES, "")
        known = said.isascii() and said.isdecimal() and len(said) < MOST_RETRIES
        retries = min(MOST_RETRIES, int(said)) if known else 0
        if retries:
            self._count(f"retry_{retries}")
        return retries

    def _read_as(self, way: Reading) -> None:
        """Which of the two readings is right is known from the first event on."""
        self._count(f"signed_{way}")
        if way is not self._reading:
            self._reading = way
            log.info("Zalo signs with the %s first", way)

    def _count(self, what: str) -> None:
        self._door.pulse.count(f"zalo_{what}")
