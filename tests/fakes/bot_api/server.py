"""The Bot API on loopback: one server for any number of bots and for both libraries."""

import asyncio
import json
from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from tests.fakes.bot_api import rules
from tests.fakes.bot_api.account import Account, Sent, wall_clock
from tests.fakes.bot_api.delivery import Postman, get_updates
from tests.fakes.bot_api.faults import Cut, Fault, Limits, linger
from tests.fakes.bot_api.methods import METHODS
from tests.fakes.bot_api.people import Person
from tests.fakes.bot_api.rules import ApiError, Json

TOKEN = "700001:FAKE-public_token_for_tests"
MAX_UPLOAD = 50 * 1024 * 1024
Control = Callable[[web.BaseRequest], Any]


class BotApi:
    """Start it with `async with BotApi() as fake`; base_url goes into the libraries' settings."""

    def __init__(self, *, clock: Callable[[], datetime] = wall_clock, repeat_after: float = 0.05) -> None:
        self.accounts: dict[str, Account] = {}
        self.port = 0
        self.control: Control | None = None
        """Answers everything outside /bot… and /file/…; the program's page."""
        self._clock = clock
        self._repeat_after = repeat_after
        self._postmen: dict[str, Postman] = {}
        self._runner: web.ServerRunner | None = None

    # --- for tests ---

    def bot(self, token: str = TOKEN) -> Account:
        """The account behind a token; made when first asked for."""
        if (account := self.accounts.get(token)) is None:
            account = self.accounts[token] = Account(token, self._clock)
            postman = self._postmen[token] = Postman(account, self._repeat_after)
            account.on_update = postman.wake
        return account

    def person(self, number: int, name: str = "An", *, lang: str = "vi", token: str = TOKEN) -> Person:
        """Somebody whom the bot may write to (they have opened it before)."""
        person = Person(self.bot(token), number, name, lang)
        self.bot(token).chats.setdefault(number, person.chat())
        return person

    def sent_to(self, chat: int, *, token: str = TOKEN) -> list[Sent]:
        return self.bot(token).sent_to(chat)

    def fails(self, fault: Fault, *, token: str = TOKEN) -> Fault:
        return self.bot(token).faults.add(fault)

    def keeps_limits(self, limits: Limits | None, *, token: str = TOKEN) -> None:
        self.bot(token).limits = limits

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # --- the server ---

    async def start(self, port: int = 0, host: str = "127.0.0.1") -> "BotApi":
        self._runner = web.ServerRunner(web.Server(self._serve, request_factory=_request, access_log=None))
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port, backlog=1024)
        await site.start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def stop(self) -> None:
        for account in self.accounts.values():
            if account.poll is not None:
                account.poll.cancel()
        await asyncio.gather(*(postman.close() for postman in self._postmen.values()))
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> "BotApi":
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        path = request.path
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            return await self._call(request, token, method)
        if path.startswith("/file/bot"):
            token, _, name = path[9:].partition("/")
            return self._download(token, name)
        if self.control is not None:
            answer: web.StreamResponse = await self.control(request)
            return answer
        return web.Response(status=404)

    async def _call(self, request: web.BaseRequest, token: str, name: str) -> web.StreamResponse:
        try:
            account, method = self._account(token), rules.method_named(name)
            raw = await _parameters(request)
            account.calls[method] = account.calls.get(method, 0) + 1
            fault = account.faults.take(method, _chat(raw))
            await linger(fault)
            if fault is not None and (cut := _cut(request, fault, Cut.BEFORE)) is not None:
                return cut
            if fault is not None and fault.garbage:
                return web.Response(status=502, text="<html>Bad Gateway</html>", content_type="text/html")
            if fault is not None and (error := fault.error()) is not None:
                raise error
            result = await self._run(account, method, rules.read(method, raw))
        except ApiError as refused:
            return _refusal(refused)
        if fault is not None and (cut := _cut(request, fault, Cut.AFTER)) is not None:
            return cut
        return _json({"ok": True, "result": result})

    def _account(self, token: str) -> Account:
        number, _, secret = token.partition(":")
        if not (number.isdigit() and secret):
            raise ApiError(404, "Not Found")
        account = self.bot(token)
        if account.revoked:
            raise ApiError(401, "Unauthorized")
        return account

    @staticmethod
    async def _run(account: Account, method: str, params: Json) -> Any:
        if method == "getUpdates":
            return await get_updates(account, params)
        return METHODS[method](account, params)

    def _download(self, token: str, path: str) -> web.Response:
        account = self.accounts.get(token)
        fault = account.faults.take("file", None) if account else None
        if fault is not None and fault.code:
            return web.Response(status=fault.code)
        for stored in account.files.values() if account else ():
            if stored.path == path:
                return web.Response(body=stored.content, content_type="application/octet-stream")
        return _refusal(ApiError(404, "Not Found"))


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    """As the server does it itself, with room for uploads."""
    loop = asyncio.get_running_loop()
    return web.BaseRequest(message, payload, protocol, writer, task, loop, client_max_size=MAX_UPLOAD)


def _cut(request: web.BaseRequest, fault: Fault, when: Cut) -> web.Response | None:
    """Drops the connection without an answer."""
    if fault.cut is not when:
        return None
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _chat(raw: Json) -> int | None:
    try:
        return int(raw["chat_id"])
    except (KeyError, ValueError, TypeError):
        return None


async def _parameters(request: web.BaseRequest) -> Json:
    """Query, form, multipart or JSON: the Bot API takes all four."""
    kind = request.headers.get("Content-Type", "")
    raw: Json = dict(parse_qsl(request.query_string, keep_blank_values=True)) if request.query_string else {}
    if kind.startswith("multipart/"):
        return raw | await _multipart(request)
    body = await request.read()
    if not body:
        return raw
    if kind.startswith("application/json"):
        try:
            return {**raw, **json.loads(body)}
        except ValueError:
            raise rules.bad("can't parse JSON object") from None
    return raw | dict(parse_qsl(body.decode(), keep_blank_values=True))


async def _multipart(request: web.BaseRequest) -> Json:
    raw: Json = {}
    for name, value in (await request.post()).items():
        raw[name] = value.file.read() if isinstance(value, web.FileField) else value
    for name, value in tuple(raw.items()):
        if isinstance(value, str) and value.startswith("attach://"):
            if value[9:] not in raw:
                raise rules.bad("wrong file identifier: the attached part is missing")
            raw[name] = raw.pop(value[9:])
    return raw


def _refusal(refused: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.parameters:
        body["parameters"] = refused.parameters
    return _json(body, refused.code)


def _json(body: Json, status: int = 200) -> web.Response:
    return web.Response(body=json.dumps(body).encode(), status=status, content_type="application/json")
