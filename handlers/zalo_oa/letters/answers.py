"""What Zalo's answers say of quotas and windows: numbers that come as text, times in milliseconds."""

from datetime import UTC, datetime

from bot.ports import Spent
from handlers.zalo_oa.api.client import Answered

LONGEST = 14
"""Digits of a time or a count that can be meant."""


def quota_of(answer: Answered) -> tuple[datetime | None, int | None, int | None]:
    """(last interaction, free replies left, of how many) from the quota answer; milliseconds as text."""
    reply = answer.data.get("cs_reply")
    reply = reply if isinstance(reply, dict) else {}
    stamp = number(answer.data.get("last_interaction"))
    last = datetime.fromtimestamp(stamp / 1000, UTC) if stamp else None
    return last, number(reply.get("remain")), number(reply.get("total"))


def own_quota_of(answer: Answered) -> int | None:
    """What is left of one of the account's own quotas; None: Zalo does not tell."""
    return number(answer.data.get("remain"))


def spent_of(answer: Answered, product: str) -> Spent:
    quota = answer.data.get("quota")
    quota = quota if isinstance(quota, dict) else {}
    kind = quota.get("quota_type")
    return Spent(
        product,
        kind if isinstance(kind, str) else "",
        number(quota.get("remain")),
        number(quota.get("total")),
    )


def number(told: object) -> int | None:
    """A count that came as number or text."""
    text = str(told) if isinstance(told, int | str) and not isinstance(told, bool) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST else None


def international(phone: str) -> str:
    """0905 123 456 → 84905123456; "" for what is no mobile number of Vietnam."""
    digits = "".join(char for char in phone if char.isdecimal())
    digits = "84" + digits[1:] if digits.startswith("0") else digits
    return digits if digits.startswith("84") and len(digits) == 11 else ""
