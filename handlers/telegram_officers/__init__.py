"""The officers' Telegram bot, on python-telegram-bot."""
