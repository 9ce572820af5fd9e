"""One frozen settings object; nothing else reads the environment, and secrets do not print."""

import os
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import SettingsConfigDict

from bot.server_address import fault_of
from bot.settings_zalo import ZaloOaSettings
from bot.settings_zalo_bot import ZaloBotSettings

PREFIX = "TINBAO_"
TESTS = "TINBAO_TESTS_"
"""Names that steer the project's own tests, not the hotline."""
EXTRA = "extra_forbidden"
"""What pydantic calls a name that it does not know."""
DATABASES = ("sqlite://", "postgresql://", "postgresql+psycopg://")


class Settings(ZaloOaSettings, ZaloBotSettings):
    """Everything an office sets; each name is an environment variable with the prefix TINBAO_."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        env_file_encoding="utf-8",
        extra="forbid",
        frozen=True,
        regex_engine="python-re",  # the other builds 4 MB of tables for a handful of patterns
    )

    database_url: str = Field("sqlite:///var/tinbao.db", repr=False)
    """sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"""
    seal_key_file: Path = Path("var/keys.json")
    """Keys that seal what people write; outside the database, in no backup that holds the database."""
    files_dir: Path = Path("var/files")
    """Sealed originals of photos and recordings."""
    public_url: str = "http://127.0.0.1:8080"
    """Where people's browsers reach the web pages."""
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=0, le=65535)
    http_connections: int = Field(2_000, ge=20, le=100_000)
    """Open at once; beyond that pages say whom to call and wait, reports are always taken."""
    home_province: str = Field("66", pattern=r"^\d{2}\Z")
    """Two-digit code of the office's province (Quyết định 19/2025/QĐ-TTg)."""
    exit_url: str = "https://www.google.com/search?q=th%E1%BB%9Di+ti%E1%BA%BFt"
    """Where the quick-exit button of the chat page leads."""
    desk_idle_minutes: int = Field(30, ge=1, le=24 * 60)
    """A device session on the desk ends after this long without use."""

    telegram_api_base: str = "https://api.telegram.org"
    telegram_public_token: SecretStr | None = None
    telegram_officers_token: SecretStr | None = None
    telegram_news_token: SecretStr | None = None
    """Of the account that sends campaigns."""
    telegram_news_shares_public: bool = False
    """No such account: the public bot sends them too, at half its rate."""
    telegram_news_paid: bool = False
    """Campaigns go out at up to 1,000 a second, which costs the office 0.1 Telegram Stars each beyond 30."""
    telegram_mode: Literal["polling", "webhook"] = "polling"
    telegram_webhook_secret: SecretStr | None = None
    telegram_public_name: str = Field("", pattern=r"^\w{0,32}\Z")
    """The citizens' bot's user name without @: posters lead to it where it sends campaigns."""
    telegram_news_name: str = Field("", pattern=r"^\w{0,32}\Z")
    """The campaigns' bot's user name without @: posters lead to it."""

    second_reader_url: str = Field("", repr=False)
    """OpenAI-compatible address of a model server of the office's own, in Vietnam; empty: no second reader."""
    second_reader_model: str = ""
    second_reader_key: SecretStr | None = None
    second_reader_seconds: float = Field(30.0, gt=0, le=600)
    """Longest wait for one answer."""

    demo: bool = False
    """Set by `python -m bot demo` only: log-in without a password."""

    @field_validator("database_url")
    @classmethod
    def _database_is_known(cls, url: str) -> str:
        if url.startswith(DATABASES):
            return url
        raise ValueError("must be sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME")

    @field_validator("public_url")
    @classmethod
    def _pages_have_an_address(cls, url: str) -> str:
        if url.startswith(("http://", "https://")):
            return url
        raise ValueError("must be the whole address of the pages, such as https://baotin.example.vn")

    @field_validator("telegram_public_token", "telegram_officers_token", "telegram_news_token")
    @classmethod
    def _telegram_token_is_one(cls, token: SecretStr | None) -> SecretStr | None:
        number, colon, key = ("1", ":", "x") if token is None else token.get_secret_value().partition(":")
        if number.isascii() and number.isdecimal() and colon and key and key == key.strip():
            return token
        raise ValueError("must be a bot's token as BotFather gives it: number, colon, key")

    @model_validator(mode="after")
    def _webhook_is_whole(self) -> Self:
        if self.telegram_mode == "webhook":
            if self.telegram_webhook_secret is None:
                raise ValueError("TINBAO_TELEGRAM_WEBHOOK_SECRET is needed when TINBAO_TELEGRAM_MODE=webhook")
            if not self.public_url.startswith("https://"):
                raise ValueError(
                    "TINBAO_PUBLIC_URL must start with https:// when TINBAO_TELEGRAM_MODE=webhook"
                )
        return self

    @model_validator(mode="after")
    def _second_reader_is_whole(self) -> Self:
        if not self.second_reader_url:
            if self.second_reader_model or self.second_reader_key is not None:
                raise ValueError("TINBAO_SECOND_READER_URL is needed for a second reader")
            return self
        if fault := fault_of(self.second_reader_url):
            raise ValueError(f"TINBAO_SECOND_READER_URL {fault}")
        if not self.second_reader_model.strip():
            raise ValueError("TINBAO_SECOND_READER_MODEL is needed when TINBAO_SECOND_READER_URL is set")
        return self

    @model_validator(mode="after")
    def _telegram_tokens_differ(self) -> Self:
        bots = (self.telegram_public_token, self.telegram_officers_token, self.telegram_news_token)
        tokens = [t.get_secret_value() for t in bots if t]
        if len(set(tokens)) != len(tokens):
            raise ValueError(
                "TINBAO_TELEGRAM_PUBLIC_TOKEN and TINBAO_TELEGRAM_OFFICERS_TOKEN must be two bots, "
                "and TINBAO_TELEGRAM_NEWS_TOKEN a third: one token has one reader "
                "(TINBAO_TELEGRAM_NEWS_SHARES_PUBLIC=true lets the public bot send campaigns)"
            )
        return self

    @model_validator(mode="after")
    def _news_has_one_bot(self) -> Self:
        if self.telegram_news_shares_public:
            if self.telegram_news_token is not None:
                raise ValueError(
                    "TINBAO_TELEGRAM_NEWS_SHARES_PUBLIC is for an office without TINBAO_TELEGRAM_NEWS_TOKEN: "
                    "set one of them"
                )
            if self.telegram_public_token is None:
                raise ValueError("TINBAO_TELEGRAM_NEWS_SHARES_PUBLIC needs TINBAO_TELEGRAM_PUBLIC_TOKEN")
        if self.telegram_news_paid and self.telegram_news_token is None:
            raise ValueError("TINBAO_TELEGRAM_NEWS_PAID needs TINBAO_TELEGRAM_NEWS_TOKEN")
        return self


