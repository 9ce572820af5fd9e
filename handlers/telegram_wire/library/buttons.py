"""Keyboards as python-telegram-bot wants them."""

from telegram import (
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
        key = KeyboardButton(message.location, request_location=True)
        return ReplyKeyboardMarkup([[key]], resize_keyboard=True, one_time_keyboard=True)
    if message.buttons:
        return InlineKeyboardMarkup([[_button(button) for button in row] for row in message.buttons])
    return ReplyKeyboardRemove()


def _button(button: Button) -> InlineKeyboardButton:
    if button.url:
        return InlineKeyboardButton(button.text, url=button.url)
    return InlineKeyboardButton(button.text, callback_data=button.tap)
