"""What comes back from campaigns, counted without following persons, and the pictures that they show."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.campaigns.subscribers import Subscriber


class Replies(Protocol):
    """What came back, counted without following persons."""

    def clicked(self, run: int, link: str, day: date) -> None: ...

    def answered(self, run: int, quiz: str, answer: int, subscriber: int) -> bool:
        """False if this person had answered before."""

    def comes(self, event: str, subscriber: int, yes: bool, seats: int | None, now: datetime) -> bool:
        """False if no seat is left."""

    def clicks(self, run: int) -> Mapping[str, int]:
        """By code of the link."""

    def answers(self, run: int) -> Mapping[str, Mapping[int, int]]:
        """By quiz and index of the answer: how many people."""

    def coming(self, event: str) -> Sequence[Subscriber]:
        """Who said yes, in the order of their numbers; those who stopped meanwhile are left out."""

    def named(self, event: str, subscriber: int, name: str) -> bool:
        """For the list at the door; "" takes it back. False if they do not come."""

    def guests(self, event: str) -> Sequence[str]:
        """The names of those who come, in the order in which they first answered; "" for those who gave none."""

    def declined(self, event: str) -> int:
        """How many said no, or no longer."""

    def reports(self, since: datetime, until: datetime) -> Sequence[tuple[str | None, str, int]]:
        """(commune, kind, cases opened in that time): whether a campaign was followed by more or fewer."""


class Pictures(Protocol):
    """The store of public files: photos and videos that campaigns show to everybody."""

    def put(self, content: bytes) -> str:
        """Durable when this returns; its SHA-256, hexadecimal. Raises ValueError for more than 20 MB."""

    def content(self, digest: str) -> bytes | None: ...

    def ref(self, channel: str, account: str, digest: str) -> str:
        """What the platform calls this picture, if it holds it already, else ""."""

    def keep(self, channel: str, account: str, digest: str, ref: str) -> None: ...
