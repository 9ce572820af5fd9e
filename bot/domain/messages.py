"""What is said and heard, in no platform's words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from unicodedata import normalize

from bot.domain.understanding import Point


@dataclass(frozen=True, slots=True, repr=False)
class Address:
    """Where somebody can be written to: our account on a channel, and the person's id there."""

    channel: str
    """The handler's folder: telegram_public, telegram_officers, web_chat, zalo_oa …"""
    account: str
    """Which of our accounts on it."""
    person: str
    """The platform's id of the person: never in a log."""

    @property
    def platform(self) -> str:
        """Whose id of the person this is, the same for all our accounts there: channels are named after it first."""
        return self.channel.partition("_")[0]

    def __repr__(self) -> str:
        return f"Address({self.channel}/{self.account}/…)"


class Media(StrEnum):
    PHOTO = "photo"
    VIDEO = "video"
    VOICE = "voice"
    AUDIO = "audio"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, repr=False)
class Attachment:
    """A file that somebody sent; `ref` is what the channel needs to fetch it."""

    media: Media
    ref: str
    size: int | None = None
    """Bytes, where the platform tells."""
    mime: str = ""
    name: str = ""
    sealed: int | None = None
    """The file row that holds it already: an upload on our own page, or `fleeting` and being fetched."""
    fleeting: bool = False
    """What `ref` leads to is soon gone: it is fetched at once, before any case needs it."""


class HeardKind(StrEnum):
    """Every kind of thing that reaches us; each has an answer (tests go over all of them)."""

    TEXT = "text"
    MEDIA = "media"  # photo, video, voice, audio, document; caption in `text`
    LOCATION = "location"
    LIVE_LOCATION = "live_location"
    CONTACT = "contact"  # a business card or phone contact; name and number in `text`
    STICKER = "sticker"
    POLL = "poll"
    EDITED = "edited"  # an earlier message, corrected: new words in `text`
    TAP = "tap"  # a button
    START = "start"  # opened by link or /start; deep-link argument in `tap`
    GROUP = "group"  # we were put into a group
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    UNSUPPORTED = "unsupported"  # the platform withheld it or we do not know it
    NOTICE = "notice"  # the platform tells of this person, who said nothing; a `Notice` in `tap`


class Notice(StrEnum):
    """What a platform tells of somebody; heeded in their turn, answered by nobody."""

    WITHDRAWN = "withdrawn"  # they withdrew their consent to being known to us
    STAFF = "staff"  # one of us answered them by hand, in the platform's own tool


@dataclass(frozen=True, slots=True, repr=False)
class Heard:
    """One thing that one person sent us."""

    sender: Address
    message_id: str
    """Unique within channel and account: what makes a repeated webhook harmless."""
    kind: HeardKind
    at: datetime
    """When it was sent, aware; the platform's clock where it has one."""
    text: str = ""
    tap: str = ""
    attachments: tuple[Attachment, ...] = ()
    point: Point | None = None
    album: str = ""
    """Shared by the photos of one album."""
    lang: str = ""
    """The language of the person's app, where told."""

    def __repr__(self) -> str:
        return f"Heard({self.kind}, {self.sender!r})"


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of the catalogue, chosen by its key; rendered when it is recorded.

    Values are text, numbers, or further lines (rendered in the same language).
    """

    key: str
    values: Mapping[str, "str | int | Line"] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: what it says and what it means to us. 64 bytes at most for `tap` (Telegram's limit)."""

    label: Line
    tap: str
    once: bool = False
    """Works a single time where a tap is a typed text: a second use would do something again. What only shows or
    asks stays; an answer to a question of ours is used up with its question, which has a number of its own."""


class Ask(StrEnum):
    """What a letter asks the platform to offer besides words."""

    LOCATION = "location"
    PHOTO = "photo"
    CONTACT = "contact"  # the form in which somebody may leave name and telephone, where there is one


class Voice(StrEnum):
    """Whom we speak to (xưng hô): chooses the variant of a sentence where the catalogue has one."""

    UNKNOWN = "unknown"
    CHILD = "child"
    ADULT = "adult"


class Lane(StrEnum):
    """The courier's lanes, in order of right of way."""

    ALERT = "alert"
    CONVERSATION = "conversation"
    CAMPAIGN = "campaign"


@dataclass(frozen=True, slots=True)
class Button:
    """A choice in its final words."""

    text: str = field(repr=False)
    tap: str = field(default="", repr=False)
    url: str = field(default="", repr=False)
    """Opens this address instead of answering (a one-time link to the desk)."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A picture or video that goes with a letter, from the store of public files."""

    digest: str
    """SHA-256, hexadecimal."""
    mime: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What stands in one gap of an approved text, and how many characters fit."""

    text: str = field(repr=False)
    most: int

    @property
    def fitting(self) -> str:
        return normalize("NFC", self.text).strip()[: self.most].rstrip() or "-"


@dataclass(frozen=True, slots=True)
class Approved:
    """A text that the platform keeps and has approved: what may be sent although the reply window has closed."""

    id: str
    """The platform's."""
    gaps: Mapping[str, Gap] = field(default_factory=dict)
    promotional: bool = False
    """The platform takes it only at the hours for advertising."""


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """One message to one person in its final words, as the courier hands it to a channel."""

    id: int
    lane: Lane
    to: Address
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    ask: Ask | None = None
    alert: int | None = None
    """The alert that this letter carries, if it is one."""
    private: bool = True
    """Ask the platform to forbid forwarding where it can."""
    at: datetime | None = None
    """When it was recorded."""
    case: int | None = None
    """The case that it is about, if one."""
    react: str = ""
    """The person's message that gets a sign (a thumb up) instead of words; costs nothing."""
    run: int | None = None
    """The run of a campaign that it belongs to: it is kept with the run and not in the outbox."""
    enclosure: Enclosure | None = None
    approved: Approved | None = None
    """What goes instead where the reply window has closed."""
    outside: bool = False
    """The window had closed when the letter was taken up: nobody needs to ask for it again."""

    def __repr__(self) -> str:
        return f"Letter({self.id}, {self.lane}, {self.to!r})"
