"""python-telegram-bot's application: its bot and its limiter, none of its timers, retries and polling."""

from typing import Any

from telegram.error import InvalidToken
from telegram.ext import AIORateLimiter, Application, ApplicationBuilder

from handlers.hearing import WrongToken
from handlers.telegram_wire.request import AiohttpRequest

App = Application[Any, Any, Any, Any, Any, Any]


def build(token: str, setting: str, api_base: str, per_second: float, request: AiohttpRequest) -> App:
    """Retries belong to the outbox, timers to the clock, updates to our loop; raises WrongToken."""
    try:
        return (
            ApplicationBuilder()
            .token(token)
            .base_url(f"{api_base}/bot")
            .base_file_url(f"{api_base}/file/bot")
            .request(request)
            .get_updates_request(request)
            .rate_limiter(AIORateLimiter(overall_max_rate=per_second, max_retries=0))
            .updater(None)
            .job_queue(None)
            .build()
        )
    except InvalidToken:
        raise WrongToken(f"{setting}: this is no bot token (digits, a colon, letters)") from None
