"""Zalo's Bot Platform on loopback: one update at a time and never twice, short answers, no buttons, no places."""

import asyncio
import itertools
import json
import unicodedata
from collections import deque
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp import web

TOKEN = "459201:fake-zalo-bot-key"
LIMIT = 2000
SECRET_HEADER = "X-Bot-Api-Secret-Token"
Json = dict[str, Any]


@dataclass(slots=True)
class Fault:
    """One thing that goes wrong `times` times for a method ("" = any)."""

    method: str = ""
    times: int = 1
    after: int = 0
    """So many calls go well before it."""
    code: int = 0
    description: str = ""
    retry_after: int = 0
    delay: float = 0.0
    garbage: bool = False
    """A proxy's HTML page, with `code` as its status."""
    cut_before: bool = False
    cut_after: bool = False
    """The connection is lost, before or after it was carried out."""


@dataclass(frozen=True, slots=True)
class Sent:
    chat: str
    text: str = ""
    photo: str = ""


class ApiError(Exception):
    def __init__(self, code: int, description: str, retry_after: int = 0) -> None:
        super().__init__(description)
        self.code, self.description, self.retry_after = code, description, retry_after


@dataclass(slots=True)
class Someone:
    """A person (or a group, where `group` is its id) who writes to the bot."""

    fake: "ZaloBotApi"
    id: str
    name: str = "An"
    group: str = ""

    async def says(self, text: str) -> int:
        return await self._sends("message.text.received", text=text)

    async def shows(self, url: str, caption: str = "", *, named: str = "photo_url") -> int:
        return await self._sends(
            "message.image.received", caption=caption, message_type="CHAT_PHOTO", **{named: url}
        )

    async def speaks(self, url: str) -> int:
        return await self._sends("message.voice.received", voice_url=url)

    async def sticks(self) -> int:
        return await self._sends(
            "message.sticker.received", sticker="4c1f", url="https://zalo.example/s.webp"
        )

    async def is_withheld(self) -> int:
        """What Zalo makes of everything that some accounts write."""
        return await self._sends("message.unsupported.received")

    async def does(self, event: str, **what: object) -> int:
        return await self._sends(event, **what)

    async def _sends(self, event: str, **what: object) -> int:
        return await self.fake.arrives(self.update(event, **what))

    def update(self, event: str, **what: object) -> Json:
        chat = {"chat_type": "GROUP" if self.group else "PRIVATE", "id": self.group or self.id}
        sender = {"id": self.id, "is_bot": False, "display_name": self.name}
        number = next(self.fake.numbers)
        message = {"date": 1789033572455 + number, "chat": chat, "message_id": f"m{number:x}", "from": sender}
        return {"event_name": event, "message": {**message, **{k: v for k, v in what.items() if v != ""}}}

    @property
    def told(self) -> list[str]:
        return [sent.text for sent in self.fake.sent if sent.chat == (self.group or self.id)]


