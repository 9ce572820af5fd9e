"""The picture or film of a campaign: taken in, drawn anew without hidden data, shown to officers."""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import replace

from aiohttp import web

from bot.domain.campaigns.campaign import Campaign, Picture
from bot.domain.campaigns.checks import MEGABYTE, VIDEOS
from bot.domain.campaigns.limits import VIDEO_LIMIT
from bot.domain.messages import Line
from bot.ports import UnitOfWork
from bot.services.outreach import writing
from bot.services.outreach.outcome import Faults, Refusal, Saved
from handlers.web_desk.campaigns.lookup import number_of, the_campaign
from handlers.web_desk.cases.files import painter, redrawn
from handlers.web_desk.desk import Desk, Visit
from handlers.web_desk.visits import told
from handlers.web_wire.forms import readable
from handlers.web_wire.headers import cross_site
from handlers.web_wire.numbers import number
from handlers.web_wire.pages import LANGUAGES
from handlers.web_wire.uploads import taken

LONGEST = 300.0
"""Seconds for one upload."""
MP4 = b"ftyp"
"""Stands at the fifth octet of every MP4 (ISO/IEC 14496-12)."""


async def take(desk: Desk, visit: Visit) -> web.Response:
    """A new picture for a draft; without a file the picture goes."""
    try:
        async with asyncio.timeout(LONGEST):
            with readable():
                form = await taken(visit.request, VIDEO_LIMIT)
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    token = form.fields.get("csrf", "")
    if cross_site(visit.request) or not hmac.compare_digest(token.encode(), visit.csrf.encode()):
        raise web.HTTPForbidden
    if form.too_large:
        return _tell(desk, visit, Line("page.picture.large", {"limit": VIDEO_LIMIT // MEGABYTE}))
    campaign = await the_campaign(desk, visit)
    made = await _made(form.content)
    if form.content and made is None:
        return _tell(desk, visit, Line("page.picture.unreadable"))
    return await _keep(desk, visit, campaign, made, form.fields)


async def show(desk: Desk, visit: Visit) -> web.Response:
    """The campaign's own picture, for the preview."""
    campaign = await the_campaign(desk, visit)
    picture = campaign.content.picture
    content = (
        None if picture is None else await desk.door.look(lambda uow: uow.pictures.content(picture.digest))
    )
    if picture is None or content is None:
        raise web.HTTPNotFound
    return web.Response(body=content, content_type=picture.mime)


async def _made(content: bytes) -> tuple[bytes, str] | None:
    """A photo drawn anew (no place, no device), a film as it is; None for anything else."""
    if content[4:8] == MP4:
        return content, next(iter(VIDEOS))
    drawn = await asyncio.get_running_loop().run_in_executor(painter(), redrawn, content)
    return None if drawn is None else (drawn, "image/jpeg")


async def _keep(
    desk: Desk, visit: Visit, before: Campaign, made: tuple[bytes, str] | None, fields: Mapping[str, str]
) -> web.Response:
    picture = None if made is None else _picture(made, fields)
    version = number(fields.get("version", ""))
    changed = replace(
        before,
        content=replace(before.content, picture=picture),
        version=before.version if version is None else version,
    )
    now = desk.clock()

    def work(uow: UnitOfWork) -> Saved | Faults | Refusal:
        kept = writing.save_draft(uow, desk.tools, visit.officer, changed, now)
        if made is not None and isinstance(kept, Saved):
            uow.pictures.put(made[0])
        return kept

    match await desk.door.ask(work):
        case Saved(_, line) | Refusal(line):
            return _tell(desk, visit, line)
        case Faults(found):
            return _tell(desk, visit, found[0].line)


def _picture(made: tuple[bytes, str], fields: Mapping[str, str]) -> Picture:
    content, mime = made
    alt = {lang: said for lang in LANGUAGES if (said := fields.get(f"alt_{lang}", "").strip())}
    return Picture(hashlib.sha256(content).hexdigest(), mime, len(content), alt)


def _tell(desk: Desk, visit: Visit, line: Line) -> web.Response:
    return told(desk, f"/desk/campaign/{number_of(visit)}", desk.pages.speaker(visit.lang)(line))
