"""The composition root: the only file that imports core, handlers and storage together."""

import asyncio
import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Protocol

from bot.channels import Configured, Wiring, configured
from bot.data.triage import load_triage
from bot.data.units import read_units
from bot.domain.places import Gazetteer
from bot.domain.triage import Triage
from bot.loading import settle, without_collecting
from bot.office.campaigns import shipped_dates, shipped_drafts
from bot.ports import UnitOfWork
from bot.second_reader import second_reading
from bot.services import outreach, windows
from bot.services.duty import bundles
from bot.services.tools import Prices, Tools
from bot.settings import BadSettings, Settings
from bot.upkeep import Upkeep
from handlers.clock import Clock
from handlers.courier import Courier
from handlers.fetcher import Fetcher
from handlers.freezer import Freezer
from handlers.gate import Gate
from handlers.http import Http
from handlers.telegram_wire.logs import quiet
from handlers.traces import where
from handlers.web_wire.streams import Streams
from locales.catalogue import load as load_words
from storage.backup import BackupError
from storage.backup import backup as backup_to
from storage.backup import restore as restore_from
from storage.engine import SqlStore, open_store
from storage.rotation import rotate as rotate_keys
from storage.schema import SchemaError
from storage.sealed import KeyFileError

__all__ = [
    "CannotStart",
    "Hotline",
    "Office",
    "SqlStore",
    "assemble",
    "backup_to",
    "build",
    "load_words",
    "log_to_stderr",
    "office",
    "restore_from",
    "rotate_keys",
    "serve",
    "stored",
    "wall_clock",
]

CannotStart = (BadSettings, KeyFileError, SchemaError, BackupError)
"""What an administrator can mend: the message says what."""
CRASH_DEPTH = 12
"""Lines of code that are named of what ended the program."""
LINKED_AT_ONCE = 2000
"""Ledger rows that one tick chains."""

log = logging.getLogger(__name__)


class Service(Protocol):
    """Something that runs until it is cancelled."""

    async def run(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Office:
    """What every command needs: the store, and the tools that know words, messages and places."""

    store: SqlStore
    tools: Tools
    gazetteer: Gazetteer
    triage: Triage


@dataclass(frozen=True, slots=True)
class Hotline:
    """Everything that runs."""

    gate: Gate
    http: Http
    streams: Streams
    services: tuple[Service, ...]


@contextmanager
def office(settings: Settings) -> Iterator[Office]:
    """Open the store and load what ships; closed at the end, after what waits is written."""
    with stored(settings) as store:
        yield assemble(settings, store)


@contextmanager
def stored(settings: Settings) -> Iterator[SqlStore]:
    """The store alone, for what needs neither words nor places of its own: a second quicker."""
    store = open_store(settings.database_url, settings.seal_key_file, settings.files_dir)
    try:
        yield store
    finally:
        store.close()


def assemble(settings: Settings, store: SqlStore) -> Office:
    """Load words, triage and units, and tie them to the store's signer."""
    with without_collecting():
        gazetteer, triage, words = Gazetteer(read_units()), load_triage(), load_words()
    tools = Tools(
        words=words,
        signer=store.signer,
        assess=triage.together,
        find=partial(gazetteer.find, home=settings.home_province),
        answer=partial(gazetteer.answer, home=settings.home_province),
        near=gazetteer.near,
        unit_name=gazetteer.full_name,
        public_url=settings.public_url.rstrip("/"),
        oa_url=f"https://zalo.me/{settings.zalo_oa_account}" if settings.zalo_oa_account else "",
        home=settings.home_province,
        dates=shipped_dates(),
        units=gazetteer.codes,
        prices=Prices(settings.zalo_price_template, settings.zalo_price_letter),
        session_idle=timedelta(minutes=settings.desk_idle_minutes),
    )
    return Office(store, tools, gazetteer, triage)


def wall_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the program asks the clock, the core is told


def build(
    settings: Settings,
    found: Office,
    now: Callable[[], datetime] = wall_clock,
    wanted: Sequence[Configured] | None = None,
) -> Hotline:
    """Wire the channels that are configured; what is not configured is not even imported."""
    wanted = configured(settings) if wanted is None else wanted
    tools = replace(found.tools, traits={one.name: one.traits for one in wanted})
    gate = Gate(found.store, tools, now, ticks=TICKS)
    wiring = Wiring(settings, gate, tools, found.gazetteer, Streams(settings.http_connections * 3 // 4))
    made = [one.make(wiring) for one in wanted]
    channels = [one.channel for one in made]
    http = Http(
        settings.http_host,
        settings.http_port,
        gate,
        [route for one in made for route in one.routes],
        connections=settings.http_connections,
    )
    campaigners = {(one.channel.name, one.channel.account): one.campaigner for one in made if one.campaigner}
    courier = Courier(gate, channels, campaigners)
    pulled = [one.name for one in wanted if one.traits.pull]
    services: tuple[Service, ...] = (
        Upkeep(found.store, now, pulled),
        gate,
        courier,
        Fetcher(gate, channels),
        Clock(gate.tick),
        http,
        *second_reading(settings, gate),
        Freezer(gate),
        *channels,
        *campaigners.values(),
    )
    return Hotline(gate, http, wiring.streams, services)


async def serve(settings: Settings, found: Office, ready: Callable[[int], None]) -> None:
    """Serve until SIGINT or SIGTERM; if one service breaks, all end and the supervisor starts anew.

    `ready` is told the port once people can be heard.
    """
    found.store.write(lambda uow: outreach.seed(uow, found.tools, shipped_drafts(), wall_clock()))
    await run(build(settings, found), ready)


async def run(hotline: Hotline, ready: Callable[[int], None]) -> None:
    """Serve what was wired; see `serve`."""
    settle()
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    try:
        await _all_together(hotline, stop, ready)
    except BaseExceptionGroup as broken:
        wrong = broken.subgroup(BadSettings)
        if wrong is None:
            # by its place only: a traceback would print its words, which may be a citizen's, or a token
            log.critical("stopped: %s", where(broken, CRASH_DEPTH))
            raise SystemExit(1) from None
        raise BadSettings(_innermost(wrong)) from None


async def _all_together(hotline: Hotline, stop: asyncio.Event, ready: Callable[[int], None]) -> None:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(service.run()) for service in hotline.services]
        ready(await hotline.http.ready())
        await stop.wait()
        hotline.streams.close()
        for task in tasks:
            task.cancel()


def _innermost(error: BaseException) -> str:
    """The sentence inside nested groups: which setting is wrong."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return str(error)


def log_to_stderr() -> None:
    """One line an event, with ids and codes only; libraries at warning level, tokens blotted out."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    logging.getLogger("alembic").setLevel(logging.WARNING)
    quiet()


def _link_ledger(uow: UnitOfWork, tools: Tools, now: datetime) -> None:  # noqa: ARG001
    uow.ledger.link(LINKED_AT_ONCE)


TICKS = (bundles.send_bundles, outreach.tick, _link_ledger, windows.keep_open)
"""What the clock asks for besides cases, each in a transaction of its own."""
