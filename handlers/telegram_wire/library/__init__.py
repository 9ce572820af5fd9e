"""python-telegram-bot as the accounts that use it have it in common."""
