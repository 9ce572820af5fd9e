"""What it takes to make a channel, and what comes of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiohttp import web
from pydantic import SecretStr

from bot.domain.places import Gazetteer
from bot.ports import Channel, Traits
from bot.services.tools import Tools
from bot.settings import Settings
from handlers.gate import Gate
from handlers.web_wire.streams import Streams


@dataclass(frozen=True, slots=True)
class Made:
    """A channel and the routes it offers to the one server."""

    channel: Channel
    routes: Sequence[web.AbstractRouteDef] = ()
    campaigner: Channel | None = None
    """Who sends the campaigns of this account, where it is not the channel itself."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What every channel may need."""

    settings: Settings
    gate: Gate
    tools: Tools
    gazetteer: Gazetteer
    streams: Streams

    @property
    def secure(self) -> bool:
        return self.settings.public_url.startswith("https://")


@dataclass(frozen=True, slots=True)
class Configured:
    """A channel that the settings ask for; its traits are known before it is made."""

    name: str
    traits: Traits
    make: Callable[[Wiring], Made]


def secret(value: SecretStr | None) -> str:
    return "" if value is None else value.get_secret_value()
