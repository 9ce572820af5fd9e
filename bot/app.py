"""The composition root: the only file that imports core, handlers and storage together."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from bot.data.triage import load_triage
from bot.data.units import load_units
from bot.domain.places import Gazetteer
from bot.domain.triage import Triage
from bot.ports import Traits
from bot.services.tools import Tools
from bot.settings import Settings
from locales.catalogue import load as load_words
from storage.engine import SqlStore, open_store


@dataclass(frozen=True, slots=True)
class Office:
    """What every command needs: the store, and the tools that know words, messages and places."""

    store: SqlStore
    tools: Tools
    gazetteer: Gazetteer
    triage: Triage


@contextmanager
def office(settings: Settings) -> Iterator[Office]:
    """Open the store and load what ships; closed at the end, after what waits is written."""
    store = open_store(settings.database_url, settings.seal_key_file, settings.files_dir)
    try:
        yield assemble(settings, store)
    finally:
        store.close()


def assemble(settings: Settings, store: SqlStore) -> Office:
    """Load words, triage and units, and tie them to the store's signer."""
    gazetteer = Gazetteer(load_units())
    triage = load_triage()
    tools = Tools(
        words=load_words(),
        signer=store.signer,
        assess=triage.together,
        find=partial(gazetteer.find, home=settings.home_province),
        near=gazetteer.near,
        unit_name=gazetteer.full_name,
        public_url=settings.public_url.rstrip("/"),
        home=settings.home_province,
        session_idle=timedelta(minutes=settings.desk_idle_minutes),
    )
    return Office(store, tools, gazetteer, triage)


def with_traits(tools: Tools, traits: dict[str, Traits]) -> Tools:
    """The same tools, knowing what the configured channels can do."""
    return replace(tools, traits=traits)
