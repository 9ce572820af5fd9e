"""The account that sends campaigns, on python-telegram-bot."""
