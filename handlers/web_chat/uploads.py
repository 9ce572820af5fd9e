"""Photos, films, recordings and files: read with a limit, sealed, and only then told to the conversation."""

import asyncio
from dataclasses import dataclass, replace
from urllib.parse import unquote

from aiohttp import BodyPartReader, web

from bot.domain.messages import Attachment
from bot.ports import UnitOfWork
from handlers.web_chat import session
from handlers.web_chat.channel import ACCOUNT, NAME, UPLOAD_LIMIT
from handlers.web_chat.heard import ID, body, clean, language, media, uploaded
from handlers.web_chat.options import Chat
from handlers.web_chat.talking import PATIENCE, entered, taken
from handlers.web_wire.forms import readable
from handlers.web_wire.headers import cross_site
from handlers.web_wire.room import Full

LONGEST = 900.0
"""Seconds for one file: a film over a thin line, not a connection that was forgotten."""
NAME_LIMIT = 120
FORM_FIELD_LIMIT = 2_000


@dataclass(frozen=True, slots=True, repr=False)
class Upload:
    id: str
    content: bytes
    mime: str
    name: str
    album: str = ""
    lang: str = "vi"
    recorded: bool = False


async def upload(chat: Chat, request: web.Request) -> web.StreamResponse:
    """202 or 303 once the file is sealed and written down; 413 above the limit, 429: try again later."""
    if cross_site(request):
        raise web.HTTPForbidden
    who, key = entered(request)
    size = request.content_length or UPLOAD_LIMIT
    if size > UPLOAD_LIMIT + FORM_FIELD_LIMIT:
        raise web.HTTPRequestEntityTooLarge(UPLOAD_LIMIT, size)
    if not _moderate(chat, request, who, size):
        raise web.HTTPTooManyRequests(headers={"Retry-After": PATIENCE})
    try:
        with chat.limits.room.taken(size):
            file = await _received(chat, request, who)
    except Full:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": PATIENCE}) from None
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    return taken(chat, request, key, language(file.lang))


async def _received(chat: Chat, request: web.Request, who: str) -> Upload:
    async with asyncio.timeout(LONGEST):
        with readable():
            file = await (_form(request) if request.content_type == "multipart/form-data" else _raw(request))
    if not ID.fullmatch(file.id):
        raise web.HTTPBadRequest
    if file.content:
        await _keep(chat, who, file)
    return file


def _moderate(chat: Chat, request: web.Request, who: str, cost: float) -> bool:
    at = chat.clock().timestamp()
    network = session.digest(chat.options.network(request))
    return chat.limits.bytes.take(who, at, cost) and chat.limits.bytes_of_a_network.take(network, at, cost)


async def _keep(chat: Chat, who: str, file: Upload) -> None:
    """Sealed in one transaction, then heard; a retry that comes after the first was heard changes nothing."""
    now = chat.clock()
    kind = media(file.mime, recorded=file.recorded)
    sent = Attachment(kind, f"upload:{file.id}", len(file.content), file.mime, file.name)

    def seal(uow: UnitOfWork) -> int:
        row = uow.files.put(None, NAME, ACCOUNT, sent, now)
        uow.files.kept(row, file.content, file.mime, now)
        return row

    sealed = replace(sent, sealed=await chat.door.ask(seal))
    await chat.door.hear(uploaded(who, file.id, sealed, now, album=file.album, lang=file.lang))


async def _raw(request: web.Request) -> Upload:
    """From the page's script: the file is the body, what is known of it stands in the address."""
    query = request.query
    return Upload(
        id=query.get("id", ""),
        content=await body(request, UPLOAD_LIMIT),
        mime=request.content_type,
        name=_name(query.get("name", "")),
        album=query.get("album", "")[:64],
        lang=query.get("lang", "vi"),
        recorded="recorded" in query,
    )


async def _form(request: web.Request) -> Upload:
    """From a plain form: the fields, then the file."""
    fields: dict[str, str] = {}
    content, mime, name = b"", "", ""
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "file":
            content, name = await _part(part, UPLOAD_LIMIT), part.filename or ""
            mime = part.headers.get("Content-Type", "")
        else:
            fields[part.name or ""] = (await _part(part, FORM_FIELD_LIMIT)).decode("utf-8", "replace")
    return Upload(fields.get("id", ""), content, mime, _name(name), lang=fields.get("lang", "vi"))


async def _part(part: BodyPartReader, limit: int) -> bytes:
    content = bytearray()
    while chunk := await part.read_chunk(65_536):
        content += chunk
        if len(content) > limit:
            raise web.HTTPRequestEntityTooLarge(limit, len(content))
    return bytes(content)


def _name(name: str) -> str:
    return clean(unquote(name)).replace("/", "_").replace("\\", "_")[:NAME_LIMIT]