@dataclass
class ZaloBotApi:
    """Start it with `async with ZaloBotApi() as fake`; base_url goes into the client's settings."""

    wrapped: bool = False
    """The webhook's bodies as documented ({"ok": true, "result": …}); else bare, as they were seen live."""
    revoked: bool = False
    webhook: str = ""
    secret: str = ""
    sent: list[Sent] = field(default_factory=list)
    shown_typing: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    updates: deque[Json] = field(default_factory=deque)
    faults: list[Fault] = field(default_factory=list)
    media: dict[str, bytes] = field(default_factory=dict)
    people: dict[str, Someone] = field(default_factory=dict)
    port: int = 0

    def __post_init__(self) -> None:
        self.numbers = itertools.count(1)
        self.new = asyncio.Event()
        self.changed = asyncio.Event()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def person(self, id_: str, group: str = "") -> Someone:
        """Somebody who has written to the bot before: it may answer."""
        return self.people.setdefault(group or id_, Someone(self, id_, group=group))

    def fails(self, fault: Fault) -> Fault:
        self.faults.append(fault)
        return fault

    def file(self, name: str, content: bytes) -> str:
        """Its address."""
        self.media[name] = content
        return f"{self.base_url}/media/{name}"

    async def arrives(self, update: Json) -> int:
        """By webhook: the status of its answer; for polling: 0. It is never delivered a second time."""
        if not self.webhook:
            self.updates.append(update)
            self.new.set()
            return 0
        body = {"ok": True, "result": update} if self.wrapped else update
        async with (
            aiohttp.ClientSession() as session,
            session.post(self.webhook, json=body, headers={SECRET_HEADER: self.secret}) as answer,
        ):
            return answer.status

    # --- the server ---

    async def __aenter__(self) -> "ZaloBotApi":
        app = web.Application()
        app.add_routes(
            [web.route("*", "/bot{token}/{method}", self._serve), web.get("/media/{name}", self._file)]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port).start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _file(self, request: web.Request) -> web.Response:
        found = self.media.get(request.match_info["name"])
        return (
            web.Response(status=404) if found is None else web.Response(body=found, content_type="image/jpeg")
        )

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        said = {**request.query, **(json.loads(body) if (body := await request.read()) else {})}
        self.calls.append(method)
        self.changed.set()
        fault = self._fault(method)
        await asyncio.sleep(fault.delay)
        if fault.cut_before:
            return _cut(request)
        if fault.garbage:
            return web.Response(
                status=fault.code or 502, text="<html>Bad Gateway</html>", content_type="text/html"
            )
        try:
            if request.match_info["token"] != TOKEN or self.revoked:
                raise ApiError(401, "Unauthorized")
            if fault.code:
                raise ApiError(fault.code, fault.description, fault.retry_after)
            result = await self._run(method, said)
        except ApiError as refused:
            return _refused(refused)
        return _cut(request) if fault.cut_after else web.json_response({"ok": True, "result": result})

    def _fault(self, method: str) -> Fault:
        for fault in self.faults:
            if fault.times > 0 and fault.method in ("", method):
                if fault.after:
                    fault.after -= 1
                    return Fault()
                fault.times -= 1
                return fault
        return Fault()

    async def _run(self, method: str, said: Json) -> object:
        match method:
            case "getMe":
                return {
                    "id": "459201",
                    "account_name": "bot.fake",
                    "account_type": "BASIC",
                    "can_join_groups": False,
                }
            case "getUpdates":
                return await self._next(float(said.get("timeout", 30)))
            case "setWebhook":
                return self._set_webhook(said)
            case "deleteWebhook":
                self.webhook = ""
                return {"url": "", "updated_at": 1789033572455}
            case "getWebhookInfo":
                return {"url": self.webhook, "updated_at": 1789033572455}
            case "sendMessage" | "sendPhoto" | "sendChatAction":
                return self._say(method, said)
            case _:
                raise ApiError(404, "Not Found")

    async def _next(self, seconds: float) -> Json:
        if self.webhook:
            raise ApiError(409, "Conflict: webhook is active")
        if not self.updates:
            self.new.clear()
            try:
                async with asyncio.timeout(seconds):
                    await self.new.wait()
            except TimeoutError:
                raise ApiError(408, "Request timeout") from None
        return self.updates.popleft()

    def _set_webhook(self, said: Json) -> Json:
        if not str(said.get("url", "")).startswith(("https://", "http://127.0.0.1")):
            raise ApiError(400, "Bad Request: url must be HTTPS")
        if not 8 <= len(str(said.get("secret_token", ""))) <= 256:
            raise ApiError(400, "Bad Request: secret_token must be 8-256 characters")
        self.webhook, self.secret = said["url"], said["secret_token"]
        return {"url": self.webhook, "updated_at": 1789033572455}

    def _say(self, method: str, said: Json) -> object:
        chat = said.get("chat_id")
        if chat not in self.people:
            raise ApiError(400, "Bad Request: chat not found")
        if method == "sendChatAction":
            self.shown_typing.append(chat)
            return True
        text = said.get("text" if method == "sendMessage" else "caption", "")
        if (method == "sendMessage" and not text.strip()) or len(text) > LIMIT:
            raise ApiError(400, "Bad Request: text must be 1-2000 characters")
        if set(said) - {"chat_id", "text", "photo", "caption"} or unicodedata.normalize("NFC", text) != text:
            raise ApiError(400, "Bad Request: parameters")
        self.sent.append(Sent(chat, text, said.get("photo", "")))
        return {"message_id": f"82599fa3{len(self.sent):08x}", "date": 1789033572455}


def _refused(refused: ApiError) -> web.Response:
    """With HTTP 200, as the platform was seen to do it."""
    body: Json = {"ok": False, "error_code": refused.code, "description": refused.description}
    if refused.retry_after:
        body["parameters"] = {"retry_after": refused.retry_after}
    return web.json_response(body)


def _cut(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)
