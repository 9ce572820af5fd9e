"""aiogram's exceptions as outcomes and troubles; their words, perhaps a letter's, go no further."""

from aiogram.exceptions import (
    AiogramError,
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramConflictError,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramMigrateToChat,
    TelegramNetworkError,
    TelegramNotFound,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.ports import Outcome
from handlers.telegram_wire.outcomes import network, outcome
from handlers.telegram_wire.updates import ApiTrouble, Trouble


def of_aiogram(error: AiogramError) -> Outcome:
    match error:
        case TelegramRetryAfter():
            return outcome(429, retry_after=error.retry_after)
        case TelegramMigrateToChat():
            return outcome(400, moved_to=error.migrate_to_chat_id)
        case TelegramForbiddenError():
            return outcome(403, error.message)
        case TelegramUnauthorizedError() | TelegramNotFound():
            return outcome(401)
        case TelegramEntityTooLarge():  # a TelegramNetworkError by descent
            return outcome(413)
        case TelegramNetworkError() | ClientDecodeError():
            return network()
        case TelegramBadRequest():
            return outcome(400, error.message)
        case _:
            return outcome(500)


def trouble(error: AiogramError) -> ApiTrouble:
    match error:
        case TelegramRetryAfter():
            return ApiTrouble(Trouble.RATE, error.retry_after)
        case TelegramConflictError():
            return ApiTrouble(Trouble.CONFLICT)
        case TelegramUnauthorizedError() | TelegramNotFound():
            return ApiTrouble(Trouble.TOKEN)
        case _:
            return ApiTrouble(Trouble.NETWORK)


def too_big(error: AiogramError) -> bool:
    return isinstance(error, TelegramAPIError) and "too big" in error.message.lower()
