"""How domain values become what a column holds, and back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from bot.domain.cases import Excluded, Ladder
from bot.domain.conversation import Conversation
from bot.domain.messages import Attachment, Button, Enclosure, Heard
from bot.domain.officers import Officer, Roster
from bot.domain.understanding import Assessment, Point

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)


def micros(at: datetime) -> int:
    """Microseconds since 1970 of an aware moment; a naive one raises TypeError."""
    return (at - _EPOCH) // _MICROSECOND


def micros_or_none(at: datetime | None) -> int | None:
    return None if at is None else micros(at)


def moment(value: int) -> datetime:
    return _EPOCH + timedelta(microseconds=value)


def moment_or_none(value: int | None) -> datetime | None:
    return None if value is None else moment(value)


@dataclass(frozen=True, slots=True, repr=False)
class LetterBody:
    """What of a letter is sealed."""

    person: str
    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    ask: str = ""
    private: bool = True
    react: str = ""
    enclosure: Enclosure | None = None


@dataclass(frozen=True, slots=True, repr=False)
class AddressBody:
    channel: str
    account: str
    person: str


@dataclass(frozen=True, slots=True, repr=False)
class OfficerSecret:
    name: str
    phone: str


@dataclass(frozen=True, slots=True, repr=False)
class TokenBody:
    """The two secrets of an account."""

    access: str
    refresh: str


@dataclass(frozen=True, slots=True, repr=False)
class FileAbout:
    """What of an attachment is sealed under the file's own key."""

    attachment: Attachment
    sha256: str = ""


encode = msgspec.json.Encoder().encode

heard_from = msgspec.json.Decoder(Heard).decode
conversation_from = msgspec.json.Decoder(Conversation).decode
letter_from = msgspec.json.Decoder(LetterBody).decode
address_from = msgspec.json.Decoder(AddressBody).decode
assessment_from = msgspec.json.Decoder(Assessment).decode
answers_from = msgspec.json.Decoder(dict[str, str]).decode
taps_from = msgspec.json.Decoder(tuple[str, ...]).decode
point_from = msgspec.json.Decoder(Point).decode
excluded_from = msgspec.json.Decoder(Excluded).decode
ladder_from = msgspec.json.Decoder(Ladder).decode
roster_from = msgspec.json.Decoder(Roster).decode
officer_from = msgspec.json.Decoder(Officer).decode
officer_secret_from = msgspec.json.Decoder(OfficerSecret).decode
token_from = msgspec.json.Decoder(TokenBody).decode
file_about_from = msgspec.json.Decoder(FileAbout).decode


def plain(answers: Mapping[str, str]) -> dict[str, str]:
    return dict(answers)
