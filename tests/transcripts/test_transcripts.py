"""Plays every conversation of this folder with the real words, the real places and the real triage."""

from functools import cache
from pathlib import Path

import pytest

from bot.data.triage import load_triage
from bot.data.units import load_units
from bot.domain.places.gazetteer import Gazetteer
from bot.domain.triage import Triage
from locales.catalogue import Catalogue, load
from tests.domain.citizen import Citizen, facts
from tests.transcripts.reader import HERE, Player, read

TRANSCRIPTS = sorted(HERE.glob("*.txt"))
HOME = "66"
"""Đắk Lắk: the province of the office in these conversations."""


@cache
def world() -> tuple[Triage, Gazetteer, Catalogue]:
    return load_triage(), Gazetteer(load_units()), load()


def player() -> Player:
    triage, places, words = world()
    citizen = Citizen(
        facts(
            assess=triage.together,
            find=lambda text: places.find(text, HOME),
            answer=lambda text: places.answer(text, HOME),
            near=places.near,
            unit_name=places.full_name,
        )
    )
    return Player(citizen, words, {unit.name: unit.code for unit in places.communes(HOME)})


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path) -> None:
    wrong = player().play(read(path))
    assert not wrong, "\n" + "\n".join(wrong)


def test_there_are_conversations_to_play() -> None:
    assert len(TRANSCRIPTS) >= 25
    assert all(read(path).title and read(path).steps for path in TRANSCRIPTS)
