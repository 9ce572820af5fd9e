"""Asks one configured server, and nothing else: no redirects, no cookies, a limit in time and in size."""

import asyncio
import json
from http import HTTPStatus

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector

from bot.domain.opinion import Opinion
from bot.ports import NoOpinion, Unheard
from handlers.second_reader.answer import opinion_of
from handlers.second_reader.prompt import question

AT_ONCE = 2
"""Requests under way: a model server of an office has one graphics card."""
LARGEST = 64 * 1024
"""Bytes of an answer; a full one has about a thousand."""
CHUNK = 8 * 1024
PATH = "/chat/completions"
HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "Content-Type": "application/json"}
_LATER = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


class ModelServer:
    """The SecondReader of `bot.ports` on an OpenAI-compatible server."""

    def __init__(self, base: str, model: str, *, key: str = "", seconds: float) -> None:
        """`base` as "https://models.office.vn/v1"; `seconds` for a whole answer."""
        self._url = base.rstrip("/") + PATH
        self._model = model
        self._headers = HEADERS | ({"Authorization": f"Bearer {key}"} if key else {})
        self._seconds = seconds
        self._session: ClientSession | None = None

    def __repr__(self) -> str:
        return f"ModelServer({self._model})"

    @property
    def model(self) -> str:
        return self._model

    async def read(self, text: str) -> Opinion | NoOpinion:
        body = json.dumps(question(self._model, text), ensure_ascii=False).encode("utf-8", "replace")
        try:
            async with asyncio.timeout(self._seconds):
                return await self._asked(body, text)
        # without their words: those may hold the address, or what was sent
        except (TimeoutError, ClientError, OSError, ValueError):
            return NoOpinion(Unheard.AWAY)

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _asked(self, body: bytes, text: str) -> Opinion | NoOpinion:
        async with self._open().post(
            self._url, data=body, headers=self._headers, allow_redirects=False
        ) as answer:
            if answer.status != HTTPStatus.OK:
                return NoOpinion(_refusal(answer.status))
            said = await _read(answer)
        found = None if said is None else opinion_of(said, text)
        return NoOpinion(Unheard.NONSENSE) if found is None else found

    def _open(self) -> ClientSession:
        if self._session is None:
            self._session = ClientSession(
                connector=TCPConnector(limit=AT_ONCE),
                cookie_jar=DummyCookieJar(),
                timeout=ClientTimeout(total=self._seconds),
                auto_decompress=False,
                trust_env=False,
            )
        return self._session


def _refusal(status: int) -> Unheard:
    later = status >= HTTPStatus.INTERNAL_SERVER_ERROR or status in _LATER
    return Unheard.AWAY if later else Unheard.REFUSED


async def _read(answer: ClientResponse) -> bytes | None:
    """None: too large, or packed, which nobody asked for and which could hold a thousand times its size."""
    if answer.headers.get("Content-Encoding", "identity") != "identity":
        return None
    said = b""
    async for part in answer.content.iter_chunked(CHUNK):
        said += part
        if len(said) > LARGEST:
            answer.close()
            return None
    return said
