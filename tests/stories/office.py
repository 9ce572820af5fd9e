"""The demo office as the stories use it."""

from functools import cache
from pathlib import Path

from bot.data import demo
from bot.data.units import load_units
from bot.domain.officers import Roster
from bot.office.files import Rejected, load_files, read_office

FOLDER = Path(demo.__file__).parent


@cache
def demo_roster() -> Roster:
    paths = sorted([*FOLDER.glob("*.csv"), *FOLDER.glob("*.toml")])
    files = load_files(paths)
    assert not isinstance(files, Rejected), files
    provinces = {unit.code: unit.province for unit in load_units().communes}
    roster = read_office(files, provinces)
    assert isinstance(roster, Roster), roster
    return roster
