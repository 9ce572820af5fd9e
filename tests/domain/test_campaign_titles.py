"""Everything that campaigns count or are in has a name, and no channel answer is without a reason."""

from enum import Enum

import pytest

from bot.domain.campaigns import titles
from bot.domain.campaigns.campaign import Group, State, Topic
from bot.domain.campaigns.subscribers import LetterState, RunState, Skipped
from bot.office.campaigns import shipped_dates
from bot.ports import Why

NAMED: dict[type[Enum], object] = {
    State: titles.STATE,
    Group: titles.GROUP,
    Topic: titles.TOPIC,
    RunState: titles.RUN,
    LetterState: titles.LETTER,
    Skipped: titles.SKIPPED,
}
PASSING = {Why.RATE, Why.NETWORK, Why.UNKNOWN}
"""A letter that waits for these is sent later; what remains is not known more closely."""


@pytest.mark.parametrize("kind", NAMED, ids=lambda kind: kind.__name__)
def test_each_has_a_name_of_its_own(kind: type[Enum]) -> None:
    names = NAMED[kind]
    assert isinstance(names, dict)
    assert set(names) == set(kind)
    assert len({line.key for line in names.values()}) == len(names)


def test_every_reason_is_told() -> None:
    unknown = titles.reason("")
    told = {why for why in Why if titles.reason(why) != unknown}
    assert told == set(Why) - PASSING
    assert titles.reason("stopped") != unknown
    assert all(titles.reason(why) != unknown for why in Skipped)


def test_every_date_that_ships_is_told_and_an_offices_own_stands_by_its_name() -> None:
    assert [name for name in shipped_dates() if titles.date(name).key == "campaign.date.other"] == []
    assert titles.date("le_hoi_xa").values == {"name": "le hoi xa"}
    assert titles.channel("sms").values == {"channel": "sms"}
