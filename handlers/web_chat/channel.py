"""The page fetches its own letters; what it uploads is sealed before anybody is told of it."""

import asyncio
from datetime import timedelta

from bot.domain.messages import Address, Attachment, Letter
from bot.ports import Deferred, Fetched, FetchOutcome, NotFetched, Outcome, Scope, Traits, Why
from handlers.web_wire.door import Door

NAME = "web_chat"
ACCOUNT = "main"
UPLOAD_LIMIT = 64 * 1024 * 1024
"""Bytes of one file: what a phone films in a minute or two."""
KEPT = "kept:"
"""An upload's `ref` is this and the number of its file row: its bytes are already sealed."""
TRAITS = Traits(
    text_limit=60_000,
    buttons=20,
    location=True,
    media=True,
    download_limit=UPLOAD_LIMIT,
    may_write_first=True,
    pull=True,
    per_second=1000.0,
    per_chat=timedelta(0),
)


def address(person: str) -> Address:
    return Address(NAME, ACCOUNT, person)


class WebChat:
    """The citizens' page as a channel."""

    name = NAME
    account = ACCOUNT
    traits = TRAITS

    def __init__(self, door: Door) -> None:
        self._door = door

    async def send(self, letter: Letter) -> Outcome:  # noqa: ARG002
        """Letters wait until the page fetches them; nobody needs to send."""
        return Deferred(timedelta(hours=1), Scope.CHAT, Why.WINDOW)

    async def fetch(self, attachment: Attachment) -> FetchOutcome:
        """The sealed bytes of an upload."""
        number = attachment.ref.removeprefix(KEPT)
        if not number.isdecimal():
            return NotFetched(again=False)
        content = await self._door.look(lambda uow: uow.files.content(int(number)))
        return NotFetched(again=False) if content is None else Fetched(content, attachment.mime)

    async def run(self) -> None:
        """Nothing to poll: people come to the page."""
        await asyncio.Event().wait()
