"""`zalo bot` asks Zalo itself, and says in a sentence what is wrong."""

import asyncio
import os
import sys
from pathlib import Path

from tests.fakes.zalo_bot import TOKEN, ZaloBotApi

ROOT = Path(__file__).parent.parent


async def command(folder: Path, **named: str) -> tuple[int, str]:
    env = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TINBAO_DATABASE_URL": f"sqlite:///{folder}/tinbao.db",
        "TINBAO_SEAL_KEY_FILE": str(folder / "keys.json"),
        **{f"TINBAO_ZALO_BOT_{name}": value for name, value in named.items()},
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "zalo", "bot"),
        cwd=folder,
        env=env,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    output, _ = await process.communicate()
    return process.returncode or 0, output.decode()


async def test_it_tells_what_zalo_says_and_never_the_token(tmp_path: Path) -> None:
    async with ZaloBotApi() as fake:
        fake.webhook = "https://old.example/hook"
        status, told = await command(tmp_path, TOKEN=TOKEN, API_BASE=fake.base_url)
        assert status == 0
        assert "«bot.fake»" in told
        for name in ("TOKEN", "MODE = polling", "SECRET (chưa đặt)", f"API_BASE = {fake.base_url}"):
            assert f"TINBAO_ZALO_BOT_{name}" in told
        assert "https://old.example/hook" in told
        fake.revoked = True
        status, told = await command(tmp_path, TOKEN=TOKEN, API_BASE=fake.base_url)
        assert status == 1
        assert "mã 401" in told
        assert TOKEN.partition(":")[2] not in told
    status, told = await command(tmp_path)
    assert (status, "TINBAO_ZALO_BOT_TOKEN" in told) == (1, True)
