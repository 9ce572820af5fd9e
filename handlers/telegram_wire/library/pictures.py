"""Pictures of campaigns: each is uploaded once, from then on Telegram is told its own name for it."""

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from telegram import InputFile

from bot.domain.messages import Enclosure
from bot.ports import UnitOfWork

T = TypeVar("T")


class Shelf(Protocol):
    """The gate, as far as pictures need it."""

    async def look(self, work: Callable[[UnitOfWork], T]) -> T: ...
    async def ask(self, work: Callable[[UnitOfWork], T]) -> T: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """How the Bot API takes a picture: method (in lower case for the raw answer) and parameter."""

    method: str
    parameter: str


PHOTO, VIDEO = Kind("sendphoto", "photo"), Kind("sendvideo", "video")


def kind_of(picture: Enclosure) -> Kind:
    return VIDEO if picture.mime.startswith("video/") else PHOTO


class Pictures:
    """What the platform holds already, by digest; kept in the database so that a restart uploads nothing again."""

    def __init__(self, channel: str, account: str, shelf: Shelf) -> None:
        self._channel = channel
        self._account = account
        self._shelf = shelf
        self._refs: dict[str, str] = {}
        self._first: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def ref(self, picture: Enclosure) -> str:
        """Telegram's name for it, or "" where it has to be uploaded."""
        if picture.digest not in self._refs:
            found = await self._shelf.look(
                lambda uow: uow.pictures.ref(self._channel, self._account, picture.digest)
            )
            if found:
                self._refs[picture.digest] = found
        return self._refs.get(picture.digest, "")

    def uploading(self, picture: Enclosure) -> asyncio.Lock:
        """Held by whoever uploads it: all others wait for the name."""
        return self._first[picture.digest]

    async def content(self, picture: Enclosure) -> InputFile | None:
        """None where the store of pictures has lost it."""
        content = await self._shelf.look(lambda uow: uow.pictures.content(picture.digest))
        if content is None:
            return None
        return InputFile(content, filename=f"{picture.digest[:12]}.{picture.mime.rpartition('/')[2]}")

    async def keep(self, picture: Enclosure, answer: Any) -> None:  # noqa: ANN401 - the platform's own JSON
        """Remembers the name that the platform's answer gives it."""
        held = answer.get(kind_of(picture).parameter)
        largest = held[-1] if isinstance(held, list) else held
        if not isinstance(largest, dict) or "file_id" not in largest:
            return
        ref = str(largest["file_id"])
        self._refs[picture.digest] = ref
        await self._shelf.ask(
            lambda uow: uow.pictures.keep(self._channel, self._account, picture.digest, ref)
        )

    def forget(self, picture: Enclosure) -> None:
        """The platform does not know the name any more."""
        self._refs.pop(picture.digest, None)
