"""Calls to Zalo's OpenAPI: our key in the header, errors that come with HTTP 200, our share of calls a minute."""

import hashlib
import hmac
import json
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, FormData, TCPConnector

from handlers.zalo_oa.api.errors import Fault, code_of, fault_of, safe
from handlers.zalo_oa.api.rate import Rate
from handlers.zalo_oa.api.renewal import NoToken, TooYoung
from handlers.zalo_oa.api.tokens import Keys
from handlers.zalo_wire.answers import whole

CONNECTIONS = 64
MARGIN = 0.1
"""Seconds: who is told to wait should not come back a moment too early."""
CALL_SECONDS = 20
LARGEST_ANSWER = 1024 * 1024
Json = dict[str, Any]

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, repr=False)
class Answered:
    data: Json


@dataclass(frozen=True, slots=True)
class Failed:
    """`code` 0: it was not Zalo who said so (the wire, our own limit, no token)."""

    fault: Fault
    code: int = 0
    wait: timedelta = timedelta()


Answer = Answered | Failed


@dataclass(frozen=True, slots=True)
class Bases:
    """Where Zalo's servers are; every one of them a setting."""

    api: str = "https://openapi.zalo.me"
    zbs: str = "https://business.openapi.zalo.me"
    oauth: str = "https://oauth.zaloapp.com"


class Client:
    """One account's calls; the session is opened with the first."""

    def __init__(
        self,
        keys: Keys,
        bases: Bases,
        *,
        proof_secret: str = "",
        clock: Callable[[], float] = time.monotonic,
        seconds: float = CALL_SECONDS,
    ) -> None:
        """`proof_secret`: the app's secret, where Zalo asks for appsecret_proof; "": it does not."""
        self.keys = keys
        self.bases = bases
        self.rate = Rate(clock)
        self._proof_secret = proof_secret
        self._seconds = seconds
        self._session: ClientSession | None = None

    def session(self) -> ClientSession:
        if self._session is None or self._session.closed:
            self._session = ClientSession(connector=TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300))
        return self._session

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    # --- calls ---

    async def post(self, path: str, body: Json, *, base: str = "") -> Answer:
        url = (base or self.bases.api) + path

        async def call(headers: Mapping[str, str]) -> Answer:
            return await self._call("POST", url, headers, json=body)

        return await self._with_key(call)

    async def get(self, path: str, data: Json | None = None) -> Answer:
        """Zalo's GETs take one parameter `data` of JSON."""
        params = {} if data is None else {"data": json.dumps(data, ensure_ascii=False)}

        async def call(headers: Mapping[str, str]) -> Answer:
            return await self._call("GET", self.bases.api + path, headers, params=params)

        return await self._with_key(call)

    async def upload(self, kind: str, content: bytes, name: str, mime: str) -> Answer:
        """`kind`: image (≤ 1 MB), gif or file (≤ 5 MB); what it gives is good for seven days."""

        async def call(headers: Mapping[str, str]) -> Answer:
            form = FormData()  # made anew for each try: it is read once
            form.add_field("file", content, filename=name, content_type=mime)
            return await self._call("POST", f"{self.bases.api}/v2.0/oa/upload/{kind}", headers, data=form)

        return await self._with_key(call)

    async def _with_key(self, call: Callable[[Mapping[str, str]], Awaitable[Answer]]) -> Answer:
        """With the present key, and once more with a new one where Zalo does not take it."""
        try:
            key = await self.keys.current(self.session())
            answer = await call(self._headers(key))
            if isinstance(answer, Failed) and answer.fault is Fault.RENEW:
                return await self._once_more(call, key, answer)
        except NoToken:
            return Failed(Fault.RENEW)
        return answer

    async def _once_more(
        self, call: Callable[[Mapping[str, str]], Awaitable[Answer]], refused: str, answer: Failed
    ) -> Answer:
        try:
            key = await self.keys.instead_of(self.session(), refused)
        except TooYoung:
            return answer
        return await call(self._headers(key))

    def _headers(self, key: str) -> Mapping[str, str]:
        if not self._proof_secret:
            return {"access_token": key}
        proof = hmac.new(self._proof_secret.encode(), key.encode(), hashlib.sha256).hexdigest()
        return {"access_token": key, "appsecret_proof": proof}

    async def _call(self, method: str, url: str, headers: Mapping[str, str], **what: Any) -> Answer:  # noqa: ANN401 - aiohttp's own
        if (wait := self.rate.take()) > 0:
            return Failed(Fault.SLOW_DOWN, wait=timedelta(seconds=wait + MARGIN))
        timeout = ClientTimeout(total=self._seconds, connect=10)
        try:
            async with self.session().request(
                method, url, headers=headers, timeout=timeout, allow_redirects=False, **what
            ) as answer:
                return await self._read(urlsplit(url).path, answer)
        except (ClientError, TimeoutError, OSError):
            return Failed(Fault.TRY_AGAIN)

    async def _read(self, path: str, answer: ClientResponse) -> Answer:
        self.rate.told(answer.headers)
        try:
            said = json.loads(await whole(answer, LARGEST_ANSWER))
        except ValueError:
            said = None
        code = code_of(said)
        if code is None or not isinstance(said, dict):
            return _by_status(answer)
        message = str(said.get("message", ""))
        if code == 0:
            data = said.get("data")
            return Answered(data if isinstance(data, dict) else {})
        fault = fault_of(code, message)
        log.warning("zalo: %s answered %d (%s): %s", path, code, fault, safe(message))
        return Failed(fault, code)


def _by_status(answer: ClientResponse) -> Failed:
    """No envelope: a proxy's page, an outage."""
    if answer.status == 429:
        after = answer.headers.get("Retry-After", "")
        return Failed(Fault.SLOW_DOWN, wait=timedelta(seconds=int(after) if after.isdecimal() else 5))
    if answer.status in (401, 403):
        return Failed(Fault.RENEW)
    return Failed(Fault.TRY_AGAIN)
