"""What ours is measured against: a bare aiogram bot, webhook, FSM in memory, that answers through the API."""

import asyncio
import signal
import sys

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart, StateFilter
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

router = Router()


class Report(StatesGroup):
    what = State()
    where = State()


@router.message(CommandStart())
async def on_start(message: Message, state: FSMContext) -> None:
    await state.set_state(Report.what)
    await message.answer("Chào bạn. Chuyện gì đã xảy ra?")


@router.message(StateFilter(Report.where), F.text)
async def on_where(message: Message, state: FSMContext) -> None:
    await state.update_data(where=message.text)
    await state.set_state(Report.what)
    await message.answer("Chúng tôi đã nhận. Bạn còn muốn nói gì thêm không?")


@router.message(F.text)
async def on_what(message: Message, state: FSMContext) -> None:
    await state.update_data(what=message.text)
    await state.set_state(Report.where)
    await message.answer("Chuyện này xảy ra ở đâu?")


async def serve(api: str, token: str, secret: str) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    dispatcher = Dispatcher(storage=MemoryStorage())
    dispatcher.include_router(router)
    application = web.Application()
    handler = SimpleRequestHandler(dispatcher, bot, handle_in_background=False, secret_token=secret)
    handler.register(application, path="/telegram/public")
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    print(f"ready {runner.addresses[0][1]}", flush=True)  # noqa: T201
    await stop.wait()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
