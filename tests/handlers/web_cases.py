"""A reported case and its photos, for the tests of the desk."""

from io import BytesIO

from PIL import Image

from bot.domain.cases import CaseId
from bot.domain.messages import Attachment, Media
from bot.ports import UnitOfWork
from storage.engine import SqlStore
from tests.handlers.web import BEATEN, Site

NOW = Site.now


async def reported(place: Site) -> None:
    async with place.browser() as child:
        await child.says(BEATEN)
        await child.hears(2)


def picture(width: int = 40, height: int = 20) -> bytes:
    written = BytesIO()
    Image.new("RGB", (width, height), "#336699").save(written, "PNG")
    return written.getvalue()


def photo(store: SqlStore, content: bytes, media: Media = Media.PHOTO, mime: str = "image/png") -> int:
    def work(uow: UnitOfWork) -> int:
        row = uow.files.put(CaseId(1), "web_chat", "main", Attachment(media, "x", mime=mime), NOW)
        uow.files.kept(row, content, mime, NOW)
        return row

    return store.write(work)
