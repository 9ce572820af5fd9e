"""What an office sets for a bot on Zalo's Bot Platform; half of it is refused with the name of what is missing."""

from typing import Literal, Self

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET, LONGEST_SECRET = 8, 256
"""Characters; what Zalo's setWebhook takes."""


class ZaloBotSettings(BaseSettings):
    """The Zalo bot; the environment's names are these with TINBAO_ before them."""

    model_config = SettingsConfigDict(regex_engine="python-re")

    zalo_bot_token: SecretStr | None = None
    """As Zalo's "Zalo Bot Manager" gave it: number, colon, key."""
    zalo_bot_mode: Literal["polling", "webhook"] = "polling"
    """Polling needs no public address, but each message is handed over once only: webhook in earnest."""
    zalo_bot_secret: SecretStr | None = None
    """Comes with every call of the webhook; 8 to 256 characters that the office makes up."""
    zalo_bot_api_base: str = Field("https://bot-api.zaloplatforms.com", pattern=r"^https?://[^/]+$")
    """An older address of Zalo's is https://bot-api.zapps.me."""

    @model_validator(mode="after")
    def _zalo_bot_token_is_one(self) -> Self:
        if self.zalo_bot_token is None:
            if self.zalo_bot_secret is not None or self.zalo_bot_mode == "webhook":
                raise ValueError("TINBAO_ZALO_BOT_TOKEN is missing: the bot's token, number:key")
            return self
        number, colon, key = self.zalo_bot_token.get_secret_value().partition(":")
        if not (number.isascii() and number.isdecimal() and colon and key.strip() == key and key):
            raise ValueError("TINBAO_ZALO_BOT_TOKEN must be the bot's number, a colon and its key")
        return self

    @model_validator(mode="after")
    def _zalo_bot_webhook_is_whole(self) -> Self:
        if self.zalo_bot_mode != "webhook":
            return self
        secret = "" if self.zalo_bot_secret is None else self.zalo_bot_secret.get_secret_value()
        if not SHORTEST_SECRET <= len(secret) <= LONGEST_SECRET or not secret.isascii():
            raise ValueError(
                f"TINBAO_ZALO_BOT_SECRET must be {SHORTEST_SECRET} to {LONGEST_SECRET} plain characters "
                "when TINBAO_ZALO_BOT_MODE=webhook"
            )
        if not str(getattr(self, "public_url", "")).startswith("https://"):
            raise ValueError("TINBAO_PUBLIC_URL must start with https:// when TINBAO_ZALO_BOT_MODE=webhook")
        return self
