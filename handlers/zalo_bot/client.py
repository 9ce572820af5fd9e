"""Calls to Zalo's Bot Platform, which follow the shape of Telegram's: …/bot<TOKEN>/<method>, ok, result, error_code."""

import json
from collections.abc import Mapping
from typing import Any

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, TCPConnector

from handlers.hearing import Unheard
from handlers.zalo_wire.answers import whole

Json = dict[str, Any]
CONNECTIONS = 32
CALL_SECONDS = 20.0
POLL_SECONDS = 25
"""How long Zalo may hold a getUpdates open."""
LARGEST_ANSWER = 1024 * 1024
NO_ANSWER = 0
"""As `code`: nothing came back, or nothing that could be read."""
NOTHING_NEW = 408
"""What an empty poll is answered with."""


class Refusal(Unheard):
    """A call brought nothing; `description` is Zalo's words, which name no person."""

    def __init__(self, code: int, description: str = "", wait: float = 0.0) -> None:
        super().__init__(code)
        self.code = code
        self.description = description
        self.wait = wait
        """Seconds, where Zalo names them."""


class Client:
    """One bot's calls; the session is opened with the first. Every call raises Refusal when it fails."""

    def __init__(self, token: str, api_base: str, seconds: float = CALL_SECONDS) -> None:
        self._base = f"{api_base.rstrip('/')}/bot{token}/"
        self._seconds = seconds
        self._session: ClientSession | None = None

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    # --- the account ---

    async def me(self) -> Json:
        return _object(await self._call("getMe"))

    async def set_webhook(self, url: str, secret: str) -> None:
        """`secret`: 8 to 256 characters."""
        await self._call("setWebhook", {"url": url, "secret_token": secret})

    async def drop_webhook(self) -> None:
        await self._call("deleteWebhook")

    async def webhook_url(self) -> str:
        """Empty: none is set."""
        return str(_object(await self._call("getWebhookInfo")).get("url") or "")

    async def update(self) -> Json | None:
        """The next update, which is Zalo's no longer: whoever called must keep it. None: there is none."""
        try:
            found = await self._call(
                "getUpdates", {"timeout": str(POLL_SECONDS)}, POLL_SECONDS + self._seconds
            )
        except Refusal as refused:
            if refused.code == NOTHING_NEW:
                return None
            raise
        if isinstance(found, list):  # documented as one object; a list of one would not surprise
            found = found[0] if found else None
        return found if isinstance(found, dict) and found else None

    # --- what is said ---

    async def send_message(self, chat: str, text: str) -> str:
        """The platform's id of the message."""
        return _message_id(await self._call("sendMessage", {"chat_id": chat, "text": text}))

    async def send_photo(self, chat: str, url: str, caption: str = "") -> str:
        """Zalo downloads it from `url`."""
        return _message_id(await self._call("sendPhoto", {"chat_id": chat, "photo": url, "caption": caption}))

    async def typing(self, chat: str) -> None:
        await self._call("sendChatAction", {"chat_id": chat, "action": "typing"})

    # --- the wire ---

    async def _call(self, method: str, said: Mapping[str, str] | None = None, seconds: float = 0) -> object:
        timeout = ClientTimeout(total=seconds or self._seconds, connect=10)
        try:
            async with self._open().post(
                self._base + method, json=said or {}, timeout=timeout, allow_redirects=False
            ) as answer:
                return await _result(answer)
        except (ClientError, TimeoutError, OSError):
            raise Refusal(NO_ANSWER) from None  # its words would hold the address, and that the token

    def _open(self) -> ClientSession:
        if self._session is None or self._session.closed:
            self._session = ClientSession(connector=TCPConnector(limit=CONNECTIONS, ttl_dns_cache=300))
        return self._session


async def _result(answer: ClientResponse) -> object:
    try:
        said = json.loads(await whole(answer, LARGEST_ANSWER))
    except ValueError:
        said = None
    if not isinstance(said, dict) or not isinstance(said.get("ok"), bool):
        raise Refusal(answer.status if answer.status >= 400 else NO_ANSWER, wait=_wait(answer, {}))
    if said["ok"]:
        return said.get("result")
    code = said.get("error_code")
    raise Refusal(
        code if isinstance(code, int) else answer.status,
        str(said.get("description", "")),
        _wait(answer, said),
    )


def _wait(answer: ClientResponse, said: Json) -> float:
    """Where it is told at all: as Telegram tells it, or as HTTP does."""
    told = _object(said.get("parameters")).get("retry_after", answer.headers.get("Retry-After", ""))
    return float(told) if str(told).isdecimal() else 0.0


def _message_id(result: object) -> str:
    return str(_object(result).get("message_id", ""))


def _object(found: object) -> Json:
    return found if isinstance(found, dict) else {}
