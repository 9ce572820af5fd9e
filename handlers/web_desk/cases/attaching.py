"""An officer adds a picture, a letter, a recording to a case: sealed in the same transaction that shows it."""

import asyncio
import hmac

from aiohttp import web

from bot.domain.messages import Attachment, Line, Media
from bot.ports import UnitOfWork
from bot.services import casework
from bot.services.casework import Outcome, Refusal
from handlers.web_desk.cases.page import number, opened
from handlers.web_desk.channel import address
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import told
from handlers.web_wire.forms import readable
from handlers.web_wire.headers import cross_site
from handlers.web_wire.room import Full
from handlers.web_wire.uploads import Taken, taken

LIMIT = 32 * 1024 * 1024
"""Bytes of one file: a film of a minute, a letter of many pages."""
MEGABYTE = 1024 * 1024
LONGEST = 300.0
"""Seconds for one upload."""
NAME_LIMIT = 120
PATIENCE = "20"
_MEDIA = {"image": Media.PHOTO, "video": Media.VIDEO, "audio": Media.AUDIO}


async def take(desk: Desk, visit: Visit) -> web.Response:
    """Back to the case, which says so; refused, with the reason."""
    form = await _read(desk, visit)
    if cross_site(visit.request) or not _ours(form, visit):
        raise web.HTTPForbidden
    speak = desk.pages.speaker(visit.lang)
    if form.too_large:
        line = Line("page.file.add.large", {"limit": LIMIT // MEGABYTE})
        return await opened(desk, visit, number(visit.request), speak(line))
    outcome = await _keep(desk, visit, form)
    if isinstance(outcome, Refusal):
        return await opened(desk, visit, number(visit.request), speak(outcome.line))
    return told(desk, f"/desk/case/{number(visit.request)}", speak(outcome.line))


async def _read(desk: Desk, visit: Visit) -> Taken:
    size = min(visit.request.content_length or LIMIT, LIMIT)
    try:
        with desk.room.taken(size):
            async with asyncio.timeout(LONGEST):
                with readable():
                    return await taken(visit.request, LIMIT)
    except Full:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": PATIENCE}) from None
    except TimeoutError:
        raise web.HTTPRequestTimeout from None


def _ours(form: Taken, visit: Visit) -> bool:
    return hmac.compare_digest(form.fields.get("csrf", "").encode(), visit.csrf.encode())


async def _keep(desk: Desk, visit: Visit, form: Taken) -> Outcome:
    case, now, sender = number(visit.request), desk.clock(), address(visit.officer.id)
    mime = form.mime.split(";")[0].strip().lower()
    media = _MEDIA.get(mime.partition("/")[0], Media.DOCUMENT)
    name = form.name.replace("/", "_").replace("\\", "_")[:NAME_LIMIT]
    sent = Attachment(media, "desk", len(form.content), mime, name)

    def work(uow: UnitOfWork) -> Outcome:
        return casework.upload(uow, desk.tools, case, visit.officer, sender, sent, form.content, now)

    return await desk.door.ask(work)
