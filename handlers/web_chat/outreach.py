"""What posters and letters of campaigns lead to: counted links, and the page behind a QR code."""

from collections.abc import Sequence

from aiohttp import web

from bot.domain.campaigns import codes
from bot.ports import UnitOfWork
from bot.services.outreach import answering
from handlers.web_chat.about import about
from handlers.web_chat.heard import language
from handlers.web_chat.options import Chat
from handlers.web_wire.numbers import number

PLACE = "{code}"
"""In an address of `Options.joins`: where the poster's code goes."""


async def follow(chat: Chat, request: web.Request) -> web.Response:
    """To the address behind a link of a run; that it was followed is counted, by whom is not."""
    run, code, now = number(request.match_info["run"]), request.match_info["code"], chat.clock()

    def work(uow: UnitOfWork) -> str | None:
        return None if run is None else answering.follow(uow, run, code, now)

    address = await chat.door.ask(work)
    if address is None:
        raise web.HTTPNotFound
    return web.Response(status=302, headers={"Location": address})


async def poster(chat: Chat, request: web.Request) -> web.Response:
    """Where to say yes to letters: one button for each channel; the code says which school or commune it was."""
    origin = codes.read(request.match_info["code"])
    if origin is None:
        raise web.HTTPNotFound
    lang = language(request.query.get("lang", ""))
    values = {**await about(chat), "code": origin.code, "joins": joins(chat, origin.code)}
    return chat.pages.answer("join.html", lang, values)


def joins(chat: Chat, code: str) -> Sequence[tuple[str, str, bool]]:
    """(channel, address, whether the address brings the code along; else it is typed)."""
    return [
        (name, address.replace(PLACE, code), PLACE in address) for name, address in chat.options.joins.items()
    ]
