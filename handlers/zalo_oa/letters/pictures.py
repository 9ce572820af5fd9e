"""Pictures of campaigns: uploaded once, then sent by Zalo's name for them for the week that it holds."""

import asyncio
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.domain.messages import Enclosure
from handlers.books import Books
from handlers.zalo_oa.api.client import Client, Failed
from handlers.zalo_oa.traits import MOST_PICTURE, NAME

LIFE: Final = timedelta(days=6)
"""Zalo forgets an upload after seven days (error -100)."""
SUFFIXES: Final = {"image/jpeg": "jpg", "image/png": "png"}
"""What Zalo takes as a picture; gifs would need their size, films are not taken at all."""


class Pictures:
    """What Zalo holds already, by digest; kept in the database: 5,000 uploads a month are all there are."""

    def __init__(self, client: Client, books: Books, account: str) -> None:
        self._client = client
        self._books = books
        self._account = account
        self._held: dict[str, tuple[datetime, str]] = {}
        self._first: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def ref(self, picture: Enclosure) -> str:
        """Zalo's name for it; "" where it cannot be shown: then the words go alone."""
        async with self._first[picture.digest]:  # many letters at once wait for one upload
            held = self._held.get(picture.digest) or await self._stored(picture)
            if held is None or held[0] <= self._books.now():
                held = await self._uploaded(picture)
            if held is None:
                return ""
            self._held[picture.digest] = held
            return held[1]

    def forget(self, picture: Enclosure) -> None:
        """Zalo does not know the name any more: the next letter uploads it again."""
        self._held[picture.digest] = (datetime.fromtimestamp(0, UTC), "")

    async def _stored(self, picture: Enclosure) -> tuple[datetime, str] | None:
        ref = await self._books.look(lambda uow: uow.pictures.ref(NAME, self._account, picture.digest))
        until, _, id_ = ref.partition(" ")
        return (datetime.fromtimestamp(int(until), UTC), id_) if until.isdecimal() and id_ else None

    async def _uploaded(self, picture: Enclosure) -> tuple[datetime, str] | None:
        suffix = SUFFIXES.get(picture.mime)
        if suffix is None:
            return None
        content = await self._books.look(lambda uow: uow.pictures.content(picture.digest))
        if content is None or len(content) > MOST_PICTURE:
            return None
        answer = await self._client.upload("image", content, f"picture.{suffix}", picture.mime)
        id_ = "" if isinstance(answer, Failed) else answer.data.get("attachment_id")
        if not isinstance(id_, str) or not id_:
            return None
        until = self._books.now() + LIFE
        ref = f"{int(until.timestamp())} {id_}"
        await self._books.ask(lambda uow: uow.pictures.keep(NAME, self._account, picture.digest, ref))
        return until, id_
