"""No token and no citizen's word in a log, whatever a library prints."""

import logging
import re

from handlers.traces import where

LOUD = ("aiogram", "telegram", "httpx", "httpcore", "aiohttp.access", "aiohttp.client", "apscheduler")
"""Libraries that print every request, with texts at debug level: warnings only."""
_TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{20,}")
_UP_TO_VALUES = re.compile(r"\n|<|\((?!\))")
BLOT = "<token>"
DEPTH = 8
"""Lines of code that are named of an error."""


def hide(text: str) -> str:
    return _TOKEN.sub(BLOT, text)


class HideTokens(logging.Filter):
    """For handlers (a logger's filter does not see what its children send up).

    Of an exception only its class and the lines of code it passed are kept: its words may be a citizen's.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "hidden", False):  # by the same filter of another handler
            return True
        record.hidden = True
        said = _said(record)
        error = record.exc_info[1] if record.exc_info else None
        record.msg = f"{said}: {where(error, DEPTH)}" if error else said
        record.args = record.exc_info = record.exc_text = None
        return True


def _said(record: logging.LogRecord) -> str:
    match record.name:
        case "aiohttp.server":
            return "a request failed"  # it names the address of whoever asked
        case "asyncio":
            # it prints the error of a lost task, and what a callback was given
            return _UP_TO_VALUES.split(record.getMessage(), maxsplit=1)[0]
        case _:
            return hide(record.getMessage())


def quiet() -> None:
    """Libraries at warning level, and the filter on every handler of the root logger."""
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    # it would print every 429 with its whole trace; the courier counts them
    logging.getLogger("telegram.ext.AIORateLimiter").setLevel(logging.CRITICAL)
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, HideTokens) for one in handler.filters):
            handler.addFilter(HideTokens())
