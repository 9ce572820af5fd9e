"""The second reader, where an office has attached one; what is not configured is not imported."""

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.settings import Settings
from handlers.gate import Gate

if TYPE_CHECKING:
    from handlers.second_reader.service import SecondReading


def second_reading(settings: Settings, gate: Gate) -> "tuple[SecondReading, ...]":
    """The service, or nothing: off by default."""
    if not settings.second_reader_url:
        return ()
    from handlers.second_reader.client import ModelServer
    from handlers.second_reader.service import SecondReading

    key = settings.second_reader_key
    server = ModelServer(
        settings.second_reader_url,
        settings.second_reader_model,
        key="" if key is None else key.get_secret_value(),
        seconds=settings.second_reader_seconds,
    )
    return (SecondReading(gate, server),)


def host_of(url: str) -> str:
    """Where the words go, without the path."""
    return urlsplit(url).netloc
