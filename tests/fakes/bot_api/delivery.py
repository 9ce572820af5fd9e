"""How updates reach the bot: long polling with an offset, or a webhook with its secret and its repeats."""

import asyncio
import time
from contextlib import suppress
from dataclasses import dataclass, field

import aiohttp

from tests.fakes.bot_api.account import Account, Delivery, Webhook
from tests.fakes.bot_api.rules import ApiError, Json, bad

TWO_CONSUMERS = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
HAS_WEBHOOK = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
MOST_POLL_SECONDS = 50


async def get_updates(account: Account, params: Json) -> list[Json]:
    """Confirms everything below the offset, then waits up to `timeout` seconds for the next."""
    if account.webhook is not None:
        raise ApiError(409, HAS_WEBHOOK)
    if not 1 <= (limit := params.get("limit", 100)) <= 100:
        raise bad("limit must be 1-100")
    if account.poll is not None and not account.poll.done():
        account.poll.set_exception(ApiError(409, TWO_CONSUMERS))
    if "allowed_updates" in params:
        account.allowed = tuple(params["allowed_updates"] or ())
    confirm(account, params.get("offset", 0))
    until = time.monotonic() + min(params.get("timeout", 0), MOST_POLL_SECONDS)
    while not account.updates and (left := until - time.monotonic()) > 0:
        await _hang(account, left)
    return account.updates[:limit]


def confirm(account: Account, offset: int) -> None:
    if offset < 0:
        account.updates[:] = account.updates[offset:]
    else:
        account.updates[:] = [update for update in account.updates if update["update_id"] >= offset]


async def _hang(account: Account, seconds: float) -> None:
    mine: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    account.poll = mine
    try:
        async with asyncio.timeout(seconds):
            await mine
    except TimeoutError:
        pass
    finally:
        if account.poll is mine:
            account.poll = None


def chat_in(update: Json) -> int:
    """Updates of one chat go out in order; others in parallel."""
    body = next(value for key, value in update.items() if key != "update_id")
    chat = body.get("chat") or body.get("message", {}).get("chat") or body.get("from") or {}
    return int(chat.get("id", 0))


@dataclass(slots=True)
class Postman:
    """Delivers one account's updates to its webhook until a 2xx comes back."""

    account: Account
    repeat_after: float = 1.0
    """Seconds before a refused update is sent again."""
    _session: aiohttp.ClientSession | None = None
    _lanes: dict[int, list[Json]] = field(default_factory=dict)
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _slots: asyncio.Semaphore | None = None

    def wake(self) -> None:
        """Takes what waits; called whenever an update arrives or a webhook is set."""
        if self.account.webhook is None:
            return
        waiting, self.account.updates = self.account.updates, []
        for update in waiting:
            self._take(update)

    def _take(self, update: Json) -> None:
        chat = chat_in(update)
        if chat in self._lanes:
            self._lanes[chat].append(update)
            return
        self._lanes[chat] = [update]
        task = asyncio.get_running_loop().create_task(self._carry(chat))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, chat: int) -> None:
        lane = self._lanes[chat]
        while lane:
            if (hook := self.account.webhook) is None:
                self.account.updates.extend(lane)  # polling takes over what was not accepted
                break
            async with self._slot(hook):
                accepted = await self._post(hook, lane[0])
            if accepted:
                lane.pop(0)
            else:
                await asyncio.sleep(self.repeat_after)
        del self._lanes[chat]

    def _slot(self, hook: Webhook) -> asyncio.Semaphore:
        if self._slots is None:
            self._slots = asyncio.Semaphore(hook.most)
        return self._slots

    async def _post(self, hook: Webhook, update: Json) -> bool:
        started, status = time.time(), 0
        headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
        with suppress(aiohttp.ClientError, TimeoutError):
            async with self._client().post(hook.url, json=update, headers=headers) as answer:
                status = answer.status
        self.account.deliveries.append(Delivery(update["update_id"], status, started, time.time() - started))
        self.account.wake()
        if not (accepted := 200 <= status < 300):
            hook.last_error = f"Wrong response from the webhook: {status}"
        return accepted

    def _client(self) -> aiohttp.ClientSession:
        if self._session is None:
            limit = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=limit, timeout=aiohttp.ClientTimeout(total=60))
        return self._session

    async def close(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._session is not None:
            await self._session.close()
