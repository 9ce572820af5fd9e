"""What Zalo itself answers when it is asked for the account, and what each setting of it is for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.app import Office, wall_clock
from bot.commands.zalo_settings import setting_lines
from bot.domain.messages import Line
from bot.settings import Settings
from bot.settings_zalo import NEEDED

if TYPE_CHECKING:
    from handlers.books import Books
    from handlers.zalo_oa.api.client import Failed

OWN_QUOTA: Mapping[str, str] = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}
_WHY: Mapping[str, Line] = {
    "renew": Line("zalo.check.why.token"),
    "try_again": Line("zalo.check.why.unreachable"),
    "slow_down": Line("zalo.check.why.slow_down"),
    "quota": Line("zalo.check.why.quota"),
    "human": Line("zalo.check.why.account"),
}
"""By `handlers.zalo_oa.api.errors.Fault`."""


async def checked(chosen: Settings, known: Office, books: "Books") -> tuple[tuple[Line, ...], int]:
    """What Zalo answers, and how much is wrong; without a token it is not asked."""
    if not _has_token(chosen, known):
        return (Line("zalo.check.no_token"), *explained(chosen)), 1
    from handlers.zalo_oa.api.client import Answered
    from handlers.zalo_oa.channel import ZaloOa
    from handlers.zalo_oa.wiring import account_of

    channel = ZaloOa(account_of(chosen, wall_clock()), books, known.tools)
    try:
        account = await channel.client.get("/v2.0/oa/getoa")
        quota = await channel.client.post("/v3.0/oa/quota/message", dict(OWN_QUOTA))
    finally:
        await channel.close()
    asked = (("getoa", account, _account_line), ("quota", quota, _quota_line))
    lines = [
        told(answer.data) if isinstance(answer, Answered) else _failed(what, answer)
        for what, answer, told in asked
    ]
    wrong = sum(not isinstance(answer, Answered) for _, answer, _ in asked)
    return (*lines, *explained(chosen)), wrong


def _has_token(chosen: Settings, known: Office) -> bool:
    """A pair is stored, or a first one stands in the settings."""
    from handlers.zalo_oa.traits import NAME

    row = known.store.read(lambda uow: uow.tokens.get(NAME, chosen.zalo_oa_account))
    return row is not None or chosen.zalo_oa_refresh_token is not None


def _failed(what: str, answer: "Failed") -> Line:
    """A code is Zalo's own; without one it was not Zalo who said no."""
    why = _WHY.get(answer.fault.value, Line("zalo.check.why.other"))
    if not answer.code:
        return Line("zalo.check.unanswered", {"what": what, "why": why})
    return Line("zalo.check.failed", {"what": what, "code": answer.code, "why": why})


def _account_line(data: Mapping[str, Any]) -> Line:
    return Line("zalo.check.oa", {"name": str(data.get("name") or data.get("oa_name") or "?")})


def _quota_line(data: Mapping[str, Any]) -> Line:
    left, total = data.get("remain"), data.get("total")
    if left is None:
        return Line("zalo.check.no_quota")
    return Line("zalo.check.quota", {"quota": f"{left}/{total}" if total is not None else str(left)})


def explained(chosen: Settings) -> tuple[Line, ...]:
    """The settings of the account in sentences; also for `python -m bot check`. Raises BadSettings."""
    if not chosen.zalo_oa_account:
        missing = ", ".join(f"TINBAO_{name.upper()}" for name in NEEDED)
        return (Line("zalo.off", {"missing": missing}),)
    from handlers.zalo_oa.letters.templates import load
    from handlers.zalo_oa.webhook import PATH

    templates = load(chosen.zalo_templates)
    names = ", ".join(purpose.value for purpose in templates)
    return (
        Line("zalo.status.account", {"account": chosen.zalo_oa_account}),
        *setting_lines(chosen),
        Line("zalo.check.webhook", {"url": chosen.public_url.rstrip("/") + PATH}),
        Line("zalo.check.templates", {"names": names}) if names else Line("zalo.check.no_templates"),
    )
