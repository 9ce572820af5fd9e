"""The page speaks: words, buttons, places, what it has shown, and the quick exit."""

from typing import Annotated

import msgspec
from aiohttp import web

from bot.domain.kinds import Urgency
from handlers.web_chat import session
from handlers.web_chat.channel import address
from handlers.web_chat.heard import Said, body, heard, left, read
from handlers.web_chat.options import Chat
from handlers.web_wire.headers import cross_site
from handlers.web_wire.numbers import DIGITS

PATIENCE = "20"
"""Seconds after which a page that was refused tries again."""
SEEN_LIMIT = 1_000


class Seen(msgspec.Struct, frozen=True):
    upto: Annotated[int, msgspec.Meta(ge=0, lt=10**DIGITS)]


async def say(chat: Chat, request: web.Request) -> web.StreamResponse:
    """202 (a script) or 303 (a form) once the message is written down; 429: keep it and try again."""
    if cross_site(request):
        raise web.HTTPForbidden
    said = await read(request)
    who, key = entered(request)
    if not may_speak(chat, request, who, said):
        raise web.HTTPTooManyRequests(headers={"Retry-After": PATIENCE})
    await chat.door.hear(heard(said, who, chat.clock()))
    return taken(chat, request, key, said.lang)


def entered(request: web.Request) -> tuple[str, str | None]:
    """Who writes, and the new key to hand out if they have just come in."""
    who = session.person(request)
    if who is not None:
        return who, None
    key = session.fresh()
    return session.digest(key), key


def taken(chat: Chat, request: web.Request, key: str | None, lang: str) -> web.StreamResponse:
    response: web.Response
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        response = web.Response(status=303, headers={"Location": f"/chat/plain?lang={lang}"})
    else:
        response = web.json_response({"ok": True}, status=202)
    if key is not None:
        session.give(response, key, secure=chat.options.secure)
    return response


def may_speak(chat: Chat, request: web.Request, who: str, said: Said) -> bool:
    """Limits never stop an emergency."""
    at = chat.clock().timestamp()
    network = session.digest(chat.options.network(request))
    calm = chat.limits.texts.take(who, at) and chat.limits.texts_of_a_network.take(network, at)
    return calm or chat.assess(None, (said.text,)).urgency is Urgency.EMERGENCY


async def seen(chat: Chat, request: web.Request) -> web.StreamResponse:
    """The page has shown everything up to this letter: its words go."""
    who = session.person(request)
    if who is None or cross_site(request):
        raise web.HTTPForbidden
    try:
        upto = msgspec.json.decode(await body(request, SEEN_LIMIT), type=Seen).upto
    except msgspec.MsgspecError as problem:
        raise web.HTTPBadRequest from problem
    now = chat.clock()
    await chat.door.ask(lambda uow: uow.outbox.seen(address(who), upto, now))
    return web.Response(status=204)


async def bye(chat: Chat, request: web.Request) -> web.StreamResponse:
    """The quick exit: this browser forgets, and the case knows that nobody can be reached here."""
    if cross_site(request):
        raise web.HTTPForbidden
    who = session.person(request)
    if who is not None:
        await chat.door.hear(left(who, chat.clock()))
    response = web.Response(status=303, headers={"Location": chat.options.exit_url})
    if request.query.get("quiet"):
        response = web.Response(status=204)
    session.end(response, secure=chat.options.secure)
    return response
