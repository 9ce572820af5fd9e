"""Both Telegram bots on the fake Bot API: what their tests have in common."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.domain.messages import Address, Button, Heard, Lane, Letter
from bot.ports import Traits
from handlers.hearing import Hearing
from handlers.inlet import NotTaken
from handlers.telegram_officers.channel import TelegramOfficers
from handlers.telegram_public.channel import TelegramPublic
from handlers.telegram_wire.traits import TELEGRAM
from locales.catalogue import load
from tests.fakes.bot_api import TOKEN, BotApi

NOW = datetime(2026, 11, 21, 16, 0, tzinfo=UTC)
WORDS = load()
Bot = TelegramPublic | TelegramOfficers
Library = type[TelegramPublic] | type[TelegramOfficers]
LIBRARIES: tuple[Library, ...] = (TelegramPublic, TelegramOfficers)
UNLIMITED = Traits(
    text_limit=TELEGRAM.text_limit,
    buttons=TELEGRAM.buttons,
    location=True,
    media=True,
    download_limit=TELEGRAM.download_limit,
    may_write_first=False,
    per_second=1_000_000,
    per_chat=timedelta(),
)


@dataclass
class Ledge:
    """Stands where the gate stands: keeps what was heard, and can refuse."""

    heard: list[Heard] = field(default_factory=list)
    refuses: int = 0
    when_heard: Callable[[Heard], None] = lambda _: None

    async def hear(self, heard: Heard) -> None:
        if self.refuses > 0:
            self.refuses -= 1
            raise NotTaken
        self.heard.append(heard)
        self.when_heard(heard)

    def now(self) -> datetime:
        return NOW


@asynccontextmanager
async def a_bot(
    library: Library, fake: BotApi, inlet: Ledge | None = None, hearing: Hearing | None = None
) -> AsyncIterator[Bot]:
    """Not running: only its calls; its connections are closed at the end."""
    bot = library(TOKEN, inlet or Ledge(), WORDS, api_base=fake.base_url, hearing=hearing, traits=UNLIMITED)
    try:
        yield bot
    finally:
        await bot.close()


def a_letter(
    text: str = "Chào em",
    *rows: tuple[Button, ...],
    to: str = "101",
    number: int = 1,
    lane: Lane = Lane.CONVERSATION,
    **more: object,
) -> Letter:
    return Letter(
        id=number,
        lane=lane,
        to=Address("telegram", "700001", to),
        text=text,
        buttons=rows,
        **more,  # type: ignore[arg-type]
    )
