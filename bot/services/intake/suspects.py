"""What came to a webhook and may not be ours: shut away for a human, who is told; and repeats that run out."""

from datetime import datetime

from bot.domain.messages import Line
from bot.ports import Put, Suspect, UnitOfWork
from bot.services.duty import alarms
from bot.services.tools import Tools

SIGNATURE, UNREAD, OTHER_ACCOUNT = "signature", "unread", "other_account"
"""Why: nobody of ours signed it; it was signed, and could not be taken however often it came; it was for another
account of the platform, and which is ours may be set wrong."""


def shut_away(uow: UnitOfWork, tools: Tools, channel: str, suspect: Suspect, why: str, now: datetime) -> Put:
    """Seal it and tell the office: with a wrong secret these are people's reports."""
    put = uow.quarantine.put(channel, suspect, why, now)
    if put is Put.FULL:
        line = Line("alarm.quarantine_full", {"channel": channel})
        alarms.raise_alarm(uow, tools, f"{channel}.quarantine", line, now, avoid=channel)
    elif why == OTHER_ACCOUNT:
        elsewhere(uow, tools, channel, now)
    else:
        line = Line("alarm.suspects" if why == SIGNATURE else "alarm.unread", {"channel": channel})
        alarms.raise_alarm(uow, tools, f"{channel}.{why}", line, now, avoid=channel)
    return put


def elsewhere(uow: UnitOfWork, tools: Tools, channel: str, now: datetime) -> None:
    """What people say to another account of the platform comes here: a human has to part the two."""
    line = Line("alarm.other_account", {"channel": channel})
    alarms.raise_alarm(uow, tools, f"{channel}.{OTHER_ACCOUNT}", line, now, avoid=channel)


def repeated(uow: UnitOfWork, tools: Tools, channel: str, now: datetime) -> None:
    """A platform is about to give up on our webhook: only a human can switch it on again."""
    alarms.raise_alarm(
        uow, tools, f"{channel}.retries", Line("alarm.retries", {"channel": channel}), now, avoid=channel
    )


def mended(uow: UnitOfWork, channel: str) -> None:
    """Nothing is left in there: the alarms are over."""
    for why in (SIGNATURE, UNREAD, OTHER_ACCOUNT, "quarantine"):
        alarms.over(uow, f"{channel}.{why}")
