"""Keyboards as aiogram wants them."""

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
)

from bot.domain.messages import Button
from handlers.telegram_wire.letters.plan import Message

Markup = InlineKeyboardMarkup | ReplyKeyboardMarkup | ReplyKeyboardRemove


def markup(message: Message) -> Markup:
    """The message's keyboard; without one, an old location button is put away."""
    if message.location:
        key = KeyboardButton(text=message.location, request_location=True)
        return ReplyKeyboardMarkup(keyboard=[[key]], resize_keyboard=True, one_time_keyboard=True)
    if message.buttons:
        return InlineKeyboardMarkup(inline_keyboard=[[_button(b) for b in row] for row in message.buttons])
    return ReplyKeyboardRemove(remove_keyboard=True)


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(text=button.text, url=button.url)
    return InlineKeyboardButton(text=button.text, callback_data=button.tap)
