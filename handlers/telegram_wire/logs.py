"""No token in a log: whatever a library prints, tokens are blotted out."""

import logging
import re

LOUD = ("aiogram", "telegram", "httpx", "httpcore", "aiohttp.access", "aiohttp.client", "apscheduler")
"""Libraries that print every request, with texts at debug level: warnings only."""
_TOKEN = re.compile(r"(?<!\d)\d{5,}:[A-Za-z0-9_-]{20,}")
BLOT = "<token>"


def hide(text: str) -> str:
    return _TOKEN.sub(BLOT, text)


class HideTokens(logging.Filter):
    """For handlers (a logger's filter does not see what its children send up)."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = hide(record.getMessage()), None
        if record.exc_info:
            record.exc_text = hide(logging.Formatter().formatException(record.exc_info))
            record.exc_info = None
        return True


def quiet() -> None:
    """Libraries at warning level, and the filter on every handler of the root logger."""
    for name in LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    for handler in logging.getLogger().handlers:
        if not any(isinstance(one, HideTokens) for one in handler.filters):
            handler.addFilter(HideTokens())
