"""The office's own pages: the citizens' chat, the officers' desk."""

from collections.abc import Mapping

from bot.channels.shapes import Configured, Made, Wiring
from bot.settings import Settings


def web_chat() -> Configured:
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


def web_desk() -> Configured:
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