class BadSettings(ValueError):
    """Settings that are missing or wrong: the message says which and what they should be."""


def load(**given: object) -> Settings:
    """Read the environment and `.env`; raises BadSettings with a line for each setting that is wrong."""
    unknown = _unknown_names()
    if unknown:
        raise BadSettings("\n".join(unknown))
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        told = (
            _stranger(e["loc"]) if e["type"] == EXTRA else _explain(e["loc"], e["msg"])
            for e in error.errors()
        )
        raise BadSettings("\n".join(told)) from None


def _unknown_names() -> list[str]:
    """A setting with a slip in its name must not be silently without effect."""
    # a log-in without a password is a command of its own, never something left over in an environment
    known = _known()
    strangers = sorted(
        n for n in os.environ if n.startswith(PREFIX) and n not in known and not n.startswith(TESTS)
    )
    return [f"{name}: no such setting{_meant(name, known)}" for name in strangers]


def _known() -> set[str]:
    return {PREFIX + name.upper() for name in Settings.model_fields if name != "demo"}


def _meant(name: str, known: set[str]) -> str:
    close = get_close_matches(name, known, n=1)
    return f"; did you mean {close[0]}?" if close else ""


def _stranger(place: tuple[int | str, ...]) -> str:
    """A name of the file `.env` that means nothing."""
    name = str(place[0]).upper()
    return f"{name} (.env): no such setting{_meant(name, _known())}"


def _explain(place: tuple[int | str, ...], message: str) -> str:
    name = f"TINBAO_{str(place[0]).upper()}: " if place else ""
    return name + message.removeprefix("Value error, ")
