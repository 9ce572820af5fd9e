"""The Telegram bots: the citizens', the officers', and the one that sends campaigns."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot.channels.shapes import Configured, Made, Wiring, secret
from bot.settings import Settings

if TYPE_CHECKING:
    from handlers.hearing import Hearing
    from handlers.telegram_officers.channel import TelegramOfficers
    from handlers.telegram_public.channel import TelegramPublic


def telegram_public(*, shared: bool) -> Configured:
    from handlers.telegram_public.channel import NAME, PATH, TelegramPublic
    from handlers.telegram_wire.traits import SHARING

    def public(wiring: Wiring, token: str, hearing: "Hearing") -> TelegramPublic:
        api_base = wiring.settings.telegram_api_base
        return TelegramPublic(token, wiring.gate, wiring.tools.words, api_base=api_base, hearing=hearing)

    alone = _telegram(NAME, PATH, public, lambda settings: settings.telegram_public_token)
    if not shared:
        return alone

    def make(wiring: Wiring) -> Made:
        from handlers.telegram_news.channel import TelegramNews

        settings = wiring.settings
        campaigner = TelegramNews(
            secret(settings.telegram_public_token),
            wiring.gate,
            wiring.tools.words,
            api_base=settings.telegram_api_base,
            traits=SHARING,
            listens=False,
            name=NAME,
        )
        return replace(alone.make(wiring), campaigner=campaigner)

    return Configured(NAME, SHARING, make)


def telegram_news(*, paid: bool) -> Configured:
    from handlers.telegram_news.channel import NAME, PATH, TelegramNews
    from handlers.telegram_wire.traits import NEWS, PAID_PER_SECOND

    traits = replace(NEWS, per_second=PAID_PER_SECOND) if paid else NEWS

    def make(wiring: Wiring) -> Made:
        settings = wiring.settings
        channel = TelegramNews(
            secret(settings.telegram_news_token),
            wiring.gate,
            wiring.tools.words,
            api_base=settings.telegram_api_base,
            hearing=_hearing(settings, PATH),
            traits=traits,
            paid=paid,
        )
        return Made(channel, channel.routes())

    return Configured(NAME, traits, make)


def telegram_officers() -> Configured:
    from handlers.telegram_officers.channel import NAME, PATH, TelegramOfficers

    def officers(wiring: Wiring, token: str, hearing: "Hearing") -> TelegramOfficers:
        api_base = wiring.settings.telegram_api_base
        gate, words = wiring.gate, wiring.tools.words
        return TelegramOfficers(token, gate, words, api_base=api_base, hearing=hearing, shelf=gate)

    return _telegram(NAME, PATH, officers, lambda settings: settings.telegram_officers_token)


def _telegram(
    name: str,
    path: str,
    bot: "Callable[[Wiring, str, Hearing], TelegramPublic | TelegramOfficers]",
    token: Callable[[Settings], SecretStr | None],
) -> Configured:
    """Both bots are wired alike, whichever library speaks."""
    from handlers.telegram_wire.traits import TELEGRAM

    def make(wiring: Wiring) -> Made:
        settings = wiring.settings
        channel = bot(wiring, secret(token(settings)), _hearing(settings, path))
        return Made(channel, channel.routes())

    return Configured(name, TELEGRAM, make)


def _hearing(settings: Settings, path: str) -> "Hearing":
    from handlers.hearing import Hearing, Mode

    return Hearing(
        Mode(settings.telegram_mode),
        settings.public_url.rstrip("/") + path,
        secret(settings.telegram_webhook_secret),
    )
