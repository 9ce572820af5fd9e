"""The picture or film of a campaign: taken in, drawn anew without hidden data, shown to officers."""

import asyncio
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from aiohttp import BodyPartReader, web

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

FIELD_LIMIT = 2_000
LONGEST = 300.0
"""Seconds for one upload."""
MP4 = b"ftyp"
"""Stands at the fifth octet of every MP4 (ISO/IEC 14496-12)."""


@dataclass(slots=True)
class Taken:
    fields: dict[str, str] = field(default_factory=dict)
    content: bytes = b""
    too_large: bool = False


async def take(desk: Desk, visit: Visit) -> web.Response:
    """A new picture for a draft; without a file the picture goes."""
    try:
        async with asyncio.timeout(LONGEST):
            with readable():
                taken = await _read(visit.request)
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    token = taken.fields.get("csrf", "")
    if cross_site(visit.request) or not hmac.compare_digest(token.encode(), visit.csrf.encode()):
        raise web.HTTPForbidden
    if taken.too_large:
        return _tell(desk, visit, Line("page.picture.large", {"limit": VIDEO_LIMIT // MEGABYTE}))
    campaign = await the_campaign(desk, visit)
    made = await _made(taken.content)
    if taken.content and made is None:
        return _tell(desk, visit, Line("page.picture.unreadable"))
    return await _keep(desk, visit, campaign, made, taken.fields)


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


async def _read(request: web.Request) -> Taken:
    taken = Taken()
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        if part.name == "file":
            taken.content, taken.too_large = await _part(part, VIDEO_LIMIT)
        else:
            said, _ = await _part(part, FIELD_LIMIT)
            taken.fields[part.name or ""] = said.decode("utf-8", "replace")
    return taken


async def _part(part: BodyPartReader, limit: int) -> tuple[bytes, bool]:
    """What came, and whether it was more than the limit: the rest is read and forgotten, so that we can say so."""
    content, length = bytearray(), 0
    while chunk := await part.read_chunk(65_536):
        length += len(chunk)
        if length <= limit:
            content += chunk
        elif length > 5 * limit:
            raise web.HTTPRequestEntityTooLarge(limit, length)
    return bytes(content), length > limit


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
