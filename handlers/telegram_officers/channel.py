"""The officers' bot as a channel: cards and letters out through python-telegram-bot, commands and taps in."""

from bot.ports import Traits, Words
from handlers.hearing import Hearing
from handlers.inlet import Inlet
from handlers.telegram_wire.letters.plan import Labels
from handlers.telegram_wire.letters.sending import Sending
from handlers.telegram_wire.library.bot import LibraryBot
from handlers.telegram_wire.library.pictures import Pictures, Shelf
from handlers.telegram_wire.library.showing import Showing
from handlers.telegram_wire.profile import OFFICERS
from handlers.telegram_wire.traits import TELEGRAM

NAME = "telegram_officers"
PATH = "/telegram/officers"


class TelegramOfficers(LibraryBot):
    """The officers' bot."""

    NAME = NAME
    PATH = PATH
    SETTING = "TINBAO_TELEGRAM_OFFICERS_TOKEN"
    ABOUT = OFFICERS

    def __init__(
        self,
        token: str,
        gate: Inlet,
        words: Words,
        *,
        api_base: str = "https://api.telegram.org",
        hearing: Hearing | None = None,
        traits: Traits = TELEGRAM,
        shelf: Shelf | None = None,
    ) -> None:
        """`shelf`: where pictures of campaigns stand, which officers try out on themselves."""
        super().__init__(token, gate, words, api_base=api_base, hearing=hearing, traits=traits)
        if shelf is not None:
            self._sending = Sending(Labels.of(words), pictures=True)
            self._showing = Showing(self.bot, Pictures(NAME, self.account, shelf), self._outcome)
