"""`python -m tests.fakes.bot_api --port 8081`: the Bot API for another process, a bench or a person.

Steered over HTTP (JSON in and out), all below /control/<token>/:

POST says        {"person": 7, "text": "…"}                    POST taps   {"person": 7, "label": "…"} or "data"
POST sends       {"person": 7, "what": "photo|voice|document|sticker|location|contact|album", …}
POST fault       the fields of Fault                            POST limits {"per_second": 30, …} or {} to lift them
GET  sent?since=N&chat=7   messages from number N on            GET  deliveries?since=N   webhook attempts
POST clear       forgets messages and deliveries               POST revoke {} the token: 401 from now on
A page to chat with a bot by hand is at /?token=…&person=7
"""

import argparse
import asyncio
import signal
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from aiohttp import web

from tests.fakes.bot_api.account import Account
from tests.fakes.bot_api.faults import Cut, Fault, Limits
from tests.fakes.bot_api.people import Person
from tests.fakes.bot_api.rules import Json
from tests.fakes.bot_api.server import TOKEN, BotApi

PAGE = Path(__file__).parent / "page.html"


class Control:
    """What stands behind /control/<token>/."""

    def __init__(self, fake: BotApi) -> None:
        self._fake = fake

    async def answer(self, request: web.BaseRequest) -> web.Response:
        parts = request.path.strip("/").split("/")
        if parts == [""]:
            return web.Response(body=PAGE.read_bytes(), content_type="text/html", charset="utf-8")
        if len(parts) != 3 or parts[0] != "control" or parts[2] not in _ACTIONS:
            return web.Response(status=404)
        body = await request.json() if request.can_read_body else {}
        account = self._fake.bot(parts[1])
        try:
            given = {**dict(request.query), **body}
            return web.json_response(_ACTIONS[parts[2]](self._fake, account, given))
        except (AssertionError, KeyError, ValueError, TypeError) as wrong:
            return web.json_response({"error": str(wrong)}, status=400)


def _person(fake: BotApi, account: Account, given: Json) -> Person:
    number = int(given["person"])
    return fake.person(number, str(given.get("name", "An")), token=account.token)


def _says(fake: BotApi, account: Account, given: Json) -> Json:
    return {"update_id": _person(fake, account, given).says(given["text"])}


def _taps(fake: BotApi, account: Account, given: Json) -> Json:
    person = _person(fake, account, given)
    if "data" in given:
        return {"query": person.taps_data(given["data"], int(given.get("message_id", 0)))}
    return {"query": person.taps(given["label"])}


def _sends(fake: BotApi, account: Account, given: Json) -> Json:
    person = _person(fake, account, given)
    deeds: dict[str, Callable[[], object]] = {
        "photo": lambda: person.sends_photo(given.get("caption", "")),
        "album": lambda: person.sends_album(int(given.get("count", 10))),
        "voice": person.sends_voice,
        "document": person.sends_document,
        "sticker": person.sends_sticker,
        "contact": person.shares_contact,
        "block": person.blocks,
        "unblock": person.unblocks,
        "location": lambda: person.shares_location(
            float(given.get("lat", 12.68)), float(given.get("lon", 108.04))
        ),
    }
    return {"done": deeds[given["what"]]()}


def _sent(_: BotApi, account: Account, given: Json) -> Json:
    since, chat = int(given.get("since", 0)), int(given.get("chat", 0))
    found = account.sent[since:]
    return {"next": len(account.sent), "sent": [one.as_json() for one in found if chat in (0, one.chat)]}


def _deliveries(_: BotApi, account: Account, given: Json) -> Json:
    since = int(given.get("since", 0))
    return {
        "next": len(account.deliveries),
        "waiting": len(account.updates),
        "deliveries": [asdict(one) for one in account.deliveries[since:]],
    }


def _fault(_: BotApi, account: Account, given: Json) -> Json:
    cut = Cut(given["cut"]) if given.get("cut") else None
    account.faults.add(Fault(**{**given, "cut": cut}))
    return {}


def _limits(_: BotApi, account: Account, given: Json) -> Json:
    usual = Limits()
    kept = Limits(
        per_second=int(given.get("per_second", usual.per_second)),
        per_chat_second=int(given.get("per_chat_second", usual.per_chat_second)),
        per_group_minute=int(given.get("per_group_minute", usual.per_group_minute)),
    )
    account.limits = kept if given else None
    return {}


def _revoke(_: BotApi, account: Account, given: Json) -> Json:
    account.revoked = bool(given.get("revoked", True))
    return {}


def _clear(_: BotApi, account: Account, _given: Json) -> Json:
    account.sent.clear()
    account.by_id.clear()
    account.deliveries.clear()
    return {}


_ACTIONS: dict[str, Callable[[BotApi, Account, Json], Any]] = {
    "says": _says, "taps": _taps, "sends": _sends, "sent": _sent, "deliveries": _deliveries,
    "fault": _fault, "limits": _limits, "clear": _clear, "revoke": _revoke,
}  # fmt: skip


async def _serve(port: int) -> None:
    fake = BotApi(repeat_after=1.0)
    fake.control = Control(fake).answer
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    await fake.start(port)
    print(f"Bot API on {fake.base_url} - chat by hand: {fake.base_url}/?token={TOKEN}&person=7", flush=True)  # noqa: T201
    await stop.wait()
    await fake.stop()


def main() -> None:
    parser = argparse.ArgumentParser(description="A Bot API on loopback.")
    parser.add_argument("--port", type=int, default=8081)
    asyncio.run(_serve(parser.parse_args().port))


if __name__ == "__main__":
    main()
