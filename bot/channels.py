"""Which channels this office has, and how each is wired; one function a channel, imported only if configured."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from aiohttp import web
from pydantic import SecretStr

from bot.domain.places import Gazetteer
from bot.ports import Channel, Traits
from bot.services.tools import Tools
from bot.settings import Settings
from handlers.gate import Gate
from handlers.web_wire.streams import Streams

if TYPE_CHECKING:
    from handlers.telegram_officers.channel import TelegramOfficers
    from handlers.telegram_public.channel import TelegramPublic
    from handlers.telegram_wire.service import Hearing


@dataclass(frozen=True, slots=True)
class Made:
    """A channel and the routes it offers to the one server."""

    channel: Channel
    routes: Sequence[web.AbstractRouteDef] = ()
    campaigner: Channel | None = None
    """Who sends the campaigns of this account, where it is not the channel itself."""


@dataclass(frozen=True, slots=True)
class Wiring:
    """What every channel may need."""

    settings: Settings
    gate: Gate
    tools: Tools
    gazetteer: Gazetteer
    streams: Streams

    @property
    def secure(self) -> bool:
        return self.settings.public_url.startswith("https://")


@dataclass(frozen=True, slots=True)
class Configured:
    """A channel that the settings ask for; its traits are known before it is made."""

    name: str
    traits: Traits
    make: Callable[[Wiring], Made]


def configured(settings: Settings) -> tuple[Configured, ...]:
    """The web pages always; each Telegram bot whose token is set."""
    found = [_web_chat(), _web_desk()]
    if settings.telegram_public_token is not None:
        found.append(_telegram_public(shared=settings.telegram_news_shares_public))
    if settings.telegram_officers_token is not None:
        found.append(_telegram_officers())
    if settings.telegram_news_token is not None:
        found.append(_telegram_news(paid=settings.telegram_news_paid))
    if settings.zalo_oa_account:
        found.append(_zalo_oa())
    if settings.zalo_bot_token is not None:
        found.append(_zalo_bot())
    return tuple(found)


def _web_chat() -> Configured:
    from handlers.web_chat import channel
    from handlers.web_chat.options import Chat, Options
    from handlers.web_chat.routes import PAGE, routes
    from handlers.web_wire.pages import Pages

    def make(wiring: Wiring) -> Made:
        chat = Chat(
            door=wiring.gate,
            pages=Pages(PAGE, wiring.tools.words),
            streams=wiring.streams,
            clock=wiring.gate.now,
            assess=wiring.tools.assess,
            options=Options(
                exit_url=wiring.settings.exit_url,
                secure=wiring.secure,
                demo=wiring.settings.demo,
                joins=joins(wiring.settings),
            ),
        )
        return Made(channel.WebChat(), routes(chat))

    return Configured(channel.NAME, channel.TRAITS, make)


def joins(settings: Settings) -> Mapping[str, str]:
    """Where people say yes to letters; "{code}" stands for what the poster says."""
    found = {}
    if settings.zalo_oa_account:
        found["zalo_oa"] = f"https://zalo.me/{settings.zalo_oa_account}"
    # a yes counts only at the bot that sends: Telegram lets no other write to whoever pressed "start"
    if settings.telegram_news_token is not None and settings.telegram_news_name:
        found["telegram_news"] = _telegram_link(settings.telegram_news_name)
    if settings.telegram_news_shares_public and settings.telegram_public_name:
        found["telegram_public"] = _telegram_link(settings.telegram_public_name)
    return found


def _telegram_link(bot: str) -> str:
    return f"https://t.me/{bot}?start={{code}}"


def _web_desk() -> Configured:
    from handlers.web_desk import channel
    from handlers.web_desk.desk import Desk
    from handlers.web_desk.routes import TEMPLATES, routes
    from handlers.web_wire.pages import Pages

    def make(wiring: Wiring) -> Made:
        desk = Desk(
            door=wiring.gate,
            tools=wiring.tools,
            pages=Pages(TEMPLATES, wiring.tools.words),
            streams=wiring.streams,
            clock=wiring.gate.now,
            communes=wiring.gazetteer.communes(wiring.settings.home_province),
            demo=wiring.settings.demo,
            secure=wiring.secure,
        )
        return Made(channel.WebDesk(), routes(desk))

    return Configured(channel.NAME, channel.TRAITS, make)


def _telegram_public(*, shared: bool) -> Configured:
    from handlers.telegram_public.channel import NAME, PATH, TelegramPublic
    from handlers.telegram_wire.traits import SHARING

    alone = _telegram(NAME, PATH, TelegramPublic, lambda settings: settings.telegram_public_token)
    if not shared:
        return alone

    def make(wiring: Wiring) -> Made:
        from handlers.telegram_news.channel import TelegramNews

        settings = wiring.settings
        campaigner = TelegramNews(
            _secret(settings.telegram_public_token),
            wiring.gate,
            wiring.tools.words,
            api_base=settings.telegram_api_base,
            traits=SHARING,
            listens=False,
            name=NAME,
        )
        return replace(alone.make(wiring), campaigner=campaigner)

    return Configured(NAME, SHARING, make)


def _telegram_news(*, paid: bool) -> Configured:
    from handlers.telegram_news.channel import NAME, PATH, TelegramNews
    from handlers.telegram_wire.traits import NEWS, PAID_PER_SECOND

    traits = replace(NEWS, per_second=PAID_PER_SECOND) if paid else NEWS

    def make(wiring: Wiring) -> Made:
        settings = wiring.settings
        channel = TelegramNews(
            _secret(settings.telegram_news_token),
            wiring.gate,
            wiring.tools.words,
            api_base=settings.telegram_api_base,
            hearing=_hearing(settings, PATH),
            traits=traits,
            paid=paid,
        )
        return Made(channel, channel.routes())

    return Configured(NAME, traits, make)


def _telegram_officers() -> Configured:
    from handlers.telegram_officers.channel import NAME, PATH, TelegramOfficers

    return _telegram(NAME, PATH, TelegramOfficers, lambda settings: settings.telegram_officers_token)


def _telegram(
    name: str,
    path: str,
    bot: "type[TelegramPublic] | type[TelegramOfficers]",
    token: Callable[[Settings], SecretStr | None],
) -> Configured:
    """Both bots are wired alike, whichever library speaks."""
    from handlers.telegram_wire.traits import TELEGRAM

    def make(wiring: Wiring) -> Made:
        settings = wiring.settings
        channel = bot(
            _secret(token(settings)),
            wiring.gate,
            wiring.tools.words,
            api_base=settings.telegram_api_base,
            hearing=_hearing(settings, path),
        )
        return Made(channel, channel.routes())

    return Configured(name, TELEGRAM, make)


def _zalo_oa() -> Configured:
    from handlers.zalo_oa.channel import ZaloOa
    from handlers.zalo_oa.traits import NAME, ZALO_OA
    from handlers.zalo_oa.webhook import Webhook
    from handlers.zalo_oa.wiring import account_of, signed_with

    def make(wiring: Wiring) -> Made:
        account = account_of(wiring.settings, wiring.gate.now())
        heard = Webhook(wiring.gate, signed_with(wiring.settings), account.oa_id)
        channel = ZaloOa(account, wiring.gate, wiring.tools, routes=heard.routes())
        return Made(channel, channel.routes())

    return Configured(NAME, ZALO_OA, make)


def _zalo_bot() -> Configured:
    from handlers.zalo_bot.channel import PATH, ZaloBot
    from handlers.zalo_bot.heard import NAME
    from handlers.zalo_bot.pictures import Pictures
    from handlers.zalo_bot.service import Hearing, Mode
    from handlers.zalo_bot.traits import ZALO_BOT
    from handlers.zalo_wire.media import rules_of

    def make(wiring: Wiring) -> Made:
        settings, secret = wiring.settings, _secret(wiring.settings.zalo_bot_secret)
        channel = ZaloBot(
            _secret(settings.zalo_bot_token),
            wiring.gate,
            api_base=settings.zalo_bot_api_base,
            hearing=Hearing(Mode(settings.zalo_bot_mode), settings.public_url.rstrip("/") + PATH, secret),
            media=rules_of(settings.zalo_media_hosts, settings.zalo_bot_api_base),
            pictures=Pictures(wiring.gate.look, settings.public_url) if wiring.secure else None,
            count=wiring.gate.pulse.count,
        )
        return Made(channel, channel.routes())

    return Configured(NAME, ZALO_BOT, make)


def _hearing(settings: Settings, path: str) -> "Hearing":
    from handlers.telegram_wire.service import Hearing, Mode

    secret = _secret(settings.telegram_webhook_secret)
    return Hearing(Mode(settings.telegram_mode), settings.public_url.rstrip("/") + path, secret)


def _secret(value: SecretStr | None) -> str:
    return "" if value is None else value.get_secret_value()
