"""Forms as strangers send them: what cannot be taken apart is a bad request, no error of ours."""

from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web
from aiohttp.http_exceptions import HttpProcessingError

BROKEN = (ValueError, LookupError, RuntimeError, EOFError, AssertionError, HttpProcessingError)
"""What the library raises over parts without a boundary, an unknown character set, a lost end."""


@contextmanager
def readable() -> Iterator[None]:
    """400 for what the block cannot read."""
    try:
        yield
    except BROKEN:
        raise web.HTTPBadRequest from None
