"""A Bot API on loopback for aiogram and python-telegram-bot alike: its updates, its rules, its faults."""

from tests.fakes.bot_api.account import Account, Sent
from tests.fakes.bot_api.faults import Cut, Fault, Limits
from tests.fakes.bot_api.people import JPEG, Person
from tests.fakes.bot_api.server import TOKEN, BotApi

__all__ = ["JPEG", "TOKEN", "Account", "BotApi", "Cut", "Fault", "Limits", "Person", "Sent"]
