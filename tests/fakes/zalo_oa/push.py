"""Zalo's webhooks: signed in either reading, repeated with `num_retry`, switched off when nobody answers."""

import asyncio
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import aiohttp

from tests.fakes.zalo_oa.bodies import APP, OA, Body

SECRET = "a-secret-of-the-webhook-page"
STEPS = (30.0, 300.0, 900.0, 1800.0, 3600.0)
"""Seconds before each repeat."""
DEADLINE = 2.0
"""Seconds in which a 200 must come."""


def encoded(body: Body) -> bytes:
    return json.dumps(body, ensure_ascii=False).encode()


def signed(raw: bytes, timestamp: str, *, first: str = APP, secret: str = SECRET) -> str:
    """The header's value; `first` is the application's id or the account's."""
    whole = first.encode() + raw + timestamp.encode() + secret.encode()
    return "mac=" + hashlib.sha256(whole).hexdigest()


@dataclass
class Push:
    """Posts to one webhook as Zalo does; an hour of its waits takes `hour` seconds."""

    url: str
    secret: str = SECRET
    first: str = APP
    hour: float = 1.0
    deadline: float = DEADLINE
    switched_off: bool = False
    statuses: list[tuple[str, int, int]] = field(default_factory=list)
    """(event's message id, which repeat, status or 0 for none)."""
    took: list[float] = field(default_factory=list)
    """Seconds that each answer took."""
    _client: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> "Push":
        self._client = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client is not None:
            await self._client.close()

    def as_account(self) -> "Push":
        """From now on the other reading: the account's id stands first."""
        self.first = OA
        return self

    async def post(
        self, body: Body | bytes, *, retry: int = 0, signature: str | None = None, signs: bool = True
    ) -> int:
        """One attempt; the status, 0 where none came in time."""
        raw = body if isinstance(body, bytes) else encoded(body)
        stamp = "" if isinstance(body, bytes) else str(body.get("timestamp", ""))
        headers = {"Content-Type": "application/json"}
        if signature is not None:
            headers["X-ZEvent-Signature"] = signature
        elif signs:
            headers["X-ZEvent-Signature"] = signed(raw, stamp, first=self.first, secret=self.secret)
        if retry:
            headers["num_retry"] = str(retry)
        return await self._posted(raw, headers)

    async def _posted(self, raw: bytes, headers: dict[str, str]) -> int:
        assert self._client is not None
        before = asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(self.deadline):
                async with self._client.post(self.url, data=raw, headers=headers) as answer:
                    return answer.status
        except (TimeoutError, aiohttp.ClientError):
            return 0
        finally:
            self.took.append(asyncio.get_running_loop().time() - before)

    async def deliver(self, body: Body) -> bool:
        """Again and again until a 200 comes; after the last step the webhook is off. Whether it was taken."""
        for retry, wait in enumerate((0.0, *STEPS)):
            await asyncio.sleep(wait * self.hour / 3600)
            if self.switched_off:
                return False
            status = await self.post(body, retry=retry)
            self.statuses.append((_id(body), retry, status))
            if status == 200:
                return True
        self.switched_off = True
        return False

    async def deliver_all(self, bodies: Sequence[Body]) -> list[bool]:
        """Side by side: nothing keeps their order."""
        return list(await asyncio.gather(*(self.deliver(body) for body in bodies)))


def _id(body: Body) -> str:
    message = body.get("message")
    return str(message.get("msg_id", "")) if isinstance(message, dict) else ""
