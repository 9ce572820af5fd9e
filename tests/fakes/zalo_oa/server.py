"""Zalo's OpenAPI, business API and OAuth on one loopback port."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from aiohttp import web

from tests.fakes.zalo_oa import rules
from tests.fakes.zalo_oa.bodies import APP, OA
from tests.fakes.zalo_oa.faults import Cut, Fault, Faults
from tests.fakes.zalo_oa.oauth import OAuthServer
from tests.fakes.zalo_oa.people import FREE_REPLIES, Json, Person, Sent
from tests.fakes.zalo_oa.rules import Refusal, checked, reachable

APP_ID, OA_ID, APP_SECRET = APP, OA, "app-secret"


def wall_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - Zalo's own clock


class ZaloOa:
    """Start it with `async with ZaloOa() as zalo`; `base_url` is all three base addresses."""

    def __init__(self, *, clock: Callable[[], datetime] = wall_clock) -> None:
        self.clock = clock
        self.oauth = OAuthServer(clock, APP_ID, APP_SECRET)
        self.people: dict[str, Person] = {}
        self.templates: dict[str, str] = {}
        """Approved ids → "transaction" or "promotion"."""
        self.faults = Faults()
        self.calls: list[str] = []
        """Paths, in order."""
        self.headers: list[Mapping[str, str]] = []
        self.answers_with: dict[str, str] = {}
        """Headers of every answer (X-RateLimit-…)."""
        self.down = False
        """Every connection is cut before anything is done."""
        self.quota_left = 1000
        """Paid messages left."""
        self.media: dict[str, tuple[bytes, str]] = {}
        self.uploads: dict[str, datetime] = {}
        self.port = 0
        self._numbers = count(1)
        self._runner: web.ServerRunner | None = None

    # --- for tests ---

    def person(self, id_: str, *, interacted: bool = True, phone: str = "") -> Person:
        """Somebody who has written to the account just now (or never)."""
        person = self.people.setdefault(id_, Person(id_, phone=phone))
        if interacted:
            person.interacts(self.clock())
        return person

    def fails(self, fault: Fault) -> Fault:
        self.faults.waiting.append(fault)
        return fault

    def serves(self, name: str, content: bytes, mime: str = "image/jpeg") -> str:
        """The address of a file that somebody sent."""
        self.media[name] = content, mime
        return f"{self.base_url}/media/{name}"

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def sent(self) -> list[Sent]:
        """Everything that arrived anywhere, in order."""
        return sorted((one for p in self.people.values() for one in p.letters), key=lambda one: one.at)

    # --- the server ---

    async def start(self, port: int = 0) -> "ZaloOa":
        self._runner = web.ServerRunner(web.Server(self._serve, access_log=None))
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", port).start()
        self.port = int(self._runner.addresses[0][1])
        return self

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def __aenter__(self) -> "ZaloOa":
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        self.calls.append(request.path)
        self.headers.append(request.headers)
        if self.down:
            return _cut(request)
        if request.path.startswith("/media/"):
            return self._file(request.path.removeprefix("/media/"))
        said = await _read(request)
        fault = self.faults.take(request.path, _whom(said))
        if fault is not None:
            await asyncio.sleep(0 if fault.answered_first else fault.delay)
            if fault.cut is Cut.BEFORE:
                return _cut(request)
            if fault.status:
                return web.Response(status=fault.status, text="<html>Bad Gateway</html>")
        answer = self._answered(request, said, fault)
        if fault is not None and fault.answered_first:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.cut is Cut.AFTER:
            return _cut(request)
        return web.json_response(answer, headers=self.answers_with)

    def _answered(self, request: web.BaseRequest, said: Json, fault: Fault | None) -> Json:
        try:
            if fault is not None and fault.code:
                raise Refusal(fault.code, fault.message)
            if request.path == "/v4/oa/access_token":
                return self.oauth.answer(said, request.headers.get("secret_key", ""))
            if (refused := self.oauth.refuses(request.headers.get("access_token", ""))) is not None:
                raise Refusal(*refused)
            return {"data": self._done(request.path, said), "error": 0, "message": "Success"}
        except Refusal as refusal:
            return {"error": refusal.code, "message": refusal.message}

    def _done(self, path: str, said: Json) -> Json:
        match path.strip("/").split("/"):
            case ["v3.0", "oa", "message", "cs"]:
                return self._consultation(said, path)
            case ["v3.0", "oa", "message", "template"]:
                return self._template(self.people.get(str(said.get("user_id"))), said, path)
            case ["message", "template"]:
                return self._by_phone(said, path)
            case ["v2.0", "oa", "message"]:
                return self._reaction(said)
            case ["v3.0", "oa", "quota", "message"]:
                return self._quota(said)
            case ["v2.0", "oa", "upload", kind]:
                return self._upload(kind, said)
            case ["v2.0", "oa", "getoa"]:
                return {"oa_id": OA_ID, "name": "Bảo vệ trẻ em (thử)", "is_verified": True}
            case _:
                raise Refusal(-212, "API not registered")

    # --- messages ---

    def _consultation(self, said: Json, path: str) -> Json:
        now = self.clock()
        message = checked(said.get("message"))
        person = reachable(self.people.get(str(said.get("recipient", {}).get("user_id"))), now)
        kind = self._paid_with(person, now)
        payload = message.get("attachment", {}).get("payload", {})
        element = (payload.get("elements") or [{}])[0]
        picture = str(element.get("url") or element.get("attachment_id") or "")
        if "attachment_id" in element and self.uploads.get(picture, now) <= now:
            raise Refusal(-100, "attachment is expired")
        person.letters.append(
            Sent(
                person.id,
                path,
                message.get("text", ""),
                now,
                tuple(payload.get("buttons", ())),
                picture=picture,
                shares=payload.get("template_type") == "request_user_info",
                quota=kind,
            )
        )
        return self._receipt(person, kind)

    def _paid_with(self, person: Person, now: datetime) -> str:
        """Which quota a message comes from; two days after the last interaction it is bought."""
        last = person.last_interaction
        if last is not None and now - last <= rules.FREE and person.replies < FREE_REPLIES:
            person.replies += 1
            return "reply"
        if self.quota_left <= 0:
            raise Refusal(-211, "Out of quota")
        self.quota_left -= 1
        return "purchase_quota"

    def _receipt(self, person: Person, kind: str) -> Json:
        left = FREE_REPLIES - person.replies if kind == "reply" else self.quota_left
        quota = {
            "quota_type": kind,
            "remain": left,
            "total": FREE_REPLIES,
            "owner_type": "OA",
            "owner_id": OA_ID,
        }
        return {"message_id": f"zalo-{next(self._numbers)}", "user_id": person.id, "quota": quota}

    def _template(self, person: Person | None, said: Json, path: str) -> Json:
        template = str(said.get("template_id", ""))
        if template not in self.templates:
            raise Refusal(-131, "Template is not approved")
        if self.templates[template] == "promotion" and rules.is_night(self.clock()):
            raise Refusal(-133, "Not allowed at night")
        if person is None or person.gone:
            raise Refusal(-118, "Recipient cannot receive")
        if person.blocks_us:
            raise Refusal(-139, "User refused")
        data = said.get("template_data", {})
        person.letters.append(Sent(person.id, path, "", self.clock(), template=template, data=data))
        return {"message_id": f"zalo-{next(self._numbers)}", "msg_id": "z1", "sent_time": "1690184100000"}

    def _by_phone(self, said: Json, path: str) -> Json:
        phone = str(said.get("phone", ""))
        if not (phone.startswith("84") and phone.isdecimal() and len(phone) == 11):
            raise Refusal(-108, "Phone number is invalid")
        found = next((person for person in self.people.values() if person.phone == phone), None)
        return self._template(found, said, path)

    def _reaction(self, said: Json) -> Json:
        recipient = said.get("recipient", {})
        person = reachable(self.people.get(str(recipient.get("user_id"))), self.clock())
        action = said.get("sender_action", {})
        person.reactions.append((str(action.get("react_message_id")), str(action.get("react_icon"))))
        return {"message_id": f"zalo-{next(self._numbers)}", "user_id": person.id}

    # --- what else ---

    def _quota(self, said: Json) -> Json:
        if "quota_owner" in said:
            return {"quota_type": "purchase_quota", "remain": self.quota_left, "total": 1000}
        person = self.people.get(str(said.get("user_id")))
        if person is None or person.gone:
            raise Refusal(-201, "user_id is invalid")
        last = person.last_interaction
        return {
            "last_interaction": "0" if last is None else str(int(last.timestamp() * 1000)),
            "cs_reply": {"remain": FREE_REPLIES - person.replies, "total": FREE_REPLIES},
            "promotion": {"daily_remain": 0, "daily_total": 1, "monthly_remain": 4, "monthly_total": 6},
        }

    def _upload(self, kind: str, said: Json) -> Json:
        most = rules.MOST_FILE if kind == "file" else rules.MOST_PICTURE
        content = said.get("file")
        if not isinstance(content, bytes) or not content:
            raise Refusal(-201, "file is invalid")
        if len(content) > most:
            raise Refusal(-210, "file exceeds the limit")
        id_ = f"upload-{next(self._numbers)}"
        self.uploads[id_] = self.clock() + rules.UPLOAD_LIFE
        return {"token" if kind == "file" else "attachment_id": id_}

    def _file(self, name: str) -> web.Response:
        if name not in self.media:
            return web.Response(status=404)
        content, mime = self.media[name]
        return web.Response(body=content, content_type=mime)


def _cut(request: web.BaseRequest) -> web.StreamResponse:
    if request.transport is not None:
        request.transport.close()
    return web.Response()


async def _read(request: web.BaseRequest) -> Json:
    if request.content_type == "application/json":
        found = json.loads(await request.read())
        return found if isinstance(found, dict) else {}
    if request.content_type == "application/x-www-form-urlencoded":
        return {key: str(value) for key, value in (await request.post()).items()}
    if request.content_type == "multipart/form-data":
        return await _parts(request)
    data = json.loads(request.query.get("data", "{}"))
    return data if isinstance(data, dict) else {}


async def _parts(request: web.BaseRequest) -> Json:
    found: Json = {}
    reader: Any = await request.multipart()
    async for part in reader:
        found[str(part.name)] = bytes(await part.read())
    return found


def _whom(said: Json) -> str:
    recipient = said.get("recipient")
    inner = recipient.get("user_id", "") if isinstance(recipient, dict) else ""
    return str(inner or said.get("user_id", "") or said.get("phone", ""))
