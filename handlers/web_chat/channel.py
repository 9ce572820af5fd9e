"""The page fetches its own letters; what it uploads is sealed before anybody is told of it."""

import asyncio
from datetime import timedelta

from bot.domain.messages import Address, Attachment, Letter
from bot.ports import Deferred, FetchOutcome, NotFetched, Outcome, Scope, Traits, Why

NAME = "web_chat"
ACCOUNT = "main"
UPLOAD_LIMIT = 64 * 1024 * 1024
"""Bytes of one file: what a phone films in a minute or two."""
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

    async def send(self, letter: Letter) -> Outcome:  # noqa: ARG002
        """Letters wait until the page fetches them; nobody needs to send."""
        return Deferred(timedelta(hours=1), Scope.CHAT, Why.WINDOW)

    async def fetch(self, attachment: Attachment) -> FetchOutcome:  # noqa: ARG002
        """Uploads are sealed before they are heard: nothing is left to fetch."""
        return NotFetched(again=False)

    async def run(self) -> None:
        """Nothing to poll: people come to the page."""
        await asyncio.Event().wait()
