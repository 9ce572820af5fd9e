"""python-telegram-bot's errors as outcomes and troubles; their words, perhaps a letter's, go no further."""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.ports import Outcome
from handlers.telegram_wire.outcomes import network, outcome
from handlers.telegram_wire.updates import ApiTrouble, Trouble

UNREACHED = ("aiohttp.ClientConnector", "aiohttp.ConnectionTimeout")
"""How errors of a connection that never came about begin (`AiohttpRequest`)."""


def of_campaign(error: TelegramError) -> Outcome:
    """As `of_ptb` where a letter must not go out twice: what could not even be reached has taken nothing."""
    if error.message.startswith(UNREACHED):
        return outcome(503)
    return of_ptb(error)


def of_ptb(error: TelegramError) -> Outcome:
    """What became of a letter."""
    match error:
        case RetryAfter():
            return outcome(429, retry_after=_retry_after(error))
        case ChatMigrated():
            return outcome(400, moved_to=error.new_chat_id)
        case Forbidden():
            return outcome(403, error.message)
        case InvalidToken():
            return outcome(401)
        case TimedOut():
            return network()
        case BadRequest():
            return outcome(400, error.message)
        case _:
            return _wire(error)


def _wire(error: TelegramError) -> Outcome:
    return network() if error.message.startswith("aiohttp.") else outcome(500)


def _retry_after(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def ptb_trouble(error: TelegramError) -> ApiTrouble:
    """Of a call that is no letter."""
    match error:
        case RetryAfter():
            return ApiTrouble(Trouble.RATE, _retry_after(error))
        case Conflict():
            return ApiTrouble(Trouble.CONFLICT)
        case InvalidToken():
            return ApiTrouble(Trouble.TOKEN)
        case _:
            return ApiTrouble(Trouble.NETWORK)
