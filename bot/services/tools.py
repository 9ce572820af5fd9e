"""What every use case needs besides its unit of work, wired once in `bot.app`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from bot.domain.campaigns.occurrences import Dates
from bot.domain.messages import Address
from bot.domain.understanding import Assessment, Places, Point
from bot.ports import Signer, Traits, Words


@dataclass(frozen=True, slots=True)
class Prices:
    """What the office pays for a message, in đồng; None: not told, and never guessed."""

    template: int | None = None
    letter: int | None = None
    """Inside the reply window, past its free part."""


@dataclass(frozen=True, slots=True)
class Tools:
    words: Words
    signer: Signer
    assess: Callable[[Assessment | None, tuple[str, ...]], Assessment]
    find: Callable[[str], Places]
    answer: Callable[[str], Places]
    """As `find`, for the answer to "where?"."""
    near: Callable[[Point], Places]
    unit_name: Callable[[str], str]
    traits: Mapping[str, Traits] = field(default_factory=dict)
    """By channel name, of the channels that are configured."""
    public_url: str = ""
    """Where people reach the web pages, without a trailing slash."""
    oa_url: str = ""
    """Where people find the office's Official Account on Zalo; "": there is none."""
    home: str = ""
    """2-digit code of the office's province."""
    link_life: timedelta = timedelta(minutes=5)
    """Of a one-time link from a chat to the desk."""
    bundle_window: timedelta = timedelta(seconds=60)
    """Further alerts to one person within this time go out together; zero: each goes out at once."""
    session_idle: timedelta = timedelta(hours=12)
    """A device session on the desk ends when it was not used for so long."""
    officer_channels: tuple[str, ...] = ("telegram_officers",)
    """Channels on which an unknown person is taken for an officer who has not enrolled yet."""
    dates: Dates = field(default_factory=dict)
    """The calendar file: dates that campaigns name."""
    units: frozenset[str] = frozenset()
    """Codes of all communes and provinces; empty: what campaigns name is not checked."""
    prices: Prices = Prices()
    """Of the Official Account."""
    web_chat: Callable[[str], Address] | None = None
