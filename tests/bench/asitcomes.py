"""What our outbox is measured against: python-telegram-bot as it comes, sending from memory, 24 at a time."""

import asyncio
import sys
import time
from collections.abc import Iterator

from telegram import Bot
from telegram.ext import AIORateLimiter, ApplicationBuilder

AT_ONCE = 24
TEXT = "Vụ 12 · khẩn cấp · bạo lực · Xã Ea Kao, Tỉnh Đắk Lắk\n\nCòn 11 giờ 30 phút (từ 08:15 22/11)."


async def send(api: str, token: str, letters: str) -> None:
    limiter = AIORateLimiter(overall_max_rate=100_000, max_retries=0)
    application = ApplicationBuilder().token(token).base_url(f"{api}/bot").rate_limiter(limiter).build()
    async with application.bot as bot:
        waiting = iter(range(int(letters)))
        await _some(bot, iter(range(AT_ONCE)))  # connections open, code warm
        start = time.perf_counter()
        await asyncio.gather(*(_some(bot, waiting) for _ in range(AT_ONCE)))
        print(f"{time.perf_counter() - start:.6f}", flush=True)  # noqa: T201


async def _some(bot: Bot, waiting: Iterator[int]) -> None:
    for number in waiting:
        await bot.send_message(5_000_000 + number, f"{number}. {TEXT}")


if __name__ == "__main__":
    asyncio.run(send(*sys.argv[1:]))
