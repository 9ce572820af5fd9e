"""What a campaign costs: estimated from its reach, later counted from what was booked; prices are the office's."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.domain.campaigns.subscribers import Reach
from bot.domain.messages import Line
from bot.services.tools import Prices, Tools

FREE = frozenset({"cs", "cs:reply"})
"""Kinds of messages that cost nothing (`bot.ports.Spent.kind`)."""


@dataclass(frozen=True, slots=True)
class Costs:
    """Messages by what is paid for them."""

    templates: int
    """Outside the reply window."""
    paid: int
    """Inside it, past its free part."""
    money: int | None
    """Đồng; None: the office has set no price for some of them."""
    free: int | None = None
    """Messages that cost nothing; None: it is an estimate, which counts only what may be paid for."""

    @property
    def line(self) -> Line:
        counts: dict[str, str | int | Line] = {"templates": self.templates, "paid": self.paid}
        told = Line("campaign.cost.counted", counts)
        if self.money is not None:
            told = Line("campaign.cost.money", {**counts, "money": f"{self.money:,}".replace(",", ".")})
        return told if self.free is None else Line("campaign.cost.free", {"free": self.free, "rest": told})


def expected(reach: Reach, tools: Tools) -> Costs:
    """If everybody whom it reaches now gets one message; a quota that is still free makes it less."""
    return _costs(sum(reach.by_template.values()), sum(reach.paid.values()), tools.prices)


def booked(spent: Mapping[str, int], tools: Tools) -> Costs:
    """From the messages by kind (`Contacts.cost_of_campaign`)."""
    templates = sum(count for kind, count in spent.items() if kind.startswith("template"))
    free = sum(count for kind, count in spent.items() if kind in FREE)
    return replace(_costs(templates, sum(spent.values()) - free - templates, tools.prices), free=free)


def _costs(templates: int, paid: int, prices: Prices) -> Costs:
    unknown = (templates and prices.template is None) or (paid and prices.letter is None)
    money = templates * (prices.template or 0) + paid * (prices.letter or 0)
    return Costs(templates, paid, None if unknown or not (templates or paid) else money)
