"""What `check` and `zalo status` tell of the bot on Zalo's Bot Platform."""

from datetime import datetime

from bot.domain.messages import Line
from bot.ports import UnitOfWork
from bot.services import withheld
from bot.settings import Settings


def explained(chosen: Settings) -> tuple[Line, ...]:
    """How the bot hears, and what is missing for those whose words Zalo keeps back; half settings end earlier."""
    if chosen.zalo_bot_token is None:
        return ()
    account = chosen.zalo_bot_token.get_secret_value().partition(":")[0]
    lines = [Line("zalo.bot.set", {"account": account, "mode": _mode(chosen)})]
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
