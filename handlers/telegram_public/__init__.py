"""The citizens' Telegram bot, on aiogram."""

from handlers.telegram_public import library

library.load()
