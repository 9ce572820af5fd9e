"""Which channels this office has, and how each is wired; one function a channel, imported only if configured."""

from bot.channels import telegram, web, zalo
from bot.channels.shapes import Configured, Made, Wiring
from bot.channels.web import joins
from bot.settings import Settings

__all__ = ["Configured", "Made", "Wiring", "configured", "joins"]


def configured(settings: Settings) -> tuple[Configured, ...]:
    """The web pages always; each bot and account that is set."""
    found = [web.web_chat(), web.web_desk()]
    if settings.telegram_public_token is not None:
        found.append(telegram.telegram_public(shared=settings.telegram_news_shares_public))
    if settings.telegram_officers_token is not None:
        found.append(telegram.telegram_officers())
    if settings.telegram_news_token is not None:
        found.append(telegram.telegram_news(paid=settings.telegram_news_paid))
    if settings.zalo_oa_account:
        found.append(zalo.zalo_oa())
    if settings.zalo_bot_token is not None:
        found.append(zalo.zalo_bot())
    return tuple(found)
