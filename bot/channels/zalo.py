"""Zalo: the Official Account and the bot."""

from bot.channels.shapes import Configured, Made, Wiring, secret


def zalo_oa() -> Configured:
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


def zalo_bot() -> Configured:
    from handlers.hearing import Hearing, Mode
    from handlers.zalo_bot.channel import PATH, ZaloBot
    from handlers.zalo_bot.heard import NAME
    from handlers.zalo_bot.pictures import Pictures
    from handlers.zalo_bot.traits import ZALO_BOT
    from handlers.zalo_wire.media import rules_of

    def make(wiring: Wiring) -> Made:
        settings = wiring.settings
        channel = ZaloBot(
            secret(settings.zalo_bot_token),
            wiring.gate,
            api_base=settings.zalo_bot_api_base,
            hearing=Hearing(
                Mode(settings.zalo_bot_mode),
                settings.public_url.rstrip("/") + PATH,
                secret(settings.zalo_bot_secret),
            ),
            media=rules_of(settings.zalo_media_hosts, settings.zalo_bot_api_base),
            pictures=Pictures(wiring.gate.look, settings.public_url) if wiring.secure else None,
            count=wiring.gate.pulse.count,
        )
        return Made(channel, channel.routes())

    return Configured(NAME, ZALO_BOT, make)
