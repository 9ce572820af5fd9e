"""One catch-all per kind of update: translate, hear. No filters: aiogram runs each of them in a thread."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from aiogram import Dispatcher
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message, Update

from bot.domain.messages import Heard
from handlers.telegram_wire.heard.translate import Ear

Hear = Callable[[Heard], Awaitable[None]]


def dispatcher(
    ear: Ear, hear: Hear, tapped: Callable[[str], None], now: Callable[[], datetime]
) -> Dispatcher:
    """`hear` rises through (there is no error handler: it would turn a failure into a 200); no FSM."""
    root = Dispatcher(disable_fsm=True)

    @root.message()
    async def on_message(message: Message, event_update: Update) -> None:
        await _heard(ear.message(message, event_update.update_id))

    @root.edited_message()
    async def on_edited(message: Message, event_update: Update) -> None:
        await _heard(ear.message(message, event_update.update_id, edited=True))

    @root.callback_query()
    async def on_tap(query: CallbackQuery, event_update: Update) -> None:
        await _heard(ear.tap(query, event_update.update_id, now()))
        tapped(query.id)

    @root.my_chat_member()
    async def on_membership(change: ChatMemberUpdated, event_update: Update) -> None:
        await _heard(ear.membership(change, event_update.update_id))

    async def _heard(heard: Heard | None) -> None:
        if heard is not None:
            await hear(heard)

    return root
