"""Pages from templates, in the reader's language; every word comes from the catalogue."""

from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from pathlib import Path

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.domain.messages import Line
from bot.ports import Words

LANGUAGES = ("vi", "en")
Say = Callable[..., str]
"""t("key", name=value) or t(line) → the sentence."""


class Pages:
    """The templates of one folder."""

    def __init__(self, folder: Path, words: Words) -> None:
        self._words = words
        self._templates = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def speaker(self, lang: str) -> Say:
        """What templates call `t`: with a key of the catalogue and its values, or with a line."""

        def t(said: str | Line, **values: str | int | Line) -> str:
            return self._words.render(said if isinstance(said, Line) else Line(said, values), lang)

        return t

    def render(self, name: str, lang: str, values: Mapping[str, object]) -> str:
        template = self._templates.get_template(name)
        return template.render({"t": self.speaker(lang), "lang": lang, **values})

    def answer(self, name: str, lang: str, values: Mapping[str, object], status: int = 200) -> web.Response:
        """A whole page."""
        response = web.Response(
            text=self.render(name, lang, values), content_type="text/html", charset="utf-8", status=status
        )
        response.enable_compression()
        return response


@lru_cache(maxsize=64)
def asset(path: Path, mime: str) -> tuple[bytes, str]:
    """A small file that ships with the program, read once."""
    return path.read_bytes(), mime


MIMES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def assets(folder: Path) -> Callable[[web.Request], Awaitable[web.Response]]:
    """A handler for the `{name}` of a route: files of this folder, nothing above it."""
    names = {file.name: file for file in folder.iterdir() if file.suffix in MIMES}

    async def answer(request: web.Request) -> web.Response:
        file = names.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        body, mime = asset(file, MIMES[file.suffix])
        response = web.Response(body=body, content_type=mime, charset="utf-8")
        response.enable_compression()
        return response

    return answer
