"""The bot on Zalo's Bot Platform as its administrator sees it: `zalo bot`, its part of `check` and `zalo status`."""

import asyncio
from datetime import datetime

import typer

from bot.app import office, wall_clock
from bot.commands.console import say, settings
from bot.commands.zalo_settings import SET, UNSET
from bot.domain.messages import Line
from bot.ports import UnitOfWork
from bot.services.intake import withheld
from bot.settings import Settings


def explained(chosen: Settings) -> tuple[Line, ...]:
    """How the bot hears, and what is missing for those whose words Zalo keeps back; half settings end earlier."""
    if chosen.zalo_bot_token is None:
        return (Line("zalo.bot.off"),)
    account = chosen.zalo_bot_token.get_secret_value().partition(":")[0]
    own = {
        "mode": chosen.zalo_bot_mode,
        "secret": UNSET if chosen.zalo_bot_secret is None else SET,
        "base": chosen.zalo_bot_api_base,
    }
    lines = [
        Line("zalo.bot.set", {"account": account, "mode": _mode(chosen)}),
        Line("zalo.bot.settings", own),
    ]
    if not chosen.zalo_oa_account:
        lines.append(Line("zalo.bot.no_other_way", {"web": chosen.public_url}))
    return tuple(lines)


def _mode(chosen: Settings) -> Line:
    if chosen.zalo_bot_mode == "polling":
        return Line("zalo.bot.polling")
    from handlers.zalo_bot.channel import PATH

    return Line("zalo.bot.webhook", {"url": chosen.public_url.rstrip("/") + PATH})


def figures(uow: UnitOfWork, chosen: Settings, now: datetime) -> tuple[Line, ...]:
    """How much Zalo kept back lately."""
    if chosen.zalo_bot_token is None:
        return ()
    from handlers.zalo_bot.heard import NAME

    count = withheld.on(uow, NAME, now)
    return (Line("zalo.bot.withheld", {"count": count, "days": withheld.DAYS}),)


def check() -> None:
    """Ask Zalo itself: does it know the bot, and where does it send what people write?"""
    chosen = settings()
    if chosen.zalo_bot_token is None:
        say(Line("zalo.bot.off"))
        raise typer.Exit(1)
    with office(chosen) as known:
        kept_back = known.store.read(lambda uow: figures(uow, chosen, wall_clock()))
    answer, wrong = asyncio.run(_asked(chosen, chosen.zalo_bot_token.get_secret_value()))
    say(*explained(chosen), *kept_back, answer)
    raise typer.Exit(1 if wrong else 0)


async def _asked(chosen: Settings, token: str) -> tuple[Line, bool]:
    """What Zalo answers, and whether something is wrong."""
    from handlers.zalo_bot.client import Client, Refusal

    client = Client(token, chosen.zalo_bot_api_base)
    try:
        name = str((await client.me()).get("account_name") or "?")
        url = await client.webhook_url()
    except Refusal as refused:
        return Line("zalo.bot.failed", {"base": chosen.zalo_bot_api_base, "code": refused.code}), True
    finally:
        await client.close()
    if chosen.zalo_bot_mode == "polling" and url:
        return Line("zalo.bot.elsewhere", {"name": name, "url": url}), False
    return Line("zalo.bot.known", {"name": name}), False
