"""`import`, `export`, `invite`, `who` and `check`: the office as data."""

from pathlib import Path
from typing import Annotated

import typer

from bot.app import Office, wall_clock
from bot.commands import equipment, zalo_bot, zalo_check
from bot.commands.console import WRONG_USE, opened, say, settings
from bot.data.units import read_units
from bot.domain.messages import Line
from bot.domain.officers import Officer, Roster
from bot.office.check import check_office
from bot.office.files import Rejected, load_files, read_office, write_files
from bot.office.who import Question, read_question, tell_who
from bot.second_reader import host_of
from bot.services import casework
from bot.services.officers import access, invitations

cli = typer.Typer()


def provinces() -> dict[str, str]:
    """Every commune's province."""
    return {unit.code: unit.province for unit in read_units().communes}


def roster_of(found: Office) -> Roster:
    return found.store.read(lambda uow: uow.office.roster())


@cli.command(name="import")
def import_(
    files: Annotated[list[Path], typer.Argument(help="officers.csv, duty.csv, absences.csv, *.toml")],
) -> None:
    """Read the office from files; with any fault nothing is imported."""
    with opened() as found:
        import_files(found, files)


def import_files(found: Office, files: list[Path]) -> None:
    """Import them, or name every fault and end with status 1."""
    loaded = load_files(files)
    roster = loaded if isinstance(loaded, Rejected) else read_office(loaded, provinces(), roster_of(found))
    if isinstance(roster, Rejected):
        say(*(fault.told() for fault in roster.faults))
        raise typer.Exit(1)
    found.store.write(lambda uow: uow.office.replace(roster))
    found.store.write(lambda uow: casework.release_left(uow, found.tools, wall_clock()))
    say(Line("program.imported", {"officers": len(roster.officers)}))


@cli.command()
def export(folder: Annotated[Path, typer.Argument(help="where to write the files")]) -> None:
    """Write the office back to the files that made it; chat addresses are never among them."""
    with opened() as found:
        roster = roster_of(found)
    folder.mkdir(parents=True, exist_ok=True)
    for file in write_files(roster):
        (folder / file.name).write_text(file.text, encoding="utf-8", newline="")


@cli.command()
def invite(code: Annotated[str, typer.Argument(help="the officer's code")]) -> None:
    """A one-time invitation that enrols this officer's (or collaborator's) chat."""
    with opened() as found:
        officer = _named(found, code)
        token = found.store.write(lambda uow: invitations.invite(uow, found.tools, officer.id, wall_clock()))
    say(Line("program.invitation", {"name": officer.name, "token": token}))


@cli.command(name="lost-phone")
def lost_phone(code: Annotated[str, typer.Argument(help="the officer's code")]) -> None:
    """End every device of this officer on the desk, and the second factor that was on the phone."""
    with opened() as found:
        officer = _named(found, code)
        ended = found.store.write(
            lambda uow: access.lost_phone(uow, found.tools, officer, wall_clock(), by="console")
        )
    say(Line("program.lost_phone", {"name": officer.name, "devices": ended}))


def _named(found: Office, code: str) -> Officer:
    officer = next((one for one in roster_of(found).officers if one.code == code), None)
    if officer is None:
        say(Line("program.no_officer", {"code": code}))
        raise typer.Exit(1)
    return officer


@cli.command()
def who(
    kind: str = "violence", urgency: str = "emergency", unit: str = "", at: str = "", lang: str = "vi"
) -> None:
    """Who would be asked, in which order, when, and why."""
    with opened() as found:
        asked = read_question(kind, urgency, unit, at, lang, now=wall_clock(), provinces=provinces())
        if not isinstance(asked, Question):
            say(*asked)
            raise typer.Exit(WRONG_USE)
        say(*tell_who(asked, roster_of(found), found.gazetteer.full_name))


@cli.command()
def check() -> None:
    """Every commune × kind × hour of the week must end at somebody who can be reached."""
    with opened() as found:
        roster = roster_of(found)
        checked = check_office(roster, wall_clock(), found.gazetteer.full_name)
        kept_back = found.store.read(lambda uow: zalo_bot.figures(uow, settings(), wall_clock()))
    say(*checked.lines, *equipment.explained(settings(), roster))
    if url := settings().second_reader_url:
        say(Line("program.second_reader", {"host": host_of(url)}))
    say(*zalo_check.explained(settings()), *zalo_bot.explained(settings()), *kept_back)
    raise typer.Exit(1 if checked.holes else 0)
