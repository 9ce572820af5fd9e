"""The desk as a channel: letters to officers wait until their page shows them."""

import asyncio
from datetime import timedelta

from bot.domain.messages import Address, Attachment, Letter
from bot.ports import Deferred, FetchOutcome, NotFetched, Outcome, Scope, Traits, Why

NAME = "web_desk"
ACCOUNT = "main"
TRAITS = Traits(
    text_limit=60_000,
    buttons=20,
    location=False,
    media=False,
    download_limit=0,
    may_write_first=True,
    pull=True,
    per_second=1000.0,
    per_chat=timedelta(0),
)


def address(officer: int) -> Address:
    return Address(NAME, ACCOUNT, str(officer))


class WebDesk:
    """The officers' page as a channel."""

    name = NAME
    account = ACCOUNT
    traits = TRAITS

    async def send(self, letter: Letter) -> Outcome:  # noqa: ARG002
        """Letters wait until the page fetches them; nobody needs to send."""
        return Deferred(timedelta(hours=1), Scope.CHAT, Why.WINDOW)

    async def fetch(self, attachment: Attachment) -> FetchOutcome:  # noqa: ARG002
        """Uploads are sealed before their case is told of them: nothing is left to fetch."""
        return NotFetched(again=False)

    async def run(self) -> None:
        """Nothing to poll: officers come to the page."""
        await asyncio.Event().wait()
