"""The citizens' Telegram bot, on aiogram."""
