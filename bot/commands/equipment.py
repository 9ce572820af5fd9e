"""What is switched on, as `check` tells it: channels, the address people reach, who could send campaigns."""

from collections import Counter
from collections.abc import Iterator, Mapping

from bot.channels import configured, joins
from bot.domain.messages import Line
from bot.domain.officers import Roster
from bot.settings import Settings

SWITCHES: Mapping[str, str] = {
    "telegram_officers": "TINBAO_TELEGRAM_OFFICERS_TOKEN",
    "zalo_oa": "TINBAO_ZALO_OA_…",
    "zalo_bot": "TINBAO_ZALO_BOT_TOKEN",
}
"""What switches on a channel that officers.csv may name."""
NAMES: Mapping[str, str] = {
    "telegram_news": "TINBAO_TELEGRAM_NEWS_NAME",
    "telegram_public": "TINBAO_TELEGRAM_PUBLIC_NAME",
}
"""What a poster needs to lead to a bot."""


def explained(chosen: Settings, roster: Roster) -> Iterator[Line]:
    """Cautions, not holes: whether everybody is reached is checked by addresses."""
    channels = configured(chosen)
    on = {one.name for one in channels}
    yield Line("program.channels", {"names": ", ".join(sorted(on))})
    named = Counter(channel for officer in roster.officers for channel in officer.channels)
    for channel, setting in SWITCHES.items():
        if named[channel] and channel not in on:
            values: dict[str, str | int | Line] = {"count": named[channel], "channel": channel}
            yield Line("program.channel_off", {**values, "setting": setting})
    if not chosen.public_url.startswith("https://"):
        yield Line("program.local_address", {"url": chosen.public_url})
    senders = [one.name for one in channels if not one.traits.pull and one.traits.campaign_share]
    senders = [name for name in senders if name != "telegram_officers"]
    if not senders:
        yield Line("program.no_sender")
    elif missing := [NAMES[name] for name in senders if name in NAMES and name not in joins(chosen)]:
        yield Line("program.poster_nowhere", {"setting": ", ".join(missing)})
