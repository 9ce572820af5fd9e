"""Settings of the measured programs, and the folder with their databases."""

import shutil
from pathlib import Path

from tests.bench.child import ROOT

FOLDER = ROOT / "var" / "bench"
PUBLIC = "700001:FAKE-public_token_for_bench"
OFFICERS = "700002:FAKE-officers_token_for_bench"
NEWS = "700003:FAKE-news_token_for_the_bench"
SECRET = "bench_secret"
ACCOUNT = "700001"


def fresh(name: str) -> Path:
    """An empty folder for one program's database, keys and files."""
    folder = FOLDER / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def environment(folder: Path, port: int = 0) -> dict[str, str]:
    """Of an office without Telegram."""
    return {
        "TINBAO_DATABASE_URL": f"sqlite:///{folder / 'tinbao.db'}",
        "TINBAO_SEAL_KEY_FILE": str(folder / "keys.json"),
        "TINBAO_FILES_DIR": str(folder / "files"),
        "TINBAO_HTTP_PORT": str(port),
    }


def with_news(folder: Path, api: str) -> dict[str, str]:
    """Of an office with the account that sends campaigns too."""
    return with_bots(folder, api) | {"TINBAO_TELEGRAM_NEWS_TOKEN": NEWS}


def with_bots(folder: Path, api: str, mode: str = "webhook") -> dict[str, str]:
    """Of an office with both bots."""
    return environment(folder) | {
        "TINBAO_TELEGRAM_API_BASE": api,
        "TINBAO_TELEGRAM_PUBLIC_TOKEN": PUBLIC,
        "TINBAO_TELEGRAM_OFFICERS_TOKEN": OFFICERS,
        "TINBAO_TELEGRAM_MODE": mode,
        "TINBAO_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "TINBAO_PUBLIC_URL": "https://bench.example",
    }
