"""Every channel on its fake platform, told apart by nothing but what it declares."""

from tests.handlers.rigs.rig import Rig, Shown, Went
from tests.handlers.rigs.telegram import telegram_news, telegram_officers, telegram_public
from tests.handlers.rigs.web import web_chat, web_desk
from tests.handlers.rigs.zalo import zalo_bot, zalo_oa

RIGS = {
    rig.__name__: rig
    for rig in (
        telegram_news,
        telegram_officers,
        telegram_public,
        web_chat,
        web_desk,
        zalo_bot,
        zalo_oa,
    )
}
"""By the channel's folder; whoever adds a channel adds its rig."""

__all__ = ["RIGS", "Rig", "Shown", "Went"]
